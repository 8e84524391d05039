/** How often something may be done: so many times a second, and as many at once. */
export interface Budget {
  take(now: number): boolean;
}

/** A full budget. */
export function budgetOf(perSecond: number, now: number): Budget {
  let [left, at] = [perSecond, now];
  return {
    take(moment) {
      left = Math.min(perSecond, left + ((moment - at) / 1000) * perSecond);
      at = moment;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
