/**
 * A pure function that remembers what it made of the keys that came lately, told apart as a Map does. All of it is forgotten at once
 * when there are `most`, so a server that never repeats itself costs no memory.
 */
export function memoizeBounded<K, V>(most: number, make: (key: K) => V): (key: K) => V {
  let known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    // A new one: what a cleared one held would stay reachable from what it was, until all memory is looked through.
    if (known.size >= most) known = new Map();
    known.set(key, made);
    return made;
  };
}
