import { belowItem, type Location } from '../model/location.ts';
import type { Side } from './item-matching.ts';
import type { Surroundings } from './shape.ts';

/** What is ignored around a place: only presence and type count there, and within its arrays those of the items as a set. */
export interface Ignored {
  /** The arrays around the place that are themselves ignored. */
  readonly around: Surroundings | null;
}

/** A node of the reference and one of the candidate that are compared with each other. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly place: Location;
  readonly around: Surroundings | null;
  /** Under a rule that keeps types; null under none. */
  readonly ignored: Ignored | null;
}

/** A pair of arrays, with both among what is around it: so its items see it. */
export function withinArrays(pair: Pair): Pair {
  const { a, b, ignored } = pair;
  const inside = (outer: Surroundings | null) => ({ outer, a, b, agree: null });
  return { ...pair, around: inside(pair.around), ignored: ignored && { around: inside(ignored.around) } };
}

/** The items of a pair of arrays, lined up: `partner` has for each item of `a` the index of the one in `b`, or -1. */
export interface Row {
  readonly pair: Pair;
  readonly a: Side;
  readonly b: Side;
  readonly partner: Int32Array;
}

/** A row, and the index of the item that comes next. */
interface Begun {
  readonly row: Row;
  at: number;
}

/**
 * What is still to be compared, outer places first and in the order in which it was put here. A stack, so that depth costs no call
 * stack; a row makes its pairs one by one, for there may be a million.
 */
export class Agenda {
  readonly #stack: (Pair | Begun)[] = [];
  /** What stands from here on was put here since the last pair was handed out, and still is the wrong way round. */
  #unsorted = 0;
  readonly #needsLook: (pair: Pair, i: number, j: number) => boolean;

  /** `needsLook` says of two items of the arrays of a pair whether there is anything to compare. */
  constructor(needsLook: (pair: Pair, i: number, j: number) => boolean) {
    this.#needsLook = needsLook;
  }

  put(pair: Pair): void {
    this.#stack.push(pair);
  }

  putRow(row: Row): void {
    this.#stack.push({ row, at: 0 });
  }

  /** The next pair, taken off; null if nothing is left. */
  next(): Pair | null {
    reverseFrom(this.#stack, this.#unsorted);
    let pair: Pair | null = null;
    for (let top = this.#stack.at(-1); pair === null && top !== undefined; top = this.#stack.at(-1)) {
      pair = 'row' in top ? this.#item(top) : top;
      if (pair === null || pair === top) this.#stack.pop();
    }
    this.#unsorted = this.#stack.length;
    return pair;
  }

  #item(begun: Begun): Pair | null {
    for (const { pair, a, b, partner } = begun.row; begun.at < partner.length; ) {
      const index = begun.at++;
      const other = partner[index]!;
      if (other === -1) continue;
      const [i, j] = [a.items[index]!, b.items[other]!];
      if (!this.#needsLook(pair, i, j)) continue;
      const place = belowItem(pair.place, index, other);
      return { a: i, b: j, place, around: pair.around, ignored: pair.ignored };
    }
    return null;
  }
}

function reverseFrom(stack: unknown[], from: number): void {
  for (let i = from, j = stack.length - 1; i < j; i += 1, j -= 1) [stack[i], stack[j]] = [stack[j], stack[i]];
}
