/** Numbers by text, of which the table holds hashes of 64 bits: twelve bytes for each, thirty where it grows. */
export interface HashTable {
  /** The number of the text, or of another one with the same hash; null if there is none. */
  get(text: string): number | null;
  /** Gives a text a number from 0 to 2^32 - 2 and returns null, or leaves and returns the one that it had. */
  add(text: string, number: number): number | null;
  /** Gives a text a number in the place of the one that it had. */
  set(text: string, number: number): void;
}

/** Three to an entry: the halves of the hash, and one more than the number, which is 0 in a free entry. */
type Entries = Uint32Array;

const width = 3;

interface Hash {
  first: number;
  second: number;
}

/** Takes 32 bits; returns them mixed as murmur3 does. */
function mixed(bits: number): number {
  let all = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  all = Math.imul(all ^ (all >>> 13), 0xc2b2ae35);
  return (all ^ (all >>> 16)) >>> 0;
}

/** FNV-1a from two starts. */
function hashInto(hash: Hash, text: string): void {
  let [first, second] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x01000193);
  }
  hash.first = mixed(first);
  hash.second = mixed(second);
}

/** Where the entry of a hash is, or the free one where it belongs. The number of entries is a power of two. */
function placeOf(entries: Entries, { first, second }: Hash): number {
  const last = entries.length / width - 1;
  let at = first & last;
  for (;;) {
    const place = at * width;
    if (entries[place + 2] === 0 || (entries[place] === first && entries[place + 1] === second)) return place;
    at = (at + 1) & last;
  }
}

function put(entries: Entries, { first, second }: Hash, number: number): void {
  const place = placeOf(entries, { first, second });
  entries[place] = first;
  entries[place + 1] = second;
  entries[place + 2] = number;
}

function grown(old: Entries): Entries {
  const entries = new Uint32Array(old.length * 2);
  for (let at = 0; at < old.length; at += width)
    if (old[at + 2] !== 0) put(entries, { first: old[at]!, second: old[at + 1]! }, old[at + 2]!);
  return entries;
}

/** A table without texts. */
export function hashTable(): HashTable {
  let entries: Entries = new Uint32Array(1024 * width);
  let used = 0;
  const hash: Hash = { first: 0, second: 0 };
  const find = (text: string) => {
    hashInto(hash, text);
    return placeOf(entries, hash);
  };
  const fill = (number: number) => {
    used += 1;
    if (used * width * 3 > entries.length * 2) entries = grown(entries);
    put(entries, hash, number + 1);
  };
  const numberAt = (place: number) => (entries[place + 2] === 0 ? null : entries[place + 2]! - 1);
  return {
    get: (text) => numberAt(find(text)),
    add(text, number) {
      const before = numberAt(find(text));
      if (before === null) fill(number);
      return before;
    },
    set(text, number) {
      const place = find(text);
      if (entries[place + 2] === 0) fill(number);
      else entries[place + 2] = number + 1;
    },
  };
}
