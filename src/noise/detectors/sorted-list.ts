import { minItems } from '../limits.ts';
import type { Detector, Sample, Samples } from './detector.ts';
import { chanceOfSeparation } from './significance.ts';

/** The list is sorted in each answer of one side, and in few of the other. */
export const sortedList: Detector = {
  id: 'sorted-list',
  separate([a, b]) {
    const all = [...a, ...b];
    if (!all.every((values) => values.length >= minItems && new Set(values).size > 1)) return null;
    const found = [ascending, descending].flatMap((order) => {
      const [x, y] = [countIn(a, order), countIn(b, order)];
      const others = x === a.length ? y : y === b.length ? x : null;
      if (others === null || others * 2 > Math.min(a.length, b.length)) return [];
      const chance = 4 * chanceOfSeparation(a.length, b.length, others);
      return [{ properties: [phrase(x, a), phrase(y, b)] as const, chance }];
    });
    return found[0] ?? null;
  },
};

type Order = (one: string, next: string) => boolean;

const isBefore: Order = (one, next) =>
  Number.isNaN(Number(one)) || Number.isNaN(Number(next)) ? one <= next : Number(one) <= Number(next);
const ascending: Order = isBefore;
const descending: Order = (one, next) => isBefore(next, one);

function countIn(samples: Samples, order: Order): number {
  return samples.filter((values) => isSorted(values, order)).length;
}

function isSorted(values: Sample, order: Order): boolean {
  return values.slice(1).every((next, at) => order(values[at]!, next));
}

function phrase(count: number, samples: Samples): string {
  return `sorted in ${count} of ${samples.length} samples`;
}
