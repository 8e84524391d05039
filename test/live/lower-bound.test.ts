import { describe, expect, it } from 'vitest';
import { lowerBound, neededFor, regularizedBeta } from '../../src/live/gate/lower-bound.ts';

/** One-sided bounds at 97.5% are the lower ends of two-sided intervals at 95%. */
const published: readonly (readonly [
  agreed: number,
  compared: number,
  confidence: number,
  bound: number,
  from: string,
])[] = [
  [0, 10, 0.975, 0, 'no success has the bound 0'],
  [1, 10, 0.975, 0.002529, 'R, binom.test(1, 10)'],
  [2, 10, 0.975, 0.025211, 'R, binom.test(2, 10)'],
  [5, 10, 0.975, 0.187086, 'R, binom.test(5, 10)'],
  [10, 10, 0.975, 0.691503, 'R, binom.test(10, 10)'],
  [682, 925, 0.975, 0.7076683, 'the example of Mendel in the help of R, binom.test(682, 925)'],
  [15, 148, 0.975, 0.0578, 'Newcombe, Statistics in Medicine 17 (1998), table I, method 5'],
  [81, 263, 0.975, 0.2527, 'Newcombe, table I'],
  [1, 29, 0.975, 0.0009, 'Newcombe, table I'],
  [300, 300, 0.95, 0.990064, 'the rule of three'],
];

/** The chance of each number of failures in n trials. */
function binomial(n: number, p: number): number[] {
  const chances = [p ** n];
  for (let k = 1; k <= n; k += 1) chances.push((chances[k - 1]! * (n - k + 1) * (1 - p)) / (k * p));
  return chances;
}

/** Numbers in [0, 1) that are the same in each run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('the Clopper–Pearson lower bound', () => {
  it.each(published)('of %i of %i at confidence %d is %d (%s)', (agreed, compared, confidence, bound) => {
    const digits = String(bound).length - 2;
    expect(lowerBound(agreed, compared, confidence)).toBeCloseTo(bound, Math.max(1, digits));
  });

  it('is 0 where nothing was compared', () => {
    expect(lowerBound(0, 0, 0.95)).toBe(0);
  });

  it.each([
    [999_999, 1_000_000],
    [999_000, 1_000_000],
    [500_000, 1_000_000],
    [21_426, 21_428],
    [1, 1_000_000],
  ])('of %i of %i has the tail that the confidence leaves', (agreed, compared) => {
    const bound = lowerBound(agreed, compared, 0.95);
    expect(bound).toBeLessThan(agreed / compared);
    expect(regularizedBeta(bound, agreed, compared - agreed + 1)).toBeCloseTo(0.05, 6);
  });

  it('covers the true rate with at least the confidence, summed over all outcomes of 200 trials', () => {
    for (const rate of [0.5, 0.9, 0.97, 0.99, 0.999]) {
      const covered = binomial(200, rate).filter((_, failed) => lowerBound(200 - failed, 200, 0.95) <= rate);
      expect(
        covered.reduce((sum, chance) => sum + chance, 0),
        `rate ${rate}`,
      ).toBeGreaterThanOrEqual(0.95);
    }
  });

  it.each([0.995, 0.999, 0.9999])('covers a true rate of %d in 95 of 100 of 1,000 streams', (rate) => {
    const next = random(20_261_125);
    let covered = 0;
    for (let stream = 0; stream < 1000; stream += 1) {
      let agreed = 0;
      for (let request = 0; request < 5000; request += 1) if (next() < rate) agreed += 1;
      if (lowerBound(agreed, 5000, 0.95) <= rate) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(950);
  });

  it.each([
    [0.999, 0.95],
    [0.99, 0.95],
    [0.9999, 0.99],
  ])('reaches a parity of %d at confidence %d with exactly the number that is needed', (parity, confidence) => {
    const needed = neededFor(parity, confidence);
    expect(lowerBound(needed, needed, confidence)).toBeGreaterThanOrEqual(parity);
    expect(lowerBound(needed - 1, needed - 1, confidence)).toBeLessThan(parity);
  });
});
