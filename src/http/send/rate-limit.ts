import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `count` more requests may go out; returns at once, early, when `signal` is aborted. */
export type Pace = (count: number, signal: AbortSignal) => Promise<void>;

/** Time as a pace knows it: milliseconds that never go back, and a wait that `signal` ends early. */
export interface Clock {
  now(): number;
  wait(ms: number, signal: AbortSignal | undefined): Promise<unknown>;
}

/** The clock of this process. */
export const monotonic: Clock = {
  now: () => performance.now(),
  wait: (ms, signal) => {
    // However many wait at the same time: Node takes more than ten for a leak, and says so to whoever runs the tool.
    if (signal !== undefined) setMaxListeners(0, signal);
    return sleep(ms, undefined, signal && { signal }).catch(() => {});
  },
};

/** Spaces requests evenly: `rate` requests a second. What was not sent in time is not made up for. */
export function pacer(rate: number, clock = monotonic): Pace {
  let next = 0;
  return async (count, signal) => {
    const now = clock.now();
    const start = Math.max(now, next);
    next = start + (count * 1000) / rate;
    if (start > now) await clock.wait(start - now, signal);
  };
}
