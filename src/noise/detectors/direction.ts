import { minForDirection } from '../limits.ts';
import { type Detector, numbersIn, singleValues } from './detector.ts';
import { chanceOfOrder } from './significance.ts';
import { movesSlowly } from './trend.ts';

/** One side rises (or falls) from each sample to the next, and the other does the opposite, or goes to and fro. */
export const direction: Detector = {
  id: 'direction',
  separate(sides) {
    if (sides.some((side) => singleValues(side) === null || numbersIn(side) === null)) return null;
    const numbers = sides.map((side) => numbersIn(side)!.flat());
    const [a, b] = numbers.map(directionOf);
    if (!isMonotonic(a!) && !isMonotonic(b!)) return null;
    if (a === 'unknown' || b === 'unknown' || (a === b && sides[0].length >= minForDirection)) return null;
    const isWalk = [a, b].some((one, at) => one === 'to and fro' && movesSlowly(numbers[at]!));
    if (a === b || a === 'turns' || b === 'turns' || isWalk) return { properties: [a!, b!], chance: 1 };
    const [n, m] = sides.map(({ length }) => length);
    const chances = [a === 'to and fro' ? 1 : chanceOfOrder(n!), b === 'to and fro' ? 1 : chanceOfOrder(m!)];
    const byWalk = isMonotonic(a!) && isMonotonic(b!) ? 2 * chanceOfWalk(n!) * chanceOfWalk(m!) : 0;
    return { properties: [a!, b!], chance: Math.max(4 * chances[0]! * chances[1]!, byWalk) };
  },
};

/** How likely a number that goes up or down by chance at each step (a price, the memory of a process) goes in one given direction. */
const chanceOfWalk = (size: number) => 2 ** (1 - size);

/** `turns`: too seldom to tell a counter that was reset from random numbers. */
type Direction = 'rises' | 'falls' | 'to and fro' | 'turns' | 'unknown';

const isMonotonic = (one: Direction) => one === 'rises' || one === 'falls';

/** To and fro goes what turns back in a quarter of its steps at least: a counter may be reset once. */
function directionOf(numbers: readonly number[]): Direction {
  const steps = numbers.slice(1).map((one, at) => Math.sign(one - numbers[at]!));
  const [up, down] = [1, -1].map((sign) => steps.filter((step) => step === sign).length);
  if (up === steps.length) return 'rises';
  if (down === steps.length) return 'falls';
  if (up === 0 || down === 0) return 'unknown';
  return Math.min(up!, down!) * 4 >= steps.length && steps.length >= 4 ? 'to and fro' : 'turns';
}
