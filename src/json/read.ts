import { isUtf8 } from 'node:buffer';
import { roomFor } from '../structures/room.ts';
import { backslash, isDigit, isHexDigit, isSpace, needsLook, quote, simpleEscapes } from './bytes.ts';
import { type JsonDocument, JsonSyntaxError, Kind, Mark } from './document.ts';

function larger<A extends Uint8Array | Uint32Array>(old: A, capacity: number): A {
  const grown = new (old.constructor as new (length: number) => A)(capacity);
  grown.set(old);
  return grown;
}

/** So many containers are open at once in most texts. */
const usualDepth = 16;

/** Holds the position and the growing node lists while one text is read. Never recurses, so depth costs 4 bytes a level. */
class Reader {
  readonly #bytes: Buffer;
  readonly #allValid: boolean;
  #position = 0;
  #size = 0;
  #kind: Uint8Array;
  #marks: Uint8Array;
  #start: Uint32Array;
  #end: Uint32Array;
  #next: Uint32Array;
  #open: Uint32Array;
  #depth = 0;

  constructor(bytes: Buffer) {
    const capacity = (bytes.length >> 3) + 16;
    this.#bytes = bytes;
    this.#allValid = isUtf8(bytes);
    const { buffer, at } = roomFor(14 * capacity + 4 * usualDepth);
    this.#start = new Uint32Array(buffer, at, capacity);
    this.#end = new Uint32Array(buffer, at + 4 * capacity, capacity);
    this.#next = new Uint32Array(buffer, at + 8 * capacity, capacity);
    this.#open = new Uint32Array(buffer, at + 12 * capacity, usualDepth);
    this.#kind = new Uint8Array(buffer, at + 12 * capacity + 4 * usualDepth, capacity);
    this.#marks = new Uint8Array(buffer, at + 13 * capacity + 4 * usualDepth, capacity);
  }

