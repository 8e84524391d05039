import type { Item } from './items.ts';

/** Less than this is no chance. */
const chance = 0.001;

/** What items say at one place: for each item the number of its text, or -1. */
interface Column {
  readonly ids: Int32Array;
  /** How many texts there are. */
  readonly size: number;
}

/** Whether what stands at one place of an item is the same wherever what stands at another is; `unseen` where nothing stood there again. */
type DependencyColumn = 'always' | 'perhaps' | 'unseen' | 'not';

/** Says of two places whether what stands at the other goes with what stands at the one: on the reference, the candidate, and on both together. */
type Dependency = (
  one: string,
  other: string,
) => readonly [reference: DependencyColumn, candidate: DependencyColumn, both: DependencyColumn];

/** What goes with what in the items of two sides, all answers of a side together. Linear in the items for each question. */
export function dependencyBetween(a: readonly Item[], b: readonly Item[]): Dependency {
  const all = [...a, ...b];
  const columns = new Map<string, Column>();
  const columnAt = (place: string): Column => {
    const found = columns.get(place) ?? columnOf(all, place);
    columns.set(place, found);
    return found;
  };
  return (one, other) => {
    const [x, y] = [columnAt(one), columnAt(other)];
    return [goes(x, y, [0, a.length]), goes(x, y, [a.length, all.length]), goes(x, y, [0, all.length])];
  };
}

function columnOf(items: readonly Item[], place: string): Column {
  const numbers = new Map<string, number>();
  const ids = Int32Array.from(items, (item) => {
    const text = item.get(place);
    if (text === undefined) return -1;
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  });
  return { ids, size: numbers.size };
}

function goes(one: Column, other: Column, [from, to]: readonly [number, number]): DependencyColumn {
  const known = new Int32Array(one.size).fill(-1);
  const counts = new Int32Array(other.size);
  let [total, again] = [0, 0];
  for (let at = from; at < to; at += 1) {
    const [x, y] = [one.ids[at]!, other.ids[at]!];
    if (x === -1 || y === -1) continue;
    total += 1;
    counts[y]! += 1;
    if (known[x] === -1) known[x] = y;
    else if (known[x] === y) again += 1;
    else return 'not';
  }
  const byChance = counts.reduce((sum, count) => sum + (count / Math.max(1, total)) ** 2, 0);
  return again === 0 ? 'unseen' : byChance ** again < chance ? 'always' : 'perhaps';
}
