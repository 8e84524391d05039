import type { Failure, Response } from '../../http/exchange.ts';
import { maxCircuitMs, maxFailuresInRow, minCircuitMs } from '../limits.ts';

/** Keeps copies from a candidate that does not answer: it is asked again after a pause that grows. */
export interface Circuit {
  /** Whether a copy may go out now. While it is open, one at a time may, to see whether the candidate is back. */
  mayCopy(now: number): boolean;
  /** Takes note of what came of a copy. */
  ended(outcome: Response | Failure, now: number): void;
  isOpen(): boolean;
}

/** A closed circuit. */
export function closedCircuit(): Circuit {
  let [failures, pauseMs, openUntil] = [0, minCircuitMs, 0];
  return {
    mayCopy(now) {
      if (failures < maxFailuresInRow) return true;
      if (now < openUntil) return false;
      openUntil = now + pauseMs;
      return true;
    },
    ended({ kind }, now) {
      if (kind === 'response') {
        [failures, pauseMs] = [0, minCircuitMs];
        return;
      }
      failures += 1;
      if (failures < maxFailuresInRow) return;
      openUntil = now + pauseMs;
      pauseMs = Math.min(2 * pauseMs, maxCircuitMs);
    },
    isOpen: () => failures >= maxFailuresInRow,
  };
}
