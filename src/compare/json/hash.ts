import { type Decimal, decimalAt } from '../../json/decimal.ts';
import { type JsonDocument, Kind, Mark } from '../../json/document.ts';
import { exactNumber, numberKey } from '../../json/number.ts';
import { sourceText } from '../../json/text.ts';
import { textBytes } from '../../json/unescape.ts';

/** Says of a node a number that is equal for equal values, however they are spelled and ordered. 53 bits. */
export type ValueHash = (node: number) => number;

/**
 * What of a node tells items apart: its value; the values of its items in any order; its type with the keys and types of its
 * members; or nothing.
 */
export type HashPolicy = (node: number) => 'value' | 'items' | 'type' | 'nothing';

/**
 * Hashes of the values of all nodes, made when first asked for; `telling` says what of them has a say. Hashes only line items up,
 * they never decide that two values are equal.
 */
export function lazyHashes(document: JsonDocument, telling: () => HashPolicy): ValueHash {
  let hashes: Hashes | null = null;
  return (node) => {
    hashes ??= new Hashes(document, telling());
    return hashes.of(node);
  };
}

/** Where the hash of each kind begins: apart in more than the byte that comes first, which would make up for it. */
const seeds = {
  literal: 0x51ab_19e3,
  positive: 0x2f6e_2b17,
  negative: 0x7c3d_4d05,
  string: 0x1b87_3593,
  array: 0x6a09_e667,
  items: 0x510e_527f,
  type: 0x3c6e_f372,
};

/** The two must not change places without a trace: `[[true]]` is not `[true,[]]`. */
function mixLow(hash: number, word: number): number {
  const mixed = Math.imul(Math.imul(hash, 0x85ebca6b) ^ word, 0x9e3779b1);
  return finish(mixed ^ (mixed >>> 15));
}

function mixHigh(hash: number, word: number): number {
  const mixed = Math.imul(Math.imul(hash, 0xcc9e2d51) ^ word, 0x85ebca77);
  return finish(mixed ^ (mixed >>> 15));
}

function finish(mixed: number): number {
  const last = Math.imul(mixed, 0xc2b2ae3d);
  return last ^ (last >>> 13);
}

/** A number for a kind, one for both booleans. */
function typeNumber(kind: number): number {
  return kind === Kind.true ? Kind.false : kind;
}

const point = 0x2e;

/** Two families of hashes, for 32 bits alone would line up strangers in arrays of 100,000 items; both made in one pass. */
class Hashes {
  readonly #document: JsonDocument;
  readonly #low: Int32Array;
  readonly #high: Int32Array;

  constructor(document: JsonDocument, telling: HashPolicy) {
    this.#document = document;
    this.#low = new Int32Array(document.size);
    this.#high = new Int32Array(document.size);
    for (let node = document.size - 1; node >= 0; node -= 1) {
      const what = telling(node);
      if (what === 'value') this.#hash(node);
      else if (what === 'items') this.#items(node);
      else if (what === 'type') this.#type(node);
    }
  }

  of(node: number): number {
    return (this.#high[node]! & 0x1fffff) * 0x1_0000_0000 + (this.#low[node]! >>> 0);
  }

  #hash(node: number): void {
    const kind = this.#document.kind[node]!;
    if (kind === Kind.string) this.#string(node);
    else if (kind === Kind.number) this.#number(node);
    else if (kind === Kind.object) this.#object(node);
    else if (kind === Kind.array) this.#array(node);
    else this.#set(node, mixLow(seeds.literal, kind), mixHigh(seeds.literal, kind));
  }

  /** Keys are hashed before the object that has them. */
  #type(node: number): void {
    const { kind, next } = this.#document;
    let [low, high] = [0, 0];
    if (kind[node] === Kind.object)
      for (let key = node + 1; key < next[node]!; key = next[key + 1]!) {
        const type = typeNumber(kind[key + 1]!);
        low = (low + mixLow(this.#low[key]!, type)) | 0;
        high = (high + mixHigh(this.#high[key]!, type)) | 0;
      }
    const type = seeds.type + typeNumber(kind[node]!);
    this.#set(node, mixLow(low, type), mixHigh(high, type));
  }

  #set(node: number, low: number, high: number): void {
    this.#low[node] = low;
    this.#high[node] = high;
  }

  /** Hashes the text. Unescaped, that is the source itself. */
  #string(node: number): void {
    const { bytes, marks, start, end } = this.#document;
    if (marks[node]! & Mark.escaped) {
      const text = textBytes(this.#document, node);
      this.#bytes(node, text, { from: 0, to: text.length, seed: seeds.string });
    } else this.#bytes(node, bytes, { from: start[node]! + 1, to: end[node]! - 1, seed: seeds.string });
  }

  #bytes(node: number, bytes: Buffer, { from, to, seed }: { from: number; to: number; seed: number }): void {
    let [low, high] = [seed, seed];
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at]!;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x5bd1e995);
    }
    this.#set(node, mixLow(low, to - from), mixHigh(high, to - from));
  }

  #number(node: number): void {
    const decimal = decimalAt(this.#document, node);
    if (decimal !== null) {
      this.#decimal(node, this.#document.bytes, decimal);
      return;
    }
    // With an exponent: the same hash as the same number has without.
    const text = sourceText(this.#document, node);
    const number = exactNumber(text);
    const exponent = Number(number?.exponent ?? Number.NaN);
    const isNear = exponent === (exponent | 0);
    const digits = isNear ? number!.digits : numberKey(text);
    const whole = { negative: number?.negative ?? false, first: 0, last: digits.length - 1 };
    this.#decimal(node, Buffer.from(digits), { ...whole, exponent: isNear ? exponent : 0 });
  }

  #decimal(node: number, bytes: Buffer, { negative, first, last, exponent }: Decimal): void {
    const seed = negative ? seeds.negative : seeds.positive;
    let [low, high] = [seed, seed];
    for (let at = first; at <= last; at += 1) {
      const byte = bytes[at]!;
      if (byte === point) continue;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x5bd1e995);
    }
    this.#set(node, mixLow(low, exponent), mixHigh(high, exponent));
  }

  #object(node: number): void {
    const { next } = this.#document;
    let [low, high] = [0, 0];
    for (let key = node + 1; key < next[node]!; key = next[key + 1]!) {
      low = (low + mixLow(this.#low[key]!, this.#low[key + 1]!)) | 0;
      high = (high + mixHigh(this.#high[key]!, this.#high[key + 1]!)) | 0;
    }
    this.#set(node, mixLow(low, 0x0b1ec7), mixHigh(high, 0x0b1ec7));
  }

  #array(node: number): void {
    const { next } = this.#document;
    let [low, high] = [seeds.array, seeds.array];
    for (let item = node + 1; item < next[node]!; item = next[item]!) {
      low = mixLow(low, this.#low[item]!);
      high = mixHigh(high, this.#high[item]!);
    }
    this.#set(node, low, high);
  }

  /** Sums are the same in any order. Of one item, or none, there is but one order. */
  #items(node: number): void {
    const { next } = this.#document;
    if (node + 1 === next[node] || next[node + 1] === next[node]) {
      this.#hash(node);
      return;
    }
    let [low, high, count] = [0, 0, 0];
    for (let item = node + 1; item < next[node]!; item = next[item]!) {
      low = (low + mixLow(this.#low[item]!, seeds.items)) | 0;
      high = (high + mixHigh(this.#high[item]!, seeds.items)) | 0;
      count += 1;
    }
    this.#set(node, mixLow(low, seeds.items + count), mixHigh(high, seeds.items + count));
  }
}
