import type { Step, TestCase } from '../cases/case.ts';
import { ladderBelow } from '../compare/compare-case.ts';
import type { CaseComparison } from '../compare/model/divergence.ts';
import type { TargetReplay } from '../http/exchange.ts';

/**
 * Takes what came of a case; where both targets turned a request away with the same 429, 502, 503 or 504, and the case is not about
 * that, it is inconclusive: two that are out of service, or out of a gateway's reach, are alike whatever they do. Divergences stay.
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
    const hint = `bring ${isOfGateway(outcome.status) ? 'what stands behind the gateway' : 'them'} into service; if the case is about this answer, say expect: { status: ${outcome.status} }`;
    const low = comparison.divergences.length > 0 ? {} : { ladder: ladderBelow('status'), headers: false };
    return {
      ...comparison,
      ...low,
      inconclusive: { reason: isOfGateway(outcome.status) ? 'bad-gateway' : 'overloaded', message, hint },
    };
  }
  return comparison;
}

/** Such an answer is a gateway's, about a service that it did not reach (RFC 9110, 15.6.3 and 15.6.5). */
function isOfGateway(status: number): boolean {
  return status === 502 || status === 504;
}

/** Copies that are sent at the same moment are there to be refused. */
function isRefusal(status: number, step: Step | undefined): boolean {
  if (!(status === 429 || status === 503 || isOfGateway(status)) || step === undefined || step.parallel > 1)
    return false;
  return status !== awaitedStatus(step);
}

/** The status that a step is about; null if it does not say. */
export function awaitedStatus({ expect, repeat }: Pick<Step, 'expect' | 'repeat'>): number | null {
  return expect?.status ?? repeat?.until.status ?? null;
}
