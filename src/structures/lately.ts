/**
 * A pure function that remembers what it made of the keys that came lately, told apart as a Map does. All of it is forgotten at once
 * when there are `most`, so a server that never repeats itself costs no memory.
 */
export function lately<K, V>(most: number, make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  };
}
