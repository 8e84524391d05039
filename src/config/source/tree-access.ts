import type { Span } from './source.ts';
import type { Entry, SourceNode } from './source-node.ts';

/** Takes a node; returns it as plain values for a schema: maps have no prototype, so no key is special. */
export function plainValue(node: SourceNode): unknown {
  if (node.kind === 'map') {
    const map: Record<string, unknown> = Object.create(null);
    for (const { key, value } of node.entries) map[key] = plainValue(value);
    return map;
  }
  if (node.kind === 'list') return node.items.map(plainValue);
  return node.kind === 'null' ? null : node.value;
}

/** Takes a node and a key; returns the entry of a map, or null. */
export function entryOf(node: SourceNode | null, key: string): Entry | null {
  return entriesOf(node).find((entry) => entry.key === key) ?? null;
}

/** Takes a node and a key; returns the value of a map's key, or null. */
export function field(node: SourceNode | null, key: string): SourceNode | null {
  return entryOf(node, key)?.value ?? null;
}

/** Takes a node; returns the entries of a map in source order, else none. */
export function entriesOf(node: SourceNode | null): readonly Entry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** Takes a node; returns the items of a list, else none. */
export function itemsOf(node: SourceNode | null): readonly SourceNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** Takes a node; returns its text, or null if it is something else. */
export function textOf(node: SourceNode | null): string | null {
  return node?.kind === 'text' ? node.value : null;
}

/** Takes a node; returns its number, or null if it is something else. */
export function numberOf(node: SourceNode | null): number | null {
  return node?.kind === 'number' ? node.value : null;
}

/** Takes a node; returns a scalar as it is written, e.g. `2.50`, or null for maps and lists. */
export function scalarText(node: SourceNode): string | null {
  if (node.kind === 'map' || node.kind === 'list') return null;
  if (node.kind === 'number') return node.text;
  return node.kind === 'null' ? 'null' : String(node.value);
}

/** Takes a root and a path of keys and indices; returns the place of the last part that exists, and the node if all do. */
export function locate(root: SourceNode, path: readonly PropertyKey[]): { span: Span; node: SourceNode | null } {
  let node: SourceNode | null = root;
  let span = root.span;
  for (const part of path) {
    const next: SourceNode | null =
      typeof part === 'number' ? (itemsOf(node)[part] ?? null) : field(node, String(part));
    if (next === null) return { span, node: null };
    node = next;
    span = next.span;
  }
  return { span, node };
}
