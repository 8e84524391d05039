import type { Rung } from '../config/rules.ts';
import { type Check, isNumber, isString, shapeOf } from './validators.ts';

/** How far one run came. Counts are of cases times candidates. */
export interface TrendPoint {
  readonly id: string;
  readonly startedAt: string;
  /** Cases of the library, and those that were selected. */
  readonly total: number;
  readonly selected: number;
  readonly conclusive: number;
  /** How many of the conclusive ones hold the rung. */
  readonly ladder: Readonly<Record<Rung, number>>;
  readonly open: number;
  readonly accepted: number;
}

/** A point as it stands in the footer of `run.jsonl`. */
export const isTrendPoint: Check<TrendPoint> = shapeOf({
  id: isString,
  startedAt: isString,
  total: isNumber,
  selected: isNumber,
  conclusive: isNumber,
  ladder: shapeOf({ status: isNumber, shape: isNumber, value: isNumber, wire: isNumber }),
  open: isNumber,
  accepted: isNumber,
});
