import { areApart } from '../../structures/apart.ts';
import { momentMs } from '../values/timestamps.ts';

/** How long something lasts, a cookie for example. */
export interface Lasts {
  readonly seconds: number;
  /** The moment when it ends, in seconds since 1970. */
  readonly until: number;
}

const sameSeconds = momentMs / 1000;

/** As long, or to the same moment: the two targets may have clocks that are not set alike. What lasts for no time is like all. */
export function lastAlike(a: Lasts | undefined, b: Lasts | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  return Math.abs(a.seconds - b.seconds) <= sameSeconds || Math.abs(a.until - b.until) <= sameSeconds;
}

/** Whether something lasts for another time on one side than on the other, and to another, in all of the answers. */
export function lastOtherwise(a: readonly Lasts[], b: readonly Lasts[]): boolean {
  const apart = (pick: (lasts: Lasts) => number) => areApart([a.map(pick), b.map(pick)], sameSeconds + 1);
  return apart(({ seconds }) => seconds) && apart(({ until }) => until);
}