  read(): JsonDocument {
    const bom = this.#bytes[0] === 0xef && this.#bytes[1] === 0xbb && this.#bytes[2] === 0xbf;
    this.#position = bom ? 3 : 0;
    do this.#value();
    while (this.#follow());
    return {
      bytes: this.#bytes,
      size: this.#size,
      kind: this.#kind,
      marks: this.#marks,
      start: this.#start,
      end: this.#end,
      next: this.#next,
      bom,
    };
  }

  #fail(what: string): never {
    const isEnd = this.#position >= this.#bytes.length;
    throw new JsonSyntaxError(isEnd ? 'the text ends too early' : what, this.#position);
  }

  #space(): void {
    while (isSpace(this.#bytes[this.#position])) this.#position += 1;
  }

  /** Reads one scalar or empty container, opening whatever containers lead to it. */
  #value(): void {
    for (;;) {
      this.#space();
      const byte = this.#bytes[this.#position];
      if (byte === 0x7b) {
        this.#enter(Kind.object);
        if (this.#leaveIf(0x7d)) return;
        this.#key();
      } else if (byte === 0x5b) {
        this.#enter(Kind.array);
        if (this.#leaveIf(0x5d)) return;
      } else {
        this.#scalar(byte);
        return;
      }
    }
  }

  /** After a complete value: closes containers, and says whether another value must follow. */
  #follow(): boolean {
    for (;;) {
      this.#space();
      if (this.#depth === 0) {
        if (this.#position < this.#bytes.length) this.#fail('more text after the value');
        return false;
      }
      const isObject = this.#kind[this.#open[this.#depth - 1]!] === Kind.object;
      if (this.#bytes[this.#position] === 0x2c) {
        this.#position += 1;
        if (isObject) this.#key();
        return true;
      }
      if (!this.#leaveIf(isObject ? 0x7d : 0x5d)) this.#fail(isObject ? 'expected , or }' : 'expected , or ]');
    }
  }

  #enter(kind: number): void {
    if (this.#depth === this.#open.length) this.#open = larger(this.#open, this.#depth * 2);
    this.#open[this.#depth] = this.#add(kind, this.#position);
    this.#depth += 1;
    this.#position += 1;
  }

  #leaveIf(closing: number): boolean {
    this.#space();
    if (this.#bytes[this.#position] !== closing) return false;
    this.#position += 1;
    this.#depth -= 1;
    const node = this.#open[this.#depth]!;
    this.#end[node] = this.#position;
    this.#next[node] = this.#size;
    return true;
  }

  #key(): void {
    this.#space();
    if (this.#bytes[this.#position] !== quote) this.#fail('expected a key in double quotes');
    this.#string();
    this.#space();
    if (this.#bytes[this.#position] !== 0x3a) this.#fail('expected : after the key');
    this.#position += 1;
  }

  #scalar(byte: number | undefined): void {
    if (byte === quote) this.#string();
    else if (byte === 0x2d || isDigit(byte)) this.#number();
    else if (byte === 0x74) this.#literal('true', Kind.true);
    else if (byte === 0x66) this.#literal('false', Kind.false);
    else if (byte === 0x6e) this.#literal('null', Kind.null);
    else this.#fail('expected a value');
  }

  #literal(word: string, kind: number): void {
    const start = this.#position;
    for (let i = 0; i < word.length; i += 1) {
      if (this.#bytes[this.#position] !== word.charCodeAt(i)) this.#fail(`expected ${word}`);
      this.#position += 1;
    }
    this.#leaf(kind, start, 0);
  }

  #number(): void {
    const start = this.#position;
    if (this.#bytes[this.#position] === 0x2d) this.#position += 1;
    if (this.#bytes[this.#position] === 0x30) this.#position += 1;
    else this.#digits();
    if (this.#bytes[this.#position] === 0x2e) {
      this.#position += 1;
      this.#digits();
    }
    if (((this.#bytes[this.#position] ?? 0) | 0x20) === 0x65) {
      this.#position += 1;
      const sign = this.#bytes[this.#position];
      if (sign === 0x2b || sign === 0x2d) this.#position += 1;
      this.#digits();
    }
    this.#leaf(Kind.number, start, 0);
  }

  #digits(): void {
    if (!isDigit(this.#bytes[this.#position])) this.#fail('expected a digit');
    while (isDigit(this.#bytes[this.#position])) this.#position += 1;
  }

  #string(): void {
    const bytes = this.#bytes;
    const start = this.#position;
    let [marks, at] = [0, start + 1];
    for (;;) {
      while (needsLook[bytes[at]!] === 0) at += 1;
      const byte = bytes[at];
      if (byte === quote) break;
      this.#position = at;
      if (byte === undefined || byte < 0x20) this.#fail('a control character inside a string');
      if (byte === backslash) {
        at = this.#escape(at);
        marks |= Mark.escaped;
      } else {
        at += 1;
        marks |= Mark.nonAscii;
      }
    }
    this.#position = at + 1;
    if (marks & Mark.nonAscii && !this.#allValid && !isUtf8(bytes.subarray(start, at))) marks |= Mark.invalid;
    this.#leaf(Kind.string, start, marks);
  }

  #escape(at: number): number {
    this.#position = at + 1;
    const letter = this.#bytes[at + 1] ?? 0;
    if (simpleEscapes.has(letter)) return at + 2;
    if (letter !== 0x75) this.#fail('an escape that JSON does not know');
    for (let i = at + 2; i < at + 6; i += 1) {
      this.#position = i;
      if (!isHexDigit(this.#bytes[i])) this.#fail('expected four hex digits after \\u');
    }
    return at + 6;
  }

  #leaf(kind: number, start: number, marks: number): void {
    const node = this.#add(kind, start);
    this.#marks[node] = marks;
    this.#end[node] = this.#position;
    this.#next[node] = node + 1;
  }

  #add(kind: number, start: number): number {
    const node = this.#size;
    if (node === this.#kind.length) this.#grow(node * 2);
    this.#kind[node] = kind;
    this.#start[node] = start;
    this.#size = node + 1;
    return node;
  }

  #grow(capacity: number): void {
    this.#kind = larger(this.#kind, capacity);
    this.#marks = larger(this.#marks, capacity);
    this.#start = larger(this.#start, capacity);
    this.#end = larger(this.#end, capacity);
    this.#next = larger(this.#next, capacity);
  }
}

/**
 * Reads a JSON text (RFC 8259) of at most 4 GiB in one pass, without recursion. A leading byte-order mark and bytes inside
 * strings that are not UTF-8 are kept and marked, not refused: where two sides differ in them, that is what we are after.
 * Returns a JsonSyntaxError, never throws it: a body that is not JSON is an ordinary answer.
 */
export function readJson(bytes: Uint8Array): JsonDocument | JsonSyntaxError {
  try {
    return new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).read();
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
}
