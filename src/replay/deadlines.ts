/** Something that has to end in time. */
export interface Bound {
  /** When its time is over, on the monotonic clock, in milliseconds. */
  readonly at: number;
  /** Its place among those that wait, kept by `Deadlines`; -1 while it does not. */
  place: number;
  /** Called once, when its time is over. */
  expire(): void;
}

/** Ends what has to end in time, with one timer for all: setting one and clearing it costs more than a request has to spare. */
export interface Deadlines {
  add(bound: Bound): void;
  /** It has come to its end by itself. */
  remove(bound: Bound): void;
}

/**
 * No deadlines yet. Their timer keeps no process alive: what they bound does. They stand in a list with gaps closed, for what goes into
 * a Set and out of it stays reachable for the garbage collector from what the Set was before it grew, and all that a request held with it.
 */
export function deadlines(): Deadlines {
  const waiting: Bound[] = [];
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
    const over = waiting.filter(({ at }) => at <= now);
    over.forEach(remove);
    firesAt = Number.POSITIVE_INFINITY;
    if (waiting.length > 0) arm(Math.min(...waiting.map(({ at }) => at)));
    for (const bound of over) bound.expire();
  };
  const remove = (bound: Bound) => {
    const { place } = bound;
    if (place < 0) return;
    bound.place = -1;
    const last = waiting.pop()!;
    if (last === bound) return;
    waiting[place] = last;
    last.place = place;
  };
  return {
    add(bound) {
      bound.place = waiting.push(bound) - 1;
      if (bound.at < firesAt) arm(bound.at);
    },
    remove,
  };
}
