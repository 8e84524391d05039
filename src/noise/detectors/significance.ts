/** In how many ways `k` of `n` things can be chosen. */
function combinations(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i += 1) ways = (ways * (n - k + i)) / i;
  return ways;
}

/**
 * How likely it is that a property holds in all `a` samples of one side and in `others` of the `b` of the other, if it holds as often on
 * both, either side being the one: an exact permutation test, which asks nothing of how the values are distributed.
 */
export function chanceOfSeparation(a: number, b: number, others = 0): number {
  return (combinations(a + others, a) + combinations(b + others, b)) / combinations(a + b, a);
}

/** How likely `size` different numbers come in one given order. */
export function chanceOfOrder(size: number): number {
  return 1 / combinationsInOrder(size);
}

function combinationsInOrder(size: number): number {
  return size <= 1 ? 1 : size * combinationsInOrder(size - 1);
}

/** Of a group of samples `taken` go to the first side and `left` to the second. */
export interface Division {
  readonly taken: number;
  readonly left: number;
}

interface Scored {
  readonly taken: number;
  readonly score: number;
  readonly ways: number;
}

/** All ways to divide a group of samples between the sides, each with its score. */
export function divisions(size: number, score: (division: Division) => number): readonly Scored[] {
  return Array.from({ length: size + 1 }, (_, taken) => ({
    taken,
    score: score({ taken, left: size - taken }),
    ways: combinations(size, taken),
  }));
}

/** How likely it is that samples in groups, divided at random into `size` and the rest, score `least` or more in sum. */
export function chanceOfScore(groups: readonly (readonly Scored[])[], size: number, least: number): number {
  let sums: readonly Scored[] = [{ taken: 0, score: 0, ways: 1 }];
  for (const group of groups) {
    const next = new Map<string, Scored>();
    for (const sum of sums)
      for (const part of group) {
        const [taken, score] = [sum.taken + part.taken, sum.score + part.score];
        if (taken > size) continue;
        const key = `${taken} ${score}`;
        next.set(key, { taken, score, ways: (next.get(key)?.ways ?? 0) + sum.ways * part.ways });
      }
    sums = [...next.values()];
  }
  const whole = sums.filter(({ taken }) => taken === size);
  const ways = (scored: readonly Scored[]) => scored.reduce((sum, one) => sum + one.ways, 0);
  return ways(whole.filter(({ score }) => score >= least)) / ways(whole);
}
