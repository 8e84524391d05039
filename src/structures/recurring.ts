import { memoizeBounded } from './memoize-bounded.ts';

/** So many new keys in a row show that they do not recur. */
const maxNew = 32;

/**
 * As `lately`, as long as some keys come again: where they do not, what remembering costs is spent for nothing, and it gives undefined
 * for every key from then on.
 */
export function recurring<K, V>(most: number, make: (key: K) => V): (key: K) => V | undefined {
  let inRow = 0;
  const remembered = memoizeBounded(most, (key: K) => {
    inRow += 1;
    return make(key);
  });
  return (key) => {
    if (inRow > maxNew) return undefined;
    const before = inRow;
    const value = remembered(key);
    if (inRow === before) inRow = 0;
    return value;
  };
}
