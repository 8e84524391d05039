import type { JsonValue, Submission } from './json-value.ts';
import {
  type Cursor,
  peekToken,
  readIdent,
  readNumber,
  readString,
  type SerdeError,
  serdeError,
  takeChar,
  unknownStep,
} from './serde-cursor.ts';
import { ignoreValue } from './serde-ignore.ts';

const MAX_DEPTH = 128;

type Read<T> = (cursor: Cursor) => T;

/** One field of a struct: how it is read, and what stands for it if it is absent. */
interface Field {
  readonly name: string;
  readonly read: Read<unknown>;
  readonly optional: boolean;
}

/**
 * Reads the body of `POST /v1/validate` as serde's derive and serde_json 1.0.154 read the struct `Submission`:
 * duplicate fields refused, unknown ones ignored, an array taken for the struct. Throws SerdeError.
 */
export function readSubmission(bytes: Buffer): Submission {
  const cursor: Cursor = { bytes, at: 0, path: [], depth: MAX_DEPTH };
  const { kind, artifact, context } = readStruct(cursor, 'Submission', [
    { name: 'kind', read: readText, optional: false },
    { name: 'artifact', read: readMap, optional: false },
    { name: 'context', read: orNull(readContext), optional: true },
  ]);
  if (peekToken(cursor) !== '') throw serdeError(cursor, 'trailing characters', { peek: true });
  const environment = (context as { environment?: string | null } | undefined)?.environment ?? null;
  return { kind: kind as string, artifact: artifact as ReadonlyMap<string, JsonValue>, environment };
}

function readContext(cursor: Cursor): Readonly<Record<string, unknown>> {
  return readStruct(cursor, 'Context', [{ name: 'environment', read: orNull(readText), optional: true }]);
}

function orNull<T>(read: Read<T>): Read<T | null> {
  return (cursor) => {
    if (peekToken(cursor) !== 'n') return read(cursor);
    readIdent(cursor, 'null');
    return null;
  };
}

function readStruct(cursor: Cursor, name: string, fields: readonly Field[]): Record<string, unknown> {
  const next = peekToken(cursor);
  if (next === '[') return readStructArray(cursor, name, fields);
  if (next !== '{') throw unexpected(cursor, `struct ${name}`);
  const found: Record<string, unknown> = {};
  readObject(cursor, (key) => {
    const field = fields.find((one) => one.name === key);
    if (field === undefined) return ignoreValue;
    if (Object.hasOwn(found, key)) throw dataError(cursor, `duplicate field \`${key}\``);
    return (inner) => {
      found[key] = field.read(inner);
    };
  });
  const missing = fields.find((field) => !field.optional && !Object.hasOwn(found, field.name));
  if (missing !== undefined) throw dataError(cursor, `missing field \`${missing.name}\``);
  return found;
}

