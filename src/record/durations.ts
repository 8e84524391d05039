import { type Check, isNumber, isString, listOf, shapeOf } from './validators.ts';

/** How long the answers of one target took, from the first byte sent to the end: milliseconds, to two digits that count. */
export interface RecordedDurations {
  readonly target: string;
  readonly answers: number;
  readonly median: number;
  /** The 95th percentile. */
  readonly p95: number;
  readonly longest: number;
}

export const isDurations: Check<readonly RecordedDurations[]> = listOf(
  shapeOf({ target: isString, answers: isNumber, median: isNumber, p95: isNumber, longest: isNumber }),
);
