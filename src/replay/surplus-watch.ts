import { afterReads } from '../http/connection/early-bytes.ts';
import { hasSurplus, isWatched, surplusBytes } from '../http/connection/surplus.ts';
import type { Failure, Response, TargetReplay } from '../http/exchange.ts';
import { maxHeldBytes, maxHeldCases } from './limits.ts';
import type { Replayed } from './replayed.ts';

/** How long surplus bytes are waited for after the answers to a case, in milliseconds; the next cases are sent meanwhile. */
const surplusWaitMs = 40;

export interface SurplusWatch {
  /** Takes a finished case, and gives those on that have been held long enough. */
  pass(replayed: Replayed): void;
  /** Gives all cases on when the last one has been held long enough. */
  end(): Promise<void>;
  /** Gives no case on any more. */
  stop(): void;
}

interface Held {
  readonly replayed: Replayed;
  readonly until: number;
  readonly bytes: number;
}

/**
 * Holds finished cases until surplus bytes would have come, and gives them on in their order; one whose answers came over a connection
 * with surplus bytes is inconclusive. Where cases finish faster than that, or their bodies are large, the oldest are held shorter.
 */
export function surplusWatch(take: (replayed: Replayed) => void, signal?: AbortSignal): SurplusWatch {
  const held: Held[] = [];
  let [bytes, fault]: [number, { readonly error: unknown } | null] = [0, null];
  let timer: NodeJS.Timeout | undefined;
  // Of a run that is stopped all is kept at once: it may be ended any time.
  const isOver = () =>
    signal?.aborted === true ||
    bytes > maxHeldBytes ||
    held.length > maxHeldCases ||
    held[0]!.until <= performance.now();
  const release = () => {
    while (held.length > 0 && isOver()) {
      const oldest = held.shift()!;
      bytes -= oldest.bytes;
      take(checked(oldest.replayed));
    }
  };
  const wait = () => {
    if (held.length > 0) timer ??= setTimeout(() => afterReads(releaseLater), surplusWaitMs);
  };
  const releaseLater = () => {
    timer = undefined;
    try {
      release();
      wait();
    } catch (error) {
      fault ??= { error };
    }
  };
  const stop = () => {
    signal?.removeEventListener('abort', releaseLater);
    clearTimeout(timer);
    held.length = 0;
  };
  signal?.addEventListener('abort', releaseLater);
  return {
    pass(replayed) {
      if (fault !== null) throw fault.error;
      const answers = watchedIn(replayed);
      const waitMs = answers.length === 0 ? 0 : surplusWaitMs;
      const one = { replayed, until: performance.now() + waitMs, bytes: sizeOf(answers) };
      held.push(one);
      bytes += one.bytes;
      release();
      wait();
    },
    async end() {
      const leftMs = Math.max(0, ...held.map((one) => one.until)) - performance.now();
      if (leftMs > 0) await new Promise<void>((go) => setTimeout(() => afterReads(go), leftMs));
      if (fault !== null) throw fault.error;
      for (const { replayed } of held.splice(0)) take(checked(replayed));
    },
    stop,
  };
}

function sizeOf(answers: readonly (readonly [target: string, answer: Response])[]): number {
  return answers.reduce((sum, [, { body }]) => sum + body.length, 0);
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