function readStructArray(cursor: Cursor, name: string, fields: readonly Field[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const count = readArray(cursor, (inner, index) => {
    const field = fields[index];
    if (field === undefined) {
      const outside = { ...cursor, path: cursor.path.slice(0, -1) };
      throw serdeError(outside, 'trailing characters', { peek: true });
    }
    found[field.name] = field.read(inner);
  });
  const elements = fields.length === 1 ? 'element' : 'elements';
  if (count === fields.length) return found;
  throw dataError(cursor, `invalid length ${count}, expected struct ${name} with ${fields.length} ${elements}`);
}

function readText(cursor: Cursor): string {
  if (peekToken(cursor) !== '"') throw unexpected(cursor, 'a string');
  return readString(cursor);
}

function readMap(cursor: Cursor): ReadonlyMap<string, JsonValue> {
  if (peekToken(cursor) !== '{') throw unexpected(cursor, 'a map');
  const map = new Map<string, JsonValue>();
  readObject(cursor, (key) => (inner) => {
    map.set(key, readValue(inner));
  });
  return map;
}

function readValue(cursor: Cursor): JsonValue {
  const next = peekToken(cursor);
  if (next === '{') return { pairs: [...readMap(cursor)] };
  if (next === '"') return readString(cursor);
  if (next === '[') {
    const items: JsonValue[] = [];
    readArray(cursor, (inner) => items.push(readValue(inner)));
    return items;
  }
  const word = identOf(next);
  if (word !== null) {
    readIdent(cursor, word);
    return word === 'null' ? null : word === 'true';
  }
  return { number: readFiniteNumber(cursor) };
}

function readFiniteNumber(cursor: Cursor): string {
  if (!/^[-\d]$/.test(peekToken(cursor))) throw expectedValue(cursor);
  const number = readNumber(cursor);
  if (!Number.isFinite(Number(number))) throw serdeError(cursor, 'number out of range');
  return number;
}

/** Reads an object, its brace next; `at` is given each key and says how its value is read. */
function readObject(cursor: Cursor, at: (key: string) => Read<void>): void {
  enter(cursor);
  for (let first = true; ; first = false) {
    const key = readNextKey(cursor, first);
    if (key === null) break;
    const read = at(key);
    const colon = peekToken(cursor);
    if (colon === '') throw serdeError(cursor, 'EOF while parsing an object', { peek: true });
    if (colon !== ':') throw serdeError(cursor, 'expected `:`', { peek: true });
    takeChar(cursor);
    within(cursor, key, read);
  }
  leave(cursor);
}

/** The next key of an object, or null at its end. */
function readNextKey(cursor: Cursor, first: boolean): string | null {
  cursor.path.push(unknownStep);
  const key = hasNextKey(cursor, first) ? readString(cursor) : null;
  cursor.path.pop();
  return key;
}

function hasNextKey(cursor: Cursor, first: boolean): boolean {
  let next = peekToken(cursor);
  if (next === '') throw serdeError(cursor, 'EOF while parsing an object', { peek: true });
  if (next === '}') return false;
  if (!first) {
    if (next !== ',') throw serdeError(cursor, 'expected `,` or `}`', { peek: true });
    takeChar(cursor);
    next = peekToken(cursor);
    if (next === '}') throw serdeError(cursor, 'trailing comma', { peek: true });
    if (next === '') throw serdeError(cursor, 'EOF while parsing a value', { peek: true });
  }
  if (next !== '"') throw serdeError(cursor, 'key must be a string', { peek: true });
  return true;
}

/** Reads an array, its bracket next, and gives the number of its elements. */
function readArray(cursor: Cursor, read: (cursor: Cursor, index: number) => void): number {
  enter(cursor);
  let count = 0;
  for (; hasNextElement(cursor, count === 0); count += 1) within(cursor, count, (inner) => read(inner, count));
  leave(cursor);
  return count;
}

function hasNextElement(cursor: Cursor, first: boolean): boolean {
  const next = peekToken(cursor);
  if (next === '') throw serdeError(cursor, 'EOF while parsing a list', { peek: true });
  if (next === ']') return false;
  if (first) return true;
  if (next !== ',') throw serdeError(cursor, 'expected `,` or `]`', { peek: true });
  takeChar(cursor);
  const after = peekToken(cursor);
  if (after === ']') throw serdeError(cursor, 'trailing comma', { peek: true });
  if (after === '') throw serdeError(cursor, 'EOF while parsing a value', { peek: true });
  return true;
}

function enter(cursor: Cursor): void {
  cursor.depth -= 1;
  if (cursor.depth === 0) throw serdeError(cursor, 'recursion limit exceeded', { peek: true });
  takeChar(cursor);
}

function leave(cursor: Cursor): void {
  cursor.depth += 1;
  takeChar(cursor);
}

/** Reads one value under a key or an index; where it fails, the path stays for the message. */
function within(cursor: Cursor, step: string | number, read: Read<unknown>): void {
  cursor.path.push(step);
  read(cursor);
  cursor.path.pop();
}

function identOf(char: string): 'null' | 'true' | 'false' | null {
  return char === 'n' ? 'null' : char === 't' ? 'true' : char === 'f' ? 'false' : null;
}

/** The error for a value of another type; the value is taken, an array or object is not. */
function unexpected(cursor: Cursor, expected: string): SerdeError {
  return dataError(cursor, `invalid type: ${describeValue(cursor)}, expected ${expected}`);
}

function describeValue(cursor: Cursor): string {
  const next = peekToken(cursor);
  if (next === '[') return 'sequence';
  if (next === '{') return 'map';
  if (next === '"') return `string ${JSON.stringify(readString(cursor))}`;
  const word = identOf(next);
  if (word === null) return describeNumber(readFiniteNumber(cursor));
  readIdent(cursor, word);
  return word === 'null' ? 'null' : `boolean \`${word}\``;
}

function describeNumber(number: string): string {
  const value = Number(number);
  const fits =
    /^-?\d{1,20}$/.test(number) && BigInt(number) < 2n ** 64n && BigInt(number) >= -(2n ** 63n) && number !== '-0';
  if (fits) return `integer \`${BigInt(number)}\``;
  return `floating point \`${printFloat(value)}\``;
}

/** A float as Rust prints it here: an exponent from 1e16 up and below 1e-5, else a point. */
function printFloat(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e16 || (size < 1e-5 && size > 0)) return value.toExponential();
  if (Object.is(value, -0)) return '-0.0';
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function expectedValue(cursor: Cursor): SerdeError {
  const text = peekToken(cursor) === '' ? 'EOF while parsing a value' : 'expected value';
  return serdeError(cursor, text, { peek: true });
}

function dataError(cursor: Cursor, text: string): SerdeError {
  return serdeError(cursor, text, { category: 'data' });
}
