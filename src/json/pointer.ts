import { type JsonDocument, JsonSyntaxError, Kind } from './document.ts';
import { readJson } from './read.ts';
import { stringText } from './text.ts';

/** One reference token, escaped for a JSON Pointer (RFC 6901, section 3). */
export function pointerToken(token: string | number): string {
  return typeof token === 'number' ? String(token) : token.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The tokens of a JSON Pointer, unescaped; null if the text is none. */
export function pointerTokens(pointer: string): string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A token as it stands in a pointer's shape: numbers (array indices, and keys that look like them) become `*`. */
export function shapeToken(token: string | number): string {
  return typeof token === 'number' || /^\d+$/.test(token) ? '*' : pointerToken(token);
}

/** The shape of a pointer: the same for all items of an array. */
export function pointerShape(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}

/** The node that a pointer leads to, or null. Of a key that is there twice the last one counts, as most readers have it. */
export function resolvePointer(document: JsonDocument, pointer: string): number | null {
  const tokens = pointerTokens(pointer);
  if (tokens === null) return null;
  let node: number | null = 0;
  for (const token of tokens) {
    if (node === null) return null;
    node = document.kind[node] === Kind.object ? member(document, node, token) : item(document, node, token);
  }
  return node;
}

function member(document: JsonDocument, node: number, name: string): number | null {
  let found: number | null = null;
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!)
    if (stringText(document, key) === name) found = key + 1;
  return found;
}

function item(document: JsonDocument, node: number, token: string): number | null {
  if (document.kind[node] !== Kind.array || !/^(?:0|[1-9]\d{0,9})$/.test(token)) return null;
  let child = node + 1;
  for (let index = Number(token); index > 0 && child < document.next[node]!; index -= 1) child = document.next[child]!;
  return child < document.next[node]! ? child : null;
}

/**
 * What a JSON body holds at a pointer: the text of a string, the source (as UTF-8) of anything else; null if the body is not JSON or
 * has nothing there.
 */
export function readPointer(body: Uint8Array, pointer: string): string | null {
  const document = readJson(body);
  if (document instanceof JsonSyntaxError) return null;
  const node = resolvePointer(document, pointer);
  if (node === null) return null;
  if (document.kind[node] === Kind.string) return stringText(document, node);
  return document.bytes.toString('utf8', document.start[node]!, document.end[node]!);
}
