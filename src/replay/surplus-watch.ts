import { afterReads } from '../http/connection/early-bytes.ts';
import { hasSurplus, isWatched, surplusBytes } from '../http/connection/surplus.ts';
import type { Failure, Response, TargetReplay } from '../http/exchange.ts';
import { maxHeldBytes, maxHeldCases, maxSurplusTicks, minSurplusTicks, surplusTickMs } from './limits.ts';
import type { Replayed } from './replayed.ts';

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
  readonly answers: readonly WatchedAnswer[];
  readonly bytes: number;
  /** The tick at which it was held, and how many it is held for. */
  readonly since: number;
  readonly ticks: number;
}

type WatchedAnswer = readonly [target: string, answer: Response];

/**
 * Holds finished cases until surplus bytes would have come, and gives them on in their order; one whose answers came over a connection
 * with surplus bytes is inconclusive. Time is counted in ticks of the event loop, each of them behind a read of all connections, so that a
 * busy machine makes the wait longer. Where cases finish faster than that, or their bodies are large, the oldest are held shorter.
 */
export function surplusWatch(take: (replayed: Replayed) => void, signal?: AbortSignal): SurplusWatch {
  const held: Held[] = [];
  /** Targets that have sent surplus bytes: they get the longest wait. */
  const known = new Set<string>();
  let [bytes, tick, fault]: [number, number, { readonly error: unknown } | null] = [0, 0, null];
  let timer: NodeJS.Timeout | undefined;
  let whenEmpty = () => {};
  const isDue = ({ answers, since, ticks }: Held) => {
    const isKnown = answers.some(([target]) => known.has(target));
    return tick - since >= (isKnown ? maxSurplusTicks : ticks) || surplusTargets(answers).length > 0;
  };
  // Of a run that is stopped all is kept at once: it may be ended any time.
  const isOver = () =>
    signal?.aborted === true || bytes > maxHeldBytes || held.length > maxHeldCases || isDue(held[0]!);
  const release = () => {
    while (held.length > 0 && isOver()) {
      const oldest = held.shift()!;
      bytes -= oldest.bytes;
      take(checked(oldest));
    }
  };
  const wait = () => {
    if (held.length > 0) timer ??= setTimeout(() => afterReads(releaseLater), surplusTickMs);
    else whenEmpty();
  };
  const releaseLater = () => {
    timer = undefined;
    tick += 1;
    for (const { answers } of held) for (const target of surplusTargets(answers)) known.add(target);
    try {
      release();
      wait();
    } catch (error) {
      fault ??= { error };
      whenEmpty();
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
      const one = { replayed, answers, bytes: sizeOf(answers), since: tick, ticks: ticksFor(replayed, answers) };
      held.push(one);
      bytes += one.bytes;
      release();
      wait();
    },
    async end() {
      await new Promise<void>((go) => {
        whenEmpty = go;
        if (fault === null) wait();
        else go();
      });
      if (fault !== null) throw fault.error;
    },
    stop,
  };
}

/** Surplus bytes of a server that is slow to answer come late, too: twice its slowest answer is waited for, within bounds. */
function ticksFor({ replays }: Replayed, answers: readonly WatchedAnswer[]): number {
  if (answers.length === 0) return 0;
  const slowest = Math.max(0, ...(replays ?? []).flatMap(({ exchanges }) => exchanges.map((one) => one.durationMs)));
  return Math.min(maxSurplusTicks, Math.max(minSurplusTicks, Math.ceil((2 * slowest) / surplusTickMs)));
}

function surplusTargets(answers: readonly WatchedAnswer[]): string[] {
  return answers.flatMap(([target, answer]) => (hasSurplus(answer) ? [target] : []));
}

function sizeOf(answers: readonly WatchedAnswer[]): number {
  return answers.reduce((sum, [, { body }]) => sum + body.length, 0);
}

/** The answers to a case that surplus bytes can follow. */
function watchedIn({ replays, samples, retries = [] }: Replayed): WatchedAnswer[] {
  return [replays ?? [], ...samples, ...retries].flat().flatMap(answersOf);
}

function answersOf({ target, exchanges }: TargetReplay): WatchedAnswer[] {
  return exchanges.flatMap(({ outcome }) =>
    outcome.kind === 'response' && isWatched(outcome) ? [[target, outcome] as const] : [],
  );
}

function checked({ replayed, answers }: Held): Replayed {
  const target = surplusTargets(answers)[0];
  return target === undefined ? replayed : unknowable(replayed, surplusBytes(target));
}

function unknowable({ testCase }: Replayed, { reason, message, hint }: Failure): Replayed {
  const unsent = { reason, message, ...(hint === null ? {} : { hint }) };
  return { testCase, replays: null, samples: [], unsent, wasSent: true };
}
