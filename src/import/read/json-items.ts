import { maxEntryBytes } from '../limits.ts';
import { type ImportSource, unreadable } from './source.ts';

/** An item of a list within a JSON document, and the line on which it begins; `text` is null where it is larger than `maxEntryBytes`. */
export interface JsonItem {
  readonly text: string | null;
  readonly line: number;
}

const quote = 0x22;
const backslash = 0x5c;
const newline = 10;
const opens = new Set([0x7b, 0x5b]);
const closes = new Set([0x7d, 0x5d]);

/** Yields the items of the list at a path of members, without ever holding more of the document than one of them. Throws PX2910 for a document that ends before it is whole. */
export async function* jsonItems(source: ImportSource, path: readonly string[]): AsyncGenerator<JsonItem> {
  const scanner = new ItemScanner(path);
  for await (const chunk of source.chunks()) yield* scanner.take(chunk);
  if (scanner.depth === 0 && scanner.isBegun) return;
  if (!scanner.isBegun) throw unreadable(source.file, 'it is not a JSON document', { line: 1 });
  throw unreadable(source.file, 'the JSON ends before it is whole', { line: scanner.line });
}

class ItemScanner {
  depth = 0;
  line = 1;
  isBegun = false;
  readonly #path: readonly string[];
  /** The member that each open object is at; null for a list. */
  readonly #keys: (string | null)[] = [];
  #isString = false;
  #isEscaped = false;
  /** The bytes of a string that may be a key; null where it cannot be one that counts. */
  #key: string | null = null;
  #lastString = '';
  #parts: Buffer[] | null = null;
  #size = 0;
  #startLine = 0;

  constructor(path: readonly string[]) {
    this.#path = path;
  }

  *take(chunk: Buffer): Generator<JsonItem> {
    // An item that an earlier chunk began goes on at the beginning of this one.
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.#isString) {
        at = this.#string(chunk, at);
        continue;
      }
      const byte = chunk[at]!;
      if (byte === newline) this.line += 1;
      else if (byte === quote) this.#openString();
      else if (byte === 0x3a) this.#colon();
      else if (opens.has(byte)) {
        if (this.#isItemStart()) {
          this.#begin();
          from = at;
        }
        this.#open(byte);
      } else if (closes.has(byte)) {
        this.#close();
        if (this.#parts !== null && this.depth === this.#path.length + 1) yield this.#end(chunk.subarray(from, at + 1));
      }
    }
    if (this.#parts !== null) this.#keep(chunk.subarray(from));
  }

  #openString(): void {
    this.#isString = true;
    this.#key = this.depth <= this.#path.length && this.#parts === null ? '' : null;
  }

  /** Goes on to the end of the string, or of the chunk; returns where that is. */
  #string(chunk: Buffer, start: number): number {
    for (let at = start; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === backslash) this.#isEscaped = true;
      else if (byte === quote) {
        this.#isString = false;
        if (this.#key !== null) this.#lastString = this.#key;
        return at;
      }
      if (this.#key !== null && this.#key.length < 64) this.#key += String.fromCharCode(byte);
    }
    return chunk.length;
  }

  #colon(): void {
    if (this.#parts === null && this.depth > 0 && this.depth <= this.#path.length)
      this.#keys[this.depth - 1] = this.#lastString;
  }

  #isItemStart(): boolean {
    if (this.#parts !== null || this.depth !== this.#path.length + 1) return false;
    return this.#path.every((name, at) => this.#keys[at] === name) && this.#keys[this.#path.length] === null;
  }

  #begin(): void {
    this.#parts = [];
    this.#size = 0;
    this.#startLine = this.line;
  }

  #open(byte: number): void {
    this.isBegun = true;
    if (this.depth <= this.#path.length) this.#keys[this.depth] = byte === 0x5b ? null : '';
    this.depth += 1;
  }

  #close(): void {
    this.depth = Math.max(0, this.depth - 1);
  }

  #keep(bytes: Buffer): void {
    this.#size += bytes.length;
    if (this.#size > maxEntryBytes) this.#parts = [];
    else this.#parts?.push(bytes);
  }

  #end(last: Buffer): JsonItem {
    this.#keep(last);
    const text = this.#size > maxEntryBytes ? null : Buffer.concat(this.#parts ?? []).toString('utf8');
    this.#parts = null;
    return { text, line: this.#startLine };
  }
}
