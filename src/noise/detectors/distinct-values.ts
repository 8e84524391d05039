import { isTime } from '../../compare/values/value-format.ts';
import { type Detector, singleValues } from './detector.ts';
import { chanceOfScore, type Division, divisions } from './significance.ts';

/** One side shows a new value in every sample, the other a few values again and again. Times are new as often as the clock goes on. */
export const distinctValues: Detector = {
  id: 'distinct-values',
  separate([a, b]) {
    const [x, y] = [singleValues(a), singleValues(b)];
    if (x === null || y === null || [...x, ...y].some(isTime)) return null;
    const [ours, theirs] = [new Set(x).size, new Set(y).size];
    const isNewOnOne = ours === x.length ? theirs * 2 <= y.length : theirs === y.length && ours * 2 <= x.length;
    if (!isNewOnOne) return null;
    const groups = [...countsOf([...x, ...y]).values()].map((size) => divisions(size, distinct));
    const chance = 2 * chanceOfScore(ours > theirs ? groups : groups.map(mirrored), x.length, Math.abs(ours - theirs));
    return { properties: [phrase(ours, x.length), phrase(theirs, y.length)], chance };
  },
};

/** By how many more values the first side shows. */
const distinct = ({ taken, left }: Division) => Number(taken > 0) - Number(left > 0);

function mirrored(group: ReturnType<typeof divisions>): ReturnType<typeof divisions> {
  return group.map((one) => ({ ...one, score: -one.score }));
}

function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function phrase(distinctValues: number, samples: number): string {
  return distinctValues === samples ? `${samples} new values` : `${distinctValues} values in ${samples} samples`;
}
