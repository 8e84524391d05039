import { maxPerPlace } from './limits.ts';
/** One of the places that cases have whose requests may go out. */
export interface SendSlot {
  /** Gives it to another case; false where there is only one, which a case has to its end. */
  leave(): boolean;
  /** Takes one again, before any case that has not begun. */
  take(): Promise<void>;
}

/** Cases from their first request to their result. */
export interface UnderWay<T> {
  /** Cases that were added and not taken out. */
  size(): number;
  /** No other case may begin. */
  isFull(): boolean;
  add(begin: (place: SendSlot) => Promise<T>): void;
  /** The next that has finished, or null once another case may begin; throws what it threw. */
  next(): Promise<T | null>;
}

/**
 * Cases of which so many may send at the same time, and their results in the order they finish: racing the promises again and again
 * would pile up reactions on a slow one.
 */
export function underWay<T>(places: number): UnderWay<T> {
  const finished: Promise<T>[] = [];
  const returning: (() => void)[] = [];
  let [size, taken] = [0, 0];
  let wake = () => {};
  const isTaken = () => taken >= places;
  const free = () => {
    const next = returning.shift();
    if (next !== undefined) return next();
    taken -= 1;
    wake();
  };
  const placeOf = (): SendSlot & { end(): void } => {
    let isHeld = true;
    const end = () => {
      if (isHeld) free();
      isHeld = false;
    };
    return {
      end,
      leave() {
        if (places > 1) end();
        return places > 1;
      },
      async take() {
        if (isHeld) return;
        isHeld = true;
        if (isTaken()) await new Promise<void>((go) => returning.push(go));
        else taken += 1;
      },
    };
  };
  return {
    size: () => size,
    isFull: () => isTaken() || size >= maxPerPlace * places,
    add(begin) {
      size += 1;
      taken += 1;
      const place = placeOf();
      const running = begin(place);
      const settled = () => {
        finished.push(running);
        place.end();
        wake();
      };
      running.then(settled, settled);
    },
    async next() {
      if (finished.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const first = finished.shift();
      if (first === undefined) return null;
      size -= 1;
      return first;
    },
  };
}
