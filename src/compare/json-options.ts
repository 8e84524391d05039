import type { StandIn } from './capture.ts';
import type { Judge } from './judge.ts';
import type { Rules } from './rules.ts';

/** Under what two bodies are compared. */
export interface JsonOptions {
  readonly rules: Rules;
  /** Both texts are one captured value, each side its own; or hold such, but where they are one value as a whole. */
  readonly sameCapture: (reference: string, candidate: string, isWhole?: boolean) => boolean;
  /** By which items of arrays in no order are lined up where captured values differ; null or absent: by what they are. */
  readonly standIns?: readonly [reference: StandIn, candidate: StandIn] | null;
  /** Origins of the two targets, which count as one inside strings; absent: they count as any text. */
  readonly origins?: readonly [reference: string, candidate: string];
  /** Asked of each two values that differ; absent: all of them count. */
  readonly judge?: Judge;
}
