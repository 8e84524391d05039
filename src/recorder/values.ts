import type { RecordedBody, RecordedExchange } from '../recorded/format.ts';
import { maxAnswerValues, maxShapeDepth, minPlainIdLength } from './limits.ts';

/** A value of a body or a path, where it is. */
export interface Value {
  readonly text: string;
  /** JSON Pointer; null in a path or a header. */
  readonly pointer: string | null;
  /** The place may hold an identifier: its name says so, or it is a segment of a path. */
  readonly isIdPlace: boolean;
}

const idName =
  /^(?:_?id|uuid|guid|key|ref|slug|number|token)$|(?:[_-](?:id|uuid|key|ref|number|token)|[a-z](?:Id|Key|Ref|Token))$/i;

/** The JSON of a recorded body; undefined where it is none. */
export function jsonOf(body: RecordedBody | null): unknown {
  if (body === null || !('text' in body) || !/^\s*[[{]/.test(body.text)) return undefined;
  try {
    return JSON.parse(body.text);
  } catch (error) {
    // JSON of very many levels is data that is no better known than text.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The texts and numbers of a JSON value. */
export function leaves(json: unknown, pointer = '', depth = 0, found: Value[] = []): Value[] {
  if (found.length >= maxAnswerValues || depth > maxShapeDepth) return found;
  if (typeof json === 'string' || typeof json === 'number') {
    const name = pointer.slice(pointer.lastIndexOf('/') + 1);
    found.push({ text: String(json), pointer, isIdPlace: idName.test(name) });
  } else if (typeof json === 'object' && json !== null) {
    for (const [key, value] of Object.entries(json))
      leaves(value, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1, found);
  }
  return found;
}

/** Whether a value of an answer may be an identifier that the service made. */
export function mayBeId({ text, isIdPlace }: Value): boolean {
  return text !== '' && (isIdPlace || (text.length >= minPlainIdLength && /^[\w.~-]+$/.test(text) && /\d/.test(text)));
}

/** Segments of the path, values of the query, of the body, and variables in headers. */
export function requestValues({ request }: RecordedExchange): Value[] {
  const { path, query } = splitTarget(request.path);
  const segments = path.split('/').map((text) => ({ text: decoded(text), pointer: null, isIdPlace: true }));
  const parameters = Array.from(new URLSearchParams(query), ([name, text]) => ({
    ...{ text, pointer: null, isIdPlace: idName.test(name) },
  }));
  const inHeaders = request.headers.flatMap(([, value]) =>
    Array.from(value.matchAll(/\$\{\w+\}/g), ([text]) => ({ text, pointer: null, isIdPlace: true })),
  );
  return [...segments, ...parameters, ...leaves(jsonOf(request.body)), ...inHeaders].filter(({ text }) => text !== '');
}

/** Path and query of a target in origin form. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const at = target.indexOf('?');
  return at < 0 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at + 1) };
}

/** A segment without its percent-encoding, where that is valid. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** The type tree of a JSON value: keys and kinds, one element a list. */
export function shapeText(json: unknown, depth = 0): string {
  if (json === null || json === undefined) return String(json);
  if (depth > maxShapeDepth) return '…';
  if (Array.isArray(json))
    return `[${[...new Set(json.slice(0, 100).map((one) => shapeText(one, depth + 1)))].sort().join()}]`;
  if (typeof json !== 'object') return typeof json;
  const members = Object.entries(json).map(([key, value]) => `${key}:${shapeText(value, depth + 1)}`);
  return `{${members.sort().join()}}`;
}
