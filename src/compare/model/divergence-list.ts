import type { Rung } from '../../config/rules.ts';
import { pointerShape } from '../../json/pointer.ts';
import { maxLooked, maxOfRung, maxPlaces } from '../limits.ts';
import type { DivergenceKind } from './divergence.ts';

/** One place where two JSON bodies differ. */
export interface JsonDivergence {
  /** JSON Pointer on the reference's side; of an item that one side has alone, its index there. Ends at an ancestor if too long. */
  readonly pointer: string;
  readonly kind: DivergenceKind;
  readonly rung: Rung;
  readonly reference: string | null;
  readonly candidate: string | null;
}

export interface JsonComparison {
  /** In the reference's order, outer places first. */
  readonly divergences: readonly JsonDivergence[];
  /** Divergences found beyond those that are listed. */
  readonly omitted: number;
  /** The lowest rung that breaks, over the omitted ones too; null if both mean the same and are spelled the same. */
  readonly lowest: Rung | null;
}

/** What is found at a place before it is listed. With a rung of null it does not count. */
export interface FoundDifference {
  readonly kind: DivergenceKind;
  readonly rung: Rung | null;
}

/** Kinds that an `ignore` rule leaves to be compared: presence and type. */
export const structuralKinds: ReadonlySet<DivergenceKind> = new Set<DivergenceKind>(['type', 'missing', 'extra']);

type Counted = Pick<JsonDivergence, 'kind' | 'rung'>;

/** Says which divergences of a body are listed: so many of each rung, and whatever is found at a place of its own, all items of a list in one. */
export class Room {
  readonly counts = { status: 0, shape: 0, value: 0, wire: 0 };
  readonly #places = new Map<Rung, Set<string>>();
  readonly #listed: readonly JsonDivergence[];

  /** A list that grows by what is found to have room. */
  constructor(listed: readonly JsonDivergence[]) {
    this.#listed = listed;
  }

  /** Counts one more; false if it is not to be listed. */
  takes(one: Counted, pointer: () => string): boolean {
    this.counts[one.rung] += 1;
    const count = this.counts[one.rung];
    return count <= maxOfRung || (one.rung !== 'wire' && count <= maxLooked && this.#isElsewhere(one, pointer));
  }

  /** No more divergences of this rung are listed. */
  isFull(rung: Rung): boolean {
    return this.counts[rung] >= maxOfRung;
  }

  #isElsewhere({ kind, rung }: Counted, pointer: () => string): boolean {
    const placeOf = (what: string, at: string) => `${what} ${pointerShape(at)}`;
    const places =
      this.#places.get(rung) ??
      new Set(this.#listed.flatMap((one) => (one.rung === rung ? [placeOf(one.kind, one.pointer)] : [])));
    this.#places.set(rung, places);
    if (places.size >= maxPlaces) return false;
    const before = places.size;
    return places.add(placeOf(kind, pointer())).size > before;
  }
}

/** Collects the divergences of one body. */
export class Tally {
  readonly #found: JsonDivergence[] = [];
  readonly #room = new Room(this.#found);
  #spared = false;

  /** Counts one more at a place; false if it is not to be listed. */
  count(one: Counted, pointer: () => string): boolean {
    return this.#room.takes(one, pointer);
  }

  /** No more divergences of this rung are listed. */
  isFull(rung: Rung): boolean {
    return this.#room.isFull(rung);
  }

  /** Takes note of a difference that is forgiven: the bytes differ all the same. */
  spare(): void {
    this.#spared = true;
  }

  list(divergence: JsonDivergence): void {
    this.#found.push(divergence);
  }

  result(): JsonComparison {
    const { shape, value, wire } = this.#room.counts;
    const lowest = shape > 0 ? 'shape' : value > 0 ? 'value' : wire > 0 || this.#spared ? 'wire' : null;
    return { divergences: this.#found, omitted: shape + value + wire - this.#found.length, lowest };
  }
}
