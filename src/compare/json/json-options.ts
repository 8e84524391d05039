import type { Captured } from '../captures/captured-values.ts';
import type { Judge } from '../model/value-judge.ts';
import type { Rules } from '../rules/compiled-rules.ts';
import type { Alignment } from './array-alignment.ts';

/** Under what two bodies are compared. */
export interface JsonOptions {
  readonly rules: Rules;
  readonly sameCapture: Captured['sameCapture'];
  /** See `Captured`; absent or null: what is the same text on both sides is equal. */
  readonly isForeign?: Captured['isForeign'];
  /** Null or absent: items of arrays in no order are lined up by what they are. */
  readonly standIns?: Captured['standIns'];
  /** Origins of the two targets, which count as one inside strings; absent: they count as any text. */
  readonly origins?: readonly [reference: string, candidate: string];
  /** Asked of each two values that differ; absent: all of them count. */
  readonly judge?: Judge;
  /** Told of each two arrays, by their nodes, whose items were lined up. */
  readonly lined?: (a: number, b: number, alignment: Alignment) => void;
}
