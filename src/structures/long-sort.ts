/** How keys are put in order, and how many of them are held at a time. */
export interface Sorting<K> {
  readonly compare: (a: K, b: K) => number;
  /** What the held keys may weigh together. */
  readonly room: number;
  /** What a key weighs; 1 if absent. */
  readonly weigh?: (key: K) => number;
}

/** More keys than can be held: four bytes for each. */
export interface LongSort<K> {
  /** Takes the next key, whose number is how many there were before it. */
  add(key: K): void;
  /** The numbers of the keys in the order of these, each with its key as `again` makes it once more; of equal keys the earlier first. */
  inOrder<V extends K>(again: (number: number) => V): Generator<readonly [number: number, key: V]>;
  /** The numbers alone, so that no key is made once more where all of them fit. */
  numbers(again: (number: number) => K): Iterable<number>;
}

/** A sort of keys that come one by one: those that fit are put in order together and let go, and the lists that come of it are merged. O(n log n) */
export function longSort<K>({ compare, room, weigh = () => 1 }: Sorting<K>): LongSort<K> {
  const lists: Uint32Array[] = [];
  let held: K[] = [];
  let [letGo, weight] = [0, 0];
  const close = () => {
    const order = Uint32Array.from(held, (_, at) => at);
    order.sort((a, b) => compare(held[a]!, held[b]!) || a - b);
    lists.push(order.map((at) => at + letGo));
    [letGo, held, weight] = [letGo + held.length, [], 0];
  };
  return {
    add(key) {
      held.push(key);
      weight += weigh(key);
      if (weight >= room) close();
    },
    inOrder(again) {
      if (held.length > 0) close();
      return merged(lists, again, compare);
    },
    numbers(again) {
      if (held.length > 0) close();
      return lists.length === 1 ? lists[0]! : numbersOf(merged(lists, again, compare));
    },
  };
}

function* numbersOf(entries: Iterable<readonly [number: number, key: unknown]>): Generator<number> {
  for (const [number] of entries) yield number;
}

/** The first key of a list that was not given yet. */
interface Head<K> {
  readonly list: Uint32Array;
  readonly place: number;
  readonly number: number;
  readonly key: K;
}

function* merged<K>(
  lists: readonly Uint32Array[],
  again: (number: number) => K,
  compare: (a: K, b: K) => number,
): Generator<readonly [number, K]> {
  const headAt = (list: Uint32Array, place: number): Head<K> => {
    const number = list[place]!;
    return { list, place, number, key: again(number) };
  };
  const order = (a: Head<K>, b: Head<K>) => compare(a.key, b.key) || a.number - b.number;
  // A list in order is a heap.
  const heap = lists.map((list) => headAt(list, 0)).sort(order);
  for (let first = heap[0]; first !== undefined; first = heap[0]) {
    yield [first.number, first.key];
    const { list, place } = first;
    const next = place + 1 < list.length ? headAt(list, place + 1) : heap.pop()!;
    if (heap.length > 0) sink(heap, next, order);
  }
}

/** Puts a head in the place of the first one, and what is before it above it. */
function sink<K>(heap: Head<K>[], head: Head<K>, order: (a: Head<K>, b: Head<K>) => number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child + 1 < heap.length && order(heap[child + 1]!, heap[child]!) < 0) child += 1;
    if (child >= heap.length || order(head, heap[child]!) <= 0) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = head;
}
