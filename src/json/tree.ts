import { type JsonDocument, Kind } from './document.ts';
import { rawString, stringText } from './text.ts';

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

/** A document, and its bytes as one text, of which the sources of nodes are slices: a call for each node would take longer. */
interface Source {
  readonly document: JsonDocument;
  readonly text: string;
}

/** The document as a tree for rewriting, or null if it is nested deeper than `deepestTree`. */
export function toTree(document: JsonDocument): JsonNode | null {
  return treeAt({ document, text: document.bytes.toString('latin1') }, 0, 0);
}

function treeAt(source: Source, node: number, depth: number): JsonNode | null {
  if (depth > deepestTree) return null;
  const kind = source.document.kind[node]!;
  if (kind === Kind.object) return objectTree(source, node, depth);
  if (kind === Kind.array) return arrayTree(source, node, depth);
  return { kind: leafKinds[kind as keyof typeof leafKinds], raw: rawOf(source, node) };
}

function rawOf({ document, text }: Source, node: number): string {
  return text.slice(document.start[node], document.end[node]);
}

function objectTree(source: Source, node: number, depth: number): JsonNode | null {
  const { document } = source;
  const members: JsonMember[] = [];
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!) {
    const value = treeAt(source, key + 1, depth + 1);
    if (value === null) return null;
    const raw = rawOf(source, key);
    members.push({ key: document.marks[key] === 0 ? raw.slice(1, -1) : stringText(document, key), raw, value });
  }
  return { kind: 'object', members };
}

function arrayTree(source: Source, node: number, depth: number): JsonNode | null {
  const { next } = source.document;
  const list: JsonNode[] = [];
  for (let child = node + 1; child < next[node]!; child = next[child]!) {
    const item = treeAt(source, child, depth + 1);
    if (item === null) return null;
    list.push(item);
  }
  return { kind: 'array', items: list };
}

/** The tree as compact JSON text, one character for each byte. */
export function printTree(node: JsonNode): string {
  if (node.kind === 'object') return printObject(node.members);
  if (node.kind === 'array') return printArray(node.items);
  return node.raw;
}

function printObject(members: readonly JsonMember[]): string {
  let text = '{';
  for (const { raw, value } of members) text += `${text.length > 1 ? ',' : ''}${raw}:${printTree(value)}`;
  return `${text}}`;
}

function printArray(items: readonly JsonNode[]): string {
  let text = '[';
  for (const item of items) text += `${text.length > 1 ? ',' : ''}${printTree(item)}`;
  return `${text}]`;
}

/** A string node with this text, spelled with the escapes that JSON demands and no others, in UTF-8. */
export function stringNode(text: string): JsonNode {
  return { kind: 'string', raw: rawString(text) };
}
