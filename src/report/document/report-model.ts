import type { DivergenceKind, Facet, Ladder } from '../../compare/model/divergence.ts';
import type { Rung } from '../../config/rules.ts';
import type { Finding, FindingState } from '../../findings/finding.ts';

export type Outcome = 'match' | 'divergent' | 'accepted' | 'flaky' | 'inconclusive' | 'notRun';

export interface ReportDivergence {
  readonly facet: Facet;
  readonly pointer: string;
  readonly kind: DivergenceKind;
  readonly rung: Rung | null;
  /** Index of the step, where the record holds the exchanges; else null. */
  readonly step: number | null;
  readonly reference: string | null;
  readonly candidate: string | null;
  /** Of noise of another format: the detector that told the samples of the sides apart, and how many samples each side has. */
  readonly detector?: string;
  readonly samples?: number;
  /** Null where it is above the level that the case must hold. */
  readonly finding: string | null;
}

/** One case on one candidate. */
export interface ReportCase {
  readonly id: string;
  readonly suite: string;
  readonly title: string | null;
  readonly source: string;
  readonly candidate: string;
  readonly outcome: Outcome;
  readonly ladder: Ladder;
  readonly headers: boolean;
  /** Stable kebab-case word of an inconclusive, flaky or not-run case. */
  readonly reason: string | null;
  readonly message: string | null;
  /** One next step, where there is one. */
  readonly hint: string | null;
  readonly divergences: readonly ReportDivergence[];
}

export interface ReportSuite {
  readonly name: string;
  readonly candidate: string;
  readonly cases: number;
  /** Cases with something to say: `ladder` and `headers` count among these. */
  readonly conclusive: number;
  readonly ladder: Readonly<Record<Rung, number>>;
  readonly headers: number;
}

export interface ReportFinding extends Finding {
  readonly state: FindingState;
  readonly decision: string | null;
}

/** `total` and `selected` count cases; the others count cases times candidates. */
export interface ReportCounts extends Readonly<Record<Outcome, number>> {
  readonly total: number;
  readonly selected: number;
}
