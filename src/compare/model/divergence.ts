import type { Rung } from '../../config/rules.ts';
import type { Relation } from './text-relation.ts';

export type Facet = 'transport' | 'status' | 'headers' | 'body';

/**
 * How the two sides differ at one place.
 * missing: only the reference has it. extra: only the candidate has it. type: another kind of value. value: the same kind,
 * another value. order: the same members or items in another order. spelling: the same value spelled otherwise.
 * duplicate: a key is there more often on one side. encoding: bytes that are not UTF-8, a byte-order mark or a lone surrogate.
 * format: both differ each time they are asked, but in another format. bytes: other bytes, and no finer word for it.
 */
export type DivergenceKind =
  | 'missing'
  | 'extra'
  | 'type'
  | 'value'
  | 'order'
  | 'spelling'
  | 'duplicate'
  | 'encoding'
  | 'format'
  | 'bytes';

/** One place where candidate and reference differ. */
export interface Divergence {
  /** Index of the exchange in the case (a step, or a copy of a parallel one). */
  readonly exchange: number;
  readonly facet: Facet;
  /** JSON Pointer into the body; for headers `/name` in lower case; for transport `/reason`; empty for status and whole bodies. */
  readonly pointer: string;
  readonly kind: DivergenceKind;
  /** The rung that this divergence breaks; null for headers and transport, which are apart from the ladder. */
  readonly rung: Rung | null;
  /** Source text of either side, at most 300 characters, controls and invalid bytes escaped visibly; null where it has none. */
  readonly reference: string | null;
  readonly candidate: string | null;
  /** The one side that differs from itself here, where the other is stable. */
  readonly noisy?: 'reference' | 'candidate';
  /** Both sides differ from themselves here, so that the values shown are noise, and yet the sides differ in more than that. */
  readonly varies?: true;
  /** Of kind `format`: the detector that told the samples of the sides apart. */
  readonly detector?: string;
  /** How many answers of each side show it; there where `noisy` or `detector` is. */
  readonly answers?: number;
  /** Of two texts that vary on both sides: in what they differ beside what varies; absent where that cannot be told. */
  readonly relation?: Relation;
}

/** An object, as a shape. */
export interface KeylessPlace {
  readonly exchange: number;
  readonly pointer: string;
  /** Keys that it has in every answer of a side: they name something, and no others do. */
  readonly steady: readonly string[];
}

export type Ladder = Readonly<Record<Rung, boolean>>;

/** A case on one candidate, compared with the reference. */
export interface CaseComparison {
  readonly candidate: string;
  /** Objects that hold things by keys that are generated for each answer: compared in any order. Absent for none. */
  readonly keyless?: readonly KeylessPlace[];
  readonly ladder: Ladder;
  readonly headers: boolean;
  readonly divergences: readonly Divergence[];
  /** Null if both sides answered every step; else a stable kebab-case word why the case says nothing. */
  readonly inconclusive: {
    readonly reason: string;
    /** One plain sentence with the numbers. */
    readonly message: string;
    /** One next step, where there is one. */
    readonly hint: string | null;
  } | null;
}
