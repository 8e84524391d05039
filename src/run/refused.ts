import type { Step, TestCase } from '../cases/case.ts';
import { ladderBelow } from '../compare/compare.ts';
import type { CaseComparison } from '../compare/divergence.ts';
import type { TargetReplay } from '../replay/exchange.ts';

/**
 * Takes what came of a case; where both targets turned a request away with the same 429 or 503, and the case is not about that, it
 * is inconclusive: two that are out of service are alike whatever they do in service. Divergences stay.
 */
export function notBothRefused(
  comparison: CaseComparison,
  testCase: TestCase,
  [reference, candidate]: readonly [TargetReplay, TargetReplay],
): CaseComparison {
  if (comparison.inconclusive !== null) return comparison;
  for (const [at, { step, outcome }] of reference.exchanges.entries()) {
    const other = candidate.exchanges[at]?.outcome;
    if (outcome.kind === 'failure' || other?.kind !== 'response' || other.status !== outcome.status) continue;
    if (!isRefusal(outcome.status, testCase.steps[step])) continue;
    const where = testCase.steps.length > 1 ? `in step ${step + 1}` : 'to the request';
    const message = `${reference.target} and ${candidate.target} both answered ${outcome.status} ${where}, which says nothing of what they do in service`;
    const hint = `bring them into service; if the case is about this answer, say expect: { status: ${outcome.status} }`;
    const low = comparison.divergences.length > 0 ? {} : { ladder: ladderBelow('status'), headers: false };
    return { ...comparison, ...low, inconclusive: { reason: 'overloaded', message, hint } };
  }
  return comparison;
}

/** Copies that are sent at the same moment are there to be refused. */
function isRefusal(status: number, step: Step | undefined): boolean {
  if ((status !== 429 && status !== 503) || step === undefined || step.parallel > 1) return false;
  return status !== (step.expect?.status ?? step.repeat?.until.status ?? null);
}
