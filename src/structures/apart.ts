/** Two groups of numbers keep their distance: it is `least` at least, and four times as wide as either group. */
export function areApart([a, b]: readonly [readonly number[], readonly number[]], least: number): boolean {
  const [x, y] = [rangeOf(a), rangeOf(b)];
  const gap = Math.max(y.from - x.to, x.from - y.to);
  return gap >= least && gap >= 4 * Math.max(x.to - x.from, y.to - y.from);
}

/** The least and the greatest of some numbers; of none a range that holds nothing. */
export function rangeOf(numbers: readonly number[]): { readonly from: number; readonly to: number } {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const one of numbers) {
    from = Math.min(from, one);
    to = Math.max(to, one);
  }
  return { from, to };
}
