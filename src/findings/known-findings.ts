import type { Facet } from '../compare/model/divergence.ts';

/** A finding that an earlier run has found, as the tracker keeps it. */
export interface KnownFinding {
  readonly id: string;
  readonly fingerprint: string;
  readonly candidate: string;
  readonly class: string;
  readonly route: string;
  readonly facet: Facet;
  readonly pointer: string;
}

/** A divergence, and how this run alone would identify it. */
export interface Sighted {
  readonly candidate: string;
  readonly caseId: string;
  /** See `divergenceKey`. */
  readonly key: string;
  readonly fingerprint: string;
  /** What differs there is the same each time that both sides are asked. */
  readonly isSteady: boolean;
}

/** What is known of earlier runs. */
export interface KnownFindings {
  /** The finding that a divergence belongs to by what is known; null where this run alone decides. */
  ownerOf(sighted: Sighted): KnownFinding | null;
}
