import type { TestCase } from '../../cases/case.ts';
import type { ComparedCase } from '../../findings/kept-case.ts';
import type { TargetReplay } from '../../http/exchange.ts';
import type { Open } from '../../noise/evidence/pending.ts';
import type { RecordedComparison } from '../../record/types.ts';
import type { LibraryCase } from '../../tracker/reconcile/coverage.ts';
import type { InternalFault } from './internal-fault.ts';

/** What came of one case: its answers, and what they come to on each candidate. */
export interface CaseResult {
  readonly testCase: TestCase;
  /** The first answers, those of the reference first; none where the case was not sent. */
  readonly replays: readonly TargetReplay[];
  /** One for each candidate, as it is recorded. */
  readonly comparisons: readonly RecordedComparison[];
  /** One for each candidate, with the answers; none where the case was not sent. */
  readonly compared: readonly ComparedCase[];
  /** What it says about the library. */
  readonly covered: Omit<LibraryCase, 'hash' | 'asked'>;
  /** Sentences on targets that look as if they shared their state. */
  readonly shared?: readonly string[];
  /** What the detectors of noise could not decide in so many samples of each side. */
  readonly undecided?: { readonly claims: readonly Open[]; readonly samples: number };
  /** The bug of the tool that ended it. */
  readonly fault?: InternalFault;
}

/** The comparisons of a case that diverge, with the answers. */
export function divergentIn({ comparisons, compared }: Pick<CaseResult, 'comparisons' | 'compared'>): ComparedCase[] {
  return compared.filter((_, at) => comparisons[at]?.outcome === 'divergent');
}
