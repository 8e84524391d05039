/** Work in steps: between two of them others may have their turn. */
export type Steps<T> = Generator<undefined, T>;

/** Takes work in steps; does all of it, and returns what comes of it. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** How long a slice is, in milliseconds. */
const sliceMs = 20;

/**
 * Takes work in steps; does it in slices of some 20 ms and the step that goes beyond that, with a turn of the event loop between two of them,
 * so that signals, timers and sockets have theirs. `check` may throw between two slices to give the work up.
 */
export async function inSlices<T>(steps: Steps<T>, check: () => void = () => {}): Promise<T> {
  let until = performance.now() + sliceMs;
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() < until) continue;
    await new Promise((resolve) => setImmediate(resolve));
    check();
    until = performance.now() + sliceMs;
  }
}

/** Takes items and what makes one thing of each; returns the steps that make all of them, in their order. */
export function* eachInSteps<A, B>(items: Iterable<A>, make: (item: A) => B): Steps<B[]> {
  const made: B[] = [];
  for (const item of items) {
    made.push(make(item));
    yield;
  }
  return made;
}
