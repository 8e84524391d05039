import { createHash } from 'node:crypto';
import { maxKeyedBytes } from './limits.ts';

/** What of a request decides which recorded answer is the one to it. */
export interface KeyedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | null;
}

/**
 * Two keys of a request: by its bytes, and by what they mean. A case writes JSON and forms in its own way, and a multipart body with a
 * boundary of its own: those are found by the second. Headers are in neither, since credentials and cookies differ each time: they only choose among several.
 */
export function requestKeys(request: KeyedRequest): readonly [exact: string, loose: string] {
  const { method, path, body } = request;
  if (body === null || body.length === 0) return [digest([method, path]), digest([method, path])];
  return [digest([method, path, body]), digest([method, path, meaningOf(body, typeOf(request))])];
}

/** Two keys of the headers of a request: names with values, and names alone, in any order and casing. */
export function headerKeys(headers: KeyedRequest['headers']): readonly [values: string, names: string] {
  const names = headers.map(([name]) => name.toLowerCase());
  const lines = headers.map(([, value], at) => `${names[at]}: ${value}`);
  return [digest(lines.sort()), digest(names.sort())];
}

function digest(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\n');
  return hash.digest('base64');
}

function typeOf({ headers }: KeyedRequest): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
}

function meaningOf(body: Uint8Array, type: string): string | Uint8Array {
  if (body.length > maxKeyedBytes) return body;
  const text = Buffer.from(body).toString('latin1');
  const boundary = /^multipart\/.*;\s*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined) return text.replaceAll(boundary, '');
  if (/^application\/x-www-form-urlencoded/i.test(type)) return new URLSearchParams(text).toString();
  return sortedJson(Buffer.from(body).toString('utf8')) ?? body;
}

/** JSON with the members of its objects sorted; null for what is none, or too deep. */
function sortedJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) => (isObject(value) ? sorted(value) : value));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
