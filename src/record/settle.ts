import { exercisesNothing, isRefusedMatch, type RecordedExercise, remedy } from './exercise.ts';
import type { RecordedCase, RecordedComparison, RecordedFault, RunFooter } from './types.ts';

/** What a footer decides about cases whose lines were written before it was known. */
type Deciding = Pick<RunFooter, 'unexercised' | 'faults'>;

/**
 * Settles the cases of a run by its footer. Whether a refusal that came from both sides shows anything is known only once all cases of
 * its suite were judged: where none shows anything, those that matched are inconclusive, and what diverges stays divergent. And that a
 * bug of the tool ends a case may show only where its divergences are explained.
 */
export function settledBy(footer: Deciding | null): (runCase: RecordedCase) => RecordedCase {
  const suites = byName((footer?.unexercised ?? []).filter(exercisesNothing), ({ suite }) => suite);
  const faults = byName(footer?.faults ?? [], (fault) => fault.case);
  if (suites.size + faults.size === 0) return (runCase) => runCase;
  return (runCase) => {
    const [refused = [], ended = []] = [suites.get(runCase.suite), faults.get(runCase.id)];
    if (refused.length + ended.length === 0) return runCase;
    return { ...runCase, comparisons: runCase.comparisons.map((one) => settle(one, refused, ended)) };
  };
}

function byName<T>(all: readonly T[], nameOf: (one: T) => string): Map<string, T[]> {
  const named = new Map<string, T[]>();
  for (const one of all) named.set(nameOf(one), [...(named.get(nameOf(one)) ?? []), one]);
  return named;
}

function settle(
  comparison: RecordedComparison,
  suites: readonly RecordedExercise[],
  faults: readonly RecordedFault[],
): RecordedComparison {
  const isOfCandidate = ({ candidate }: { readonly candidate: string }) => candidate === comparison.candidate;
  const fault = faults.find(isOfCandidate);
  if (fault !== undefined) return inconclusive(comparison, { reason: 'internal', ...fault });
  const suite = suites.find(isOfCandidate);
  return suite === undefined || !isRefusedMatch(comparison) ? comparison : unexercised(comparison, suite);
}

function unexercised(comparison: RecordedComparison, suite: RecordedExercise): RecordedComparison {
  const statuses = comparison.refused ?? [];
  return inconclusive(comparison, {
    reason: 'nothing-exercised',
    message: `both sides answered ${statuses.join(', ')}, and the same goes for every case of the suite that was judged: that shows what refuses the requests, and nothing of the services behind it`,
    hint: `${remedy(suite.statuses)}; if the case is about this answer, say expect: { status: ${statuses.at(-1)} }`,
  });
}

interface Why {
  readonly reason: string;
  readonly message: string;
  readonly hint: string;
}

function inconclusive(comparison: RecordedComparison, { reason, message, hint }: Why): RecordedComparison {
  const ladder = { status: false, shape: false, value: false, wire: false };
  return { ...comparison, outcome: 'inconclusive', ladder, headers: false, reason, message, hint };
}
