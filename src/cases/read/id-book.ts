import { hashTable } from '../../structures/hash-table.ts';

/** Which case used an id first. Ids that differ in case alone are one. */
export interface IdBook {
  /** Takes the id of the next case; returns the number, from 0, of the case that surely or nearly surely used it before, or null. */
  add(id: string): number | null;
}

/** A book without ids. It holds hashes of 64 bits, for a library may have millions of ids. */
export function idBook(): IdBook {
  const table = hashTable();
  let count = 0;
  return {
    add(id) {
      const before = table.add(id.toLowerCase(), count);
      count += 1;
      return before;
    },
  };
}
