import { few } from '../structures/few.ts';

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

/** No deadlines yet. Their timer keeps no process alive: what they bound does. */
export function deadlines(): Deadlines {
  const waiting = few<Bound, true>();
  let timer: NodeJS.Timeout | undefined;
  let firesAt = Number.POSITIVE_INFINITY;
  const arm = (at: number) => {
    clearTimeout(timer);
    firesAt = at;
    timer = setTimeout(fire, Math.max(1, at - performance.now()));
    timer.unref();
  };
  const fire = () => {
    const now = performance.now();
    const over = waiting.keys().filter(({ at }) => at <= now);
    for (const bound of over) waiting.delete(bound);
    firesAt = Number.POSITIVE_INFINITY;
    const left = waiting.keys();
    if (left.length > 0) arm(Math.min(...left.map(({ at }) => at)));
    for (const bound of over) bound.expire();
  };
  return {
    add(bound) {
      waiting.set(bound, true);
      if (bound.at < firesAt) arm(bound.at);
    },
    remove: waiting.delete,
  };
}
