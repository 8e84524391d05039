/** Numbers by text, of which the table holds hashes of 64 bits: twelve bytes for each, thirty where it grows. */
export interface HashTable {
  /** The number of the text, or of another one with the same hash; null if there is none. */
  get(text: string): number | null;
  /** Gives a text a number from 0 to 2^32 - 2, in the place of the one that it had. */
  set(text: string, number: number): void;
}

interface Table {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** One more than the number; 0 in a free place. */
  readonly numbers: Uint32Array;
}

function tableOf(size: number): Table {
  return { first: new Uint32Array(size), second: new Uint32Array(size), numbers: new Uint32Array(size) };
}

/** FNV-1a from a start of its own, its bits mixed as murmur3 does. */
function hash(text: string, start: number): number {
  let mixed = start;
  for (let at = 0; at < text.length; at += 1) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The place of a hash of 64 bits, or the free one where it belongs. */
function placeOf({ first, second, numbers }: Table, a: number, b: number): number {
  const last = numbers.length - 1;
  let at = a & last;
  while (numbers[at] !== 0 && (first[at] !== a || second[at] !== b)) at = (at + 1) & last;
  return at;
}

function put(table: Table, at: number, [a, b, number]: readonly [number, number, number]): void {
  table.first[at] = a;
  table.second[at] = b;
  table.numbers[at] = number;
}

function grown(old: Table): Table {
  const table = tableOf(old.numbers.length * 2);
  for (const [at, number] of old.numbers.entries()) {
    const [a, b] = [old.first[at]!, old.second[at]!];
    if (number !== 0) put(table, placeOf(table, a, b), [a, b, number]);
  }
  return table;
}

/** A table without texts. */
export function hashTable(): HashTable {
  let table = tableOf(1024);
  let used = 0;
  const hashes = (text: string) => [hash(text, 0x811c9dc5), hash(text, 0x9e3779b9)] as const;
  return {
    get(text) {
      const number = table.numbers[placeOf(table, ...hashes(text))]!;
      return number === 0 ? null : number - 1;
    },
    set(text, number) {
      const [a, b] = hashes(text);
      const at = placeOf(table, a, b);
      if (table.numbers[at] === 0) used += 1;
      put(table, at, [a, b, number + 1]);
      if (used * 3 > table.numbers.length * 2) table = grown(table);
    },
  };
}
