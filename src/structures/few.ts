/** Values by keys that are told apart as a Map does, few at a time and many in turn. */
export interface Few<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
  /** In no order; not to be held. */
  keys(): readonly K[];
}

/**
 * No values yet. It looks for a key from end to end. A Map would do, but for one thing: what it was before it grew, or was cleared of
 * what went, leads to what it is. Once that has become old, the garbage collector takes all that passes through the Map for old, too.
 */
export function few<K, V>(): Few<K, V> {
  const keys: K[] = [];
  const values: V[] = [];
  return {
    get: (key) => values[keys.indexOf(key)],
    set(key, value) {
      const at = keys.indexOf(key);
      const place = at < 0 ? keys.push(key) - 1 : at;
      values[place] = value;
    },
    delete(key) {
      const at = keys.indexOf(key);
      if (at < 0) return;
      const [lastKey, lastValue] = [keys.pop()!, values.pop()!];
      if (at === keys.length) return;
      keys[at] = lastKey;
      values[at] = lastValue;
    },
    keys: () => keys,
  };
}
