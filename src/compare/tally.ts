import type { Rung } from '../config/rules.ts';
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
  /** Divergences found beyond the `mostOfRung` that are listed. */
  readonly omitted: number;
  /** The lowest rung that breaks, over the omitted ones too; null if both mean the same and are spelled the same. */
  readonly lowest: Rung | null;
}

/** More divergences of one rung in one body are counted, not listed. By rung, so that none hides a graver one. */
const mostOfRung = 1000;

/** Collects the divergences of one body. */
export class Tally {
  readonly #found: JsonDivergence[] = [];
  readonly #counts = { status: 0, shape: 0, value: 0, wire: 0 };
  #spared = false;

  /** Counts one more; false if it is one too many of its rung to be listed. */
  count(rung: Rung): boolean {
    this.#counts[rung] += 1;
    return this.#counts[rung] <= mostOfRung;
  }

  /** No more divergences of this rung are listed. */
  isFull(rung: Rung): boolean {
    return this.#counts[rung] >= mostOfRung;
  }

  /** Takes note of a difference that is forgiven: the bytes differ all the same. */
  spare(): void {
    this.#spared = true;
  }

  list(divergence: JsonDivergence): void {
    this.#found.push(divergence);
  }

  result(): JsonComparison {
    const { shape, value, wire } = this.#counts;
    const lowest = shape > 0 ? 'shape' : value > 0 ? 'value' : wire > 0 || this.#spared ? 'wire' : null;
    return { divergences: this.#found, omitted: shape + value + wire - this.#found.length, lowest };
  }
}
