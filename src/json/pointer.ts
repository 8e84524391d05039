import { type JsonDocument, Kind } from './document.ts';
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

/**
 * Tokens that are data and no names: array indices and keys that look like numbers, versions or IPv4 addresses, UUIDs, ULIDs,
 * long hex, dates and times (RFC 3339, to the month at least), addresses of mail. None of them needs an escape in a pointer.
 */
const dataToken = [
  String.raw`-?\d+(?:\.\d+)*`,
  '(?=[a-f-]*[0-9])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  '[0-7][0-9A-HJKMNP-TV-Z]{25}',
  '(?=[a-f]*[0-9])[0-9a-f]{16,}',
  String.raw`\d{4}-[01]\d(?:-[0-3]\d(?:[T ][0-2]\d:[0-5]\d[\d:.,+Z-]*)?)?`,
  String.raw`[^/~@\s]+@[^/~@\s]+\.[a-z]+`,
].join('|');
const isData = new RegExp(`^(?:${dataToken})$`, 'i');
const dataTokens = new RegExp(`/(?:${dataToken})(?=/|$)`, 'gi');
/** What every one of them has, and most names have not: looked for first, as pointers are many. */
const hint = /[\d@]/;

/** A key that is data, as an id or a date is: the next answer has another one in its place. */
export function isDataKey(key: string): boolean {
  return isData.test(key);
}

/** A key as it stands in a pointer's shape, not escaped yet: keys that are data become `*`. */
export function foldData(key: string): string {
  return hint.test(key) && isData.test(key) ? '*' : key;
}

/** A token as it stands in a pointer's shape: array indices, and keys that are data, become `*`. */
export function shapeToken(token: string | number): string {
  return pointerToken(foldData(String(token)));
}

/** The shape of a pointer: the same for all items of an array, and for all keys that are data. */
export function pointerShape(pointer: string): string {
  return hint.test(pointer) ? pointer.replace(dataTokens, '/*') : pointer;
}

/** All shapes of places above a place and its own, outermost first: the empty one, `/a`, `/a/b`. */
export function* shapesDownTo(shape: string): Generator<string> {
  if (shape !== '') yield '';
  for (let at = shape.indexOf('/', 1); at > 0; at = shape.indexOf('/', at + 1)) yield shape.slice(0, at);
  yield shape;
}

/** The innermost array, or map of data, above a place that is given as a shape; null if there is none. */
export function listAbove(shape: string): string | null {
  return /^(.*)\/\*(?:\/.*)?$/s.exec(shape)?.[1] ?? null;
}

/** The node that a pointer leads to, or null. Of a key that is there twice the last one counts, as most readers have it. */
export function resolvePointer(document: JsonDocument, pointer: string): number | null {
  const tokens = pointerTokens(pointer);
  if (tokens === null) return null;
  let node: number | null = 0;
  for (const [at, token] of tokens.entries()) {
    if (node === null) return null;
    const inner: number | null =
      document.kind[node] === Kind.object ? member(document, node, token) : item(document, node, token);
    node = inner === null && at > 0 && isElementItself(document, node, token) ? node : inner;
  }
  return node;
}

/** An element that is there once is a list of one, and one that has nothing but text is that text. */
function isElementItself(document: JsonDocument, node: number, token: string): boolean {
  if (document.isXml !== true || document.kind[node] === Kind.array) return false;
  return token === '0' || (token === '#text' && document.kind[node] === Kind.string);
}

function member(document: JsonDocument, node: number, name: string): number | null {
  let found: number | null = null;
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!)
    if (stringText(document, key) === name) found = key + 1;
  return found;
}

/** The item of an array; a scalar has nothing in it. */
function item(document: JsonDocument, node: number, token: string): number | null {
  if (!/^(?:0|[1-9]\d{0,9})$/.test(token)) return null;
  let child = node + 1;
  for (let index = Number(token); index > 0 && child < document.next[node]!; index -= 1) child = document.next[child]!;
  return child < document.next[node]! ? child : null;
}
