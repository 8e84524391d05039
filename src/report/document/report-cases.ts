import type { Divergence } from '../../compare/model/divergence.ts';
import type { RecordedCase, RecordedComparison, RecordedExchange, RecordedFinding } from '../../record/types.ts';
import type { Outcome, ReportCase, ReportDivergence } from './report-model.ts';

/** The finding that a divergence belongs to; null for one that is above the level that its case must hold. */
export type FindingOf = (caseId: string, candidate: string, index: number) => RecordedFinding | null;

/** Looks up findings by their divergences. */
export const findingIndex = (findings: readonly RecordedFinding[]): FindingOf => {
  const known = new Map<string, Map<string, RecordedFinding[]>>();
  for (const finding of findings)
    for (const [caseId, candidate, index] of finding.divergences) {
      if (!Number.isSafeInteger(index) || index < 0) continue;
      const cases = known.get(candidate) ?? new Map<string, RecordedFinding[]>();
      known.set(candidate, cases);
      const places = cases.get(caseId) ?? [];
      cases.set(caseId, places);
      places[index] = finding;
    }
  return (caseId, candidate, index) => known.get(candidate)?.get(caseId)?.[index] ?? null;
};

/** What one target answered to a case; empty where the record keeps no exchanges. */
export const exchangesOf = (runCase: Pick<RecordedCase, 'exchanges'>, target: string): readonly RecordedExchange[] =>
  runCase.exchanges !== null && Object.hasOwn(runCase.exchanges, target) ? (runCase.exchanges[target] ?? []) : [];

/**
 * A divergence counts if it belongs to a finding; accepted are those whose every counting divergence is. Where a step beside them could
 * not be compared, to accept them settles nothing.
 */
const outcomeOf = ({ outcome, reason }: RecordedComparison, counting: readonly (RecordedFinding | null)[]): Outcome => {
  if (outcome === 'inconclusive' && reason === 'flaky') return 'flaky';
  if (outcome !== 'divergent') return outcome;
  const found = counting.filter((finding) => finding !== null);
  if (found.length === 0 || found.some((finding) => finding.state !== 'accepted')) return 'divergent';
  return reason === null ? 'accepted' : 'inconclusive';
};

const reportDivergence = (
  divergence: Divergence,
  step: number | null,
  finding: RecordedFinding | null,
): ReportDivergence => ({
  facet: divergence.facet,
  pointer: divergence.pointer,
  kind: divergence.kind,
  rung: divergence.rung,
  step,
  reference: divergence.reference,
  candidate: divergence.candidate,
  ...(divergence.detector === undefined ? {} : { detector: divergence.detector, samples: divergence.answers ?? 0 }),
  finding: finding?.id ?? null,
});

/** One comparison of a case, as a report shows it. Its names come first. */
export const reportCase = (
  runCase: Pick<RecordedCase, 'id' | 'suite' | 'title' | 'source' | 'exchanges'>,
  comparison: RecordedComparison,
  findingOf: FindingOf,
): ReportCase => {
  const { candidate, ladder, headers, reason, message, hint = null, divergences } = comparison;
  const findings = divergences.map((_, index) => findingOf(runCase.id, candidate, index));
  const exchanges = exchangesOf(runCase, candidate);
  return {
    id: runCase.id,
    suite: runCase.suite,
    title: runCase.title,
    source: runCase.source,
    candidate,
    outcome: outcomeOf(comparison, findings),
    ladder,
    headers,
    reason,
    message,
    hint,
    divergences: divergences.map((each, index) =>
      reportDivergence(each, exchanges[each.exchange]?.step ?? null, findings[index] ?? null),
    ),
  };
};

/** A case of a run, and what its report says of it: once for each candidate. */
export interface ReportedCase {
  readonly runCase: RecordedCase;
  readonly perCandidate: readonly ReportCase[];
}

/** The order of the comparisons of one case. */
export const byCandidate = (a: Pick<ReportCase, 'candidate'>, b: Pick<ReportCase, 'candidate'>): number =>
  a.candidate < b.candidate ? -1 : Number(a.candidate > b.candidate);

/** Cases as a report shows them, one after the other. */
export function* reportedCases(cases: Iterable<RecordedCase>, findingOf: FindingOf): Generator<ReportedCase> {
  for (const runCase of cases)
    yield {
      runCase,
      perCandidate: runCase.comparisons.map((one) => reportCase(runCase, one, findingOf)).sort(byCandidate),
    };
}
