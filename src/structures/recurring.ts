/** So many new keys in a row show that they do not recur. */
const mostNew = 32;

/**
 * A pure function that remembers what it made of the keys that came lately, as `lately` does, as long as some of them come again:
 * where they do not, what remembering costs is spent for nothing, and it gives undefined for every key from then on.
 */
export function recurring<K, V>(most: number, make: (key: K) => V): (key: K) => V | undefined {
  let known = new Map<K, V>();
  let inRow = 0;
  return (key) => {
    if (inRow > mostNew) return undefined;
    const found = known.get(key);
    inRow = found === undefined ? inRow + 1 : 0;
    if (found !== undefined) return found;
    // As in `lately`, not cleared.
    if (inRow > mostNew || known.size >= most) known = new Map();
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
