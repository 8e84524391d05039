import { type JsonDocument, Kind } from './document.ts';
import { rawString, sourceText, stringText } from './text.ts';

export { rawString } from './text.ts';

/** A JSON value that can be rewritten. `raw` is the source, one character for each byte (see `sourceText`). */
export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string' | 'number' | 'boolean' | 'null'; readonly raw: string };

export interface JsonMember {
  /** The key's text, escapes resolved. */
  readonly key: string;
  /** The key as spelled, quotes included. */
  readonly raw: string;
  readonly value: JsonNode;
}

/** Documents nested deeper than this are compared, but not rewritten. */
export const deepestTree = 200;

const leafKinds = {
  [Kind.null]: 'null',
  [Kind.false]: 'boolean',
  [Kind.true]: 'boolean',
  [Kind.number]: 'number',
  [Kind.string]: 'string',
} as const;

/** The document as a tree for rewriting, or null if it is nested deeper than `deepestTree`. */
export function toTree(document: JsonDocument, node = 0, depth = 0): JsonNode | null {
  if (depth > deepestTree) return null;
  const kind = document.kind[node]!;
  if (kind === Kind.object) return objectTree(document, node, depth);
  if (kind === Kind.array) return arrayTree(document, node, depth);
  return { kind: leafKinds[kind as keyof typeof leafKinds], raw: sourceText(document, node) };
}

function objectTree(document: JsonDocument, node: number, depth: number): JsonNode | null {
  const members: JsonMember[] = [];
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!) {
    const value = toTree(document, key + 1, depth + 1);
    if (value === null) return null;
    members.push({ key: stringText(document, key), raw: sourceText(document, key), value });
  }
  return { kind: 'object', members };
}

function arrayTree(document: JsonDocument, node: number, depth: number): JsonNode | null {
  const list: JsonNode[] = [];
  for (let child = node + 1; child < document.next[node]!; child = document.next[child]!) {
    const item = toTree(document, child, depth + 1);
    if (item === null) return null;
    list.push(item);
  }
  return { kind: 'array', items: list };
}

/** The tree as compact JSON text, one character for each byte. */
export function printTree(node: JsonNode): string {
  if (node.kind === 'object')
    return `{${node.members.map((member) => `${member.raw}:${printTree(member.value)}`).join(',')}}`;
  if (node.kind === 'array') return `[${node.items.map(printTree).join(',')}]`;
  return node.raw;
}

/** A string node with this text, spelled with the escapes that JSON demands and no others, in UTF-8. */
export function stringNode(text: string): JsonNode {
  return { kind: 'string', raw: rawString(text) };
}
