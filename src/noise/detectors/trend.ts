import { maxTrend, minForTrend } from '../limits.ts';

/** The mean of numbers; NaN of none. */
export const meanOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Whether each number is close to the one before it (von Neumann's ratio); false of too few. */
export function movesSlowly(numbers: readonly number[]): boolean {
  if (numbers.length < minForTrend) return false;
  const mean = meanOf(numbers);
  const squares = numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const steps = numbers.slice(1).reduce((sum, one, at) => sum + (one - numbers[at]!) ** 2, 0);
  return squares > 0 && steps / squares < maxTrend;
}
