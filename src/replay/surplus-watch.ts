import { afterReads } from '../http/early-bytes.ts';
import type { Failure, Response, TargetReplay } from '../http/exchange.ts';
import { hasSurplus, isWatched, surplusBytes } from '../http/surplus.ts';
import type { Replayed } from './replayed.ts';

/** How long surplus bytes are waited for after the last answers of a run, in milliseconds: once, not for each case. */
const surplusWaitMs = 40;

export interface SurplusWatch {
  /** Gives on a finished case that others follow. */
  pass(replayed: Replayed): void;
  /** Holds one of the last cases. */
  hold(replayed: Replayed): void;
  /** Gives on the cases that are held, when they have been held long enough. */
  end(): Promise<void>;
}

/** Gives finished cases on in their order; a case whose answer is known to come with surplus bytes is inconclusive. */
export function surplusWatch(take: (replayed: Replayed) => void): SurplusWatch {
  const held: Replayed[] = [];
  let until = 0;
  return {
    pass: (replayed) => take(checked(replayed)),
    hold(replayed) {
      held.push(replayed);
      if (watchedIn(replayed).length > 0) until = performance.now() + surplusWaitMs;
    },
    async end() {
      const leftMs = until - performance.now();
      if (leftMs > 0) await new Promise<void>((go) => setTimeout(() => afterReads(go), leftMs));
      for (const replayed of held.splice(0)) take(checked(replayed));
    },
  };
}

/** The answers to a case that surplus bytes can follow. */
function watchedIn({ replays, samples, retries = [] }: Replayed): (readonly [target: string, answer: Response])[] {
  return [replays ?? [], ...samples, ...retries].flat().flatMap(answersOf);
}

function answersOf({ target, exchanges }: TargetReplay): (readonly [string, Response])[] {
  return exchanges.flatMap(({ outcome }) =>
    outcome.kind === 'response' && isWatched(outcome) ? [[target, outcome] as const] : [],
  );
}

function checked(replayed: Replayed): Replayed {
  const found = watchedIn(replayed).find(([, answer]) => hasSurplus(answer));
  return found === undefined ? replayed : unknowable(replayed, surplusBytes(found[0]));
}

function unknowable({ testCase }: Replayed, { reason, message, hint }: Failure): Replayed {
  const unsent = { reason, message, ...(hint === null ? {} : { hint }) };
  return { testCase, replays: null, samples: [], unsent, wasSent: true };
}
