import { formatOf } from '../../compare/values/value-format.ts';
import { rangeOf } from '../../structures/apart.ts';
import { minForTrend, minToProveTrend } from '../limits.ts';
import { type Detector, numbersIn, type Samples } from './detector.ts';
import { chanceOfSeparation } from './significance.ts';
import { meanOf, movesSlowly } from './trend.ts';

/**
 * All numbers of one side are below all of the other. Numbers that move slowly (a counter, the memory of a process) begin anywhere on
 * either side: of them this proves nothing.
 */
export const numberRange: Detector = {
  id: 'number-range',
  separate(sides) {
    const [a, b] = sides.map(numbersIn);
    if (a == null || b == null || areTimes(sides[0]) || areTimes(sides[1])) return null;
    const [x, y] = [rangeOf(a.flat()), rangeOf(b.flat())];
    if (x.to >= y.from && y.to >= x.from) return null;
    const isTrend = [a, b].some((side) => movesSlowly(side.map(meanOf)));
    if (isTrend && a.length >= minToProveTrend) return null;
    const areCounters = [a, b].every((side) => isMonotonic(side.map(meanOf)));
    if (areCounters && a.length >= minForTrend) return null;
    return {
      properties: [`${x.from} to ${x.to}`, `${y.from} to ${y.to}`],
      chance: isTrend ? 1 : chanceOfSeparation(a.length, b.length),
    };
  },
};

/** Times of one unit are compared as times. */
function areTimes(samples: Samples): boolean {
  return samples.flat().every((value) => formatOf(value)?.startsWith('epoch-') === true);
}

function isMonotonic(numbers: readonly number[]): boolean {
  const steps = numbers.slice(1).map((one, at) => Math.sign(one - numbers[at]!));
  return steps.every((step) => step >= 0) || steps.every((step) => step <= 0);
}
