import type { Rung } from '../config/rules.ts';
import type { RecordedCase, RunFooter, RunHeader } from './types.ts';

/** A whole run, read back. `footer` is null if the run was cut off. */
export interface RunRecord {
  readonly header: RunHeader;
  /** Sorted by id. Of a long run only those that did not simply match; they are read from the record when they are asked for. */
  readonly cases: readonly RecordedCase[];
  readonly footer: RunFooter | null;
  /** Of a long run: its cases, that no more than one be held at a time. */
  readonly stored?: StoredCases;
  /** Of a long run: the cases that are not in `cases`. */
  readonly matching?: MatchingCases;
}

/** The cases of a long run by suite and id, each read from the record when its turn comes. Throws RangeError where the record changed. */
export interface StoredCases {
  readonly all: Iterable<RecordedCase>;
  /** Those that are not only counted. */
  readonly listed: Iterable<RecordedCase>;
}

/** Cases of a long run that matched on every candidate: counted, and left where they are. */
export interface MatchingCases {
  readonly count: number;
  /** Sorted by suite, then as the candidates are. */
  readonly suites: readonly MatchingSuite[];
}

/** How many matching cases of a suite hold each rung on a candidate, and agree in their headers. */
export interface MatchingSuite {
  readonly name: string;
  readonly candidate: string;
  readonly cases: number;
  readonly ladder: Readonly<Record<Rung, number>>;
  readonly headers: number;
}
