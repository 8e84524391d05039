/** Which case used an id first. Ids that differ in case alone are one; twelve bytes for each, twenty where it grows. */
export interface IdBook {
  /** Takes the id of the next case; returns the number, from 0, of the case that surely or nearly surely used it before, or null. */
  add(id: string): number | null;
}

interface Table {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** One more than the number of the case; 0 in a free place. */
  readonly cases: Uint32Array;
}

function tableOf(size: number): Table {
  return { first: new Uint32Array(size), second: new Uint32Array(size), cases: new Uint32Array(size) };
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
function placeOf({ first, second, cases }: Table, a: number, b: number): number {
  const last = cases.length - 1;
  let at = a & last;
  while (cases[at] !== 0 && (first[at] !== a || second[at] !== b)) at = (at + 1) & last;
  return at;
}

function put(table: Table, at: number, [a, b, number]: readonly [number, number, number]): void {
  table.first[at] = a;
  table.second[at] = b;
  table.cases[at] = number;
}

function grown(old: Table): Table {
  const table = tableOf(old.cases.length * 2);
  for (const [at, number] of old.cases.entries()) {
    const [a, b] = [old.first[at]!, old.second[at]!];
    if (number !== 0) put(table, placeOf(table, a, b), [a, b, number]);
  }
  return table;
}

/** A book without ids. It holds hashes of 64 bits, for a library may have millions of ids. */
export function idBook(): IdBook {
  let table = tableOf(1024);
  let [count, used] = [0, 0];
  return {
    add(id) {
      const key = id.toLowerCase();
      const [a, b] = [hash(key, 0x811c9dc5), hash(key, 0x9e3779b9)];
      count += 1;
      const at = placeOf(table, a, b);
      if (table.cases[at] !== 0) return table.cases[at]! - 1;
      put(table, at, [a, b, count]);
      used += 1;
      if (used * 3 > table.cases.length * 2) table = grown(table);
      return null;
    },
  };
}
