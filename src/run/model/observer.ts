import type { RecordedExercise } from '../../record/exercise.ts';
import type { TrendPoint } from '../../record/trend.ts';
import type { RecordedFinding, RunFooter, RunHeader } from '../../record/types.ts';
import type { Preflight } from '../../replay/services/preflight.ts';
import type { CaseResult } from './case-result.ts';

/** Watches a run: sees each case as it is finished, and adds its part to the footer. A bug in it costs its part, and no case. */
export interface RunObserver {
  /** Its name in the sentence on a bug in it: `the durations`. */
  readonly name: string;
  onCase(result: CaseResult): void;
  onEvent?(event: RunEvent): void;
  /** Its part of the footer, once every case was seen. */
  atEnd(run: EndedRun): FooterPart;
  /** Its part where a bug keeps it from giving any; none if absent. */
  readonly failed?: FooterPart;
}

/** What happens in a run beside the cases. */
export type RunEvent =
  | { readonly kind: 'reached'; readonly targets: readonly Preflight[] }
  | { readonly kind: 'sent-more'; readonly targets: readonly string[] }
  | { readonly kind: 'service-ended'; readonly sentence: string }
  | { readonly kind: 'noted'; readonly sentence: string }
  | { readonly kind: 'spoiled'; readonly sentence: string; readonly isVoid: boolean };

/** A run whose cases are all finished, and whose findings are known. */
export interface EndedRun {
  readonly header: RunHeader;
  readonly findings: readonly RecordedFinding[];
  /** Suites of which both sides refused half or more alike. */
  readonly unexercised: readonly RecordedExercise[];
  /** Nothing of the services was exercised by the cases of this suite. */
  readonly isNothing: (suite: string) => boolean;
  /** The points of the runs before it. */
  readonly before: readonly TrendPoint[];
}

export interface FooterPart extends Partial<Pick<RunFooter, 'evidence' | 'notes' | 'builds' | 'durations' | 'trend'>> {
  /** Sentences on headers that are to be compared and were misspelt. */
  readonly misnamed?: readonly string[];
  /** What matches says nothing of the targets. */
  readonly isVoid?: boolean;
}
