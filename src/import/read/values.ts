import { parse, YAMLParseError } from 'yaml';
import { JsonSyntaxError } from '../../json/document.ts';
import { readJson } from '../../json/read.ts';
import { maxAliases } from '../limits.ts';
import { type ImportSource, unreadable, wholeText } from './source.ts';

export type Members = Readonly<Record<string, unknown>>;

/** Whether a value of a document is an object. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member of an object that is an object; else an empty one. */
export function members(value: unknown): Members {
  return isObject(value) ? value : {};
}

/** A list as it is; anything else as an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text as it is, numbers and booleans as they are written; anything else as an empty text. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Objects with `name` or `key` and `value` as pairs, without those that are switched off. */
export function pairs(value: unknown, name = 'name'): (readonly [name: string, value: string])[] {
  return list(value)
    .filter(
      (one): one is Members =>
        isObject(one) && one.disabled !== true && one.enabled !== false && text(one[name]) !== '',
    )
    .map((one) => [text(one[name]), text(one.value)] as const);
}

/** The JSON of a text; undefined where it is none. */
export function jsonIn(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A document in JSON or YAML. Throws PX2910 with the place where it is neither. */
export async function readDocument(source: ImportSource): Promise<{ readonly text: string; readonly value: unknown }> {
  const written = await wholeText(source);
  const isJson = /^\s*[[{]/.test(written);
  try {
    return { text: written, value: isJson ? JSON.parse(written) : parse(written, { maxAliasCount: maxAliases }) };
  } catch (error) {
    if (error instanceof YAMLParseError) {
      const [start] = error.linePos ?? [];
      throw unreadable(source.file, error.message.split('\n', 1)[0]!, start ?? { line: 1 });
    }
    if (error instanceof SyntaxError)
      throw unreadable(source.file, `it is not JSON: ${error.message}`, placeIn(written));
    if (error instanceof ReferenceError || error instanceof RangeError)
      throw unreadable(source.file, `it has too many levels or aliases: ${error.message}`, { line: 1 });
    throw error;
  }
}

function placeIn(written: string): { readonly line: number; readonly col: number } {
  const bytes = Buffer.from(written);
  const read = readJson(bytes);
  const offset = read instanceof JsonSyntaxError ? read.offset : 0;
  const before = bytes.toString('utf8', 0, offset).split('\n');
  return { line: before.length, col: before.at(-1)!.length + 1 };
}

/** Finds the lines of texts that are asked for in the order of the document, in one pass over it. */
export class LineFinder {
  readonly #written: string;
  #at = 0;
  #line = 1;

  constructor(written: string) {
    this.#written = written;
  }

  /** The line of the first of these texts behind the one before; that line again where none is there. */
  next(wanted: readonly string[]): number {
    const found = wanted.map((one) => this.#written.indexOf(one, this.#at)).filter((at) => at >= 0);
    if (found.length === 0) return this.#line;
    const end = Math.min(...found);
    for (let at = this.#written.indexOf('\n', this.#at); at >= 0 && at < end; at = this.#written.indexOf('\n', at + 1))
      this.#line += 1;
    this.#at = end;
    return this.#line;
  }
}

/** The line on which a text stands first; 1 where it is not there. */
export function lineOf(written: string, wanted: string, from = 0): number {
  const at = written.indexOf(wanted, from);
  return at < 0 ? 1 : written.slice(0, at).split('\n').length;
}
