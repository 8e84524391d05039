import { maxGraces } from '../limits.ts';

/** Something that has to end in time. */
export interface Bound {
  /** When its time is over, on the monotonic clock, in milliseconds. */
  readonly at: number;
  /** Called once, when its time is over. */
  expire(): void;
}

/** Ends what has to end in time, with one timer for all: setting one and clearing it costs more than a request has to spare. */
export interface Deadlines {
  add(bound: Bound): void;
  /** It has come to its end by itself. */
  remove(bound: Bound): void;
}

/** A timer later than this, in milliseconds, was held up by this process: what had arrived by then was not read. */
const heldMs = 20;

/** What all that wait are given then at least, in milliseconds, to read it. */
const graceMs = 1000;

/** When its time is over, and how often it was given more. */
interface Term {
  readonly at: number;
  readonly graces: number;
}

/**
 * No deadlines yet. Their timer keeps no process alive: what they bound does. Time in which this process was busy elsewhere, or stopped,
 * is not held against a server: timers come before sockets in Node's loop, so that an answer long arrived would be too late.
 */
export function deadlines(): Deadlines {
  const waiting = new Map<Bound, Term>();
  let timer: NodeJS.Timeout | undefined;
  let firesAt = Number.POSITIVE_INFINITY;
  const arm = (at: number) => {
    clearTimeout(timer);
    const afterMs = Math.max(1, at - performance.now());
    firesAt = performance.now() + afterMs;
    timer = setTimeout(fire, afterMs);
    timer.unref();
  };
  const fire = () => {
    const now = performance.now();
    const late = now - firesAt;
    const more = late > heldMs ? late + Math.max(late, graceMs) : 0;
    for (const [bound, { at, graces }] of waiting)
      if (more > 0 && graces < maxGraces) waiting.set(bound, { at: at + more, graces: graces + 1 });
    const over = [...waiting].flatMap(([bound, { at }]) => (at <= now ? [bound] : []));
    for (const bound of over) waiting.delete(bound);
    firesAt = Number.POSITIVE_INFINITY;
    if (waiting.size > 0) arm(Math.min(...[...waiting.values()].map(({ at }) => at)));
    for (const bound of over) bound.expire();
  };
  return {
    add(bound) {
      waiting.set(bound, { at: bound.at, graces: 0 });
      if (bound.at < firesAt) arm(bound.at);
    },
    remove: (bound) => void waiting.delete(bound),
  };
}
