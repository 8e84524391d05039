import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `count` more requests may go out; returns at once, early, when `signal` is aborted. */
export type Pace = (count: number, signal: AbortSignal) => Promise<void>;

/** Spaces requests evenly: `rate` requests a second. */
export function pacer(rate: number): Pace {
  let next = 0;
  return async (count, signal) => {
    const now = performance.now();
    const start = Math.max(now, next);
    next = start + (count * 1000) / rate;
    if (start > now) await sleep(start - now, undefined, { signal }).catch(() => {});
  };
}
