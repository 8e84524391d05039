/** All maps as one, or null if two of them disagree on a name. Linear in the number of entries. */
export function uniteMaps(maps: readonly ReadonlyMap<string, string>[]): Map<string, string> | null {
  const united = new Map<string, string>();
  for (const map of maps)
    for (const [key, value] of map) {
      const known = united.get(key);
      if (known !== undefined && known !== value) return null;
      united.set(key, value);
    }
  return united;
}

/** All rename maps as one; null if two disagree, if two names get one new name, or if a new name is itself renamed. */
export function uniteRenames(maps: readonly ReadonlyMap<string, string>[]): Map<string, string> | null {
  const united = uniteMaps(maps);
  if (united === null || new Set(united.values()).size < united.size) return null;
  for (const [from, to] of united) if (from !== to && united.has(to)) return null;
  return united;
}

/** What all members of a list agree on: the first of them, or null if one has another direction. */
export function unanimous<P extends { readonly direction: string }>(found: readonly P[]): P | null {
  const [first] = found;
  return first !== undefined && found.every((one) => one.direction === first.direction) ? first : null;
}

/** Puts a value into the list under its key. */
export function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** What is in all of the lists, in the order of the first. */
export function sharedOf<T>(lists: readonly (readonly T[])[]): T[] {
  let shared: readonly T[] = lists[0] ?? [];
  for (const list of lists) if (list !== shared) shared = shared.filter((one) => list.includes(one));
  return [...shared];
}
