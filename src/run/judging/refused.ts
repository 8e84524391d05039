import type { Step, TestCase } from '../../cases/case.ts';
import { ladderBelow } from '../../compare/compare-case.ts';
import type { CaseComparison } from '../../compare/model/divergence.ts';
import type { TargetReplay } from '../../http/exchange.ts';

/** What the reference and a candidate answered to a case. */
type Replays = readonly [TargetReplay, TargetReplay];

/** Statuses below 500 by which something in front of a service refuses a request, whatever the service does. */
const refusals: ReadonlySet<number> = new Set([401, 403, 404, 405, 407, 421, 429]);

/** A refusal shows what refuses, and nothing of the service behind it. */
export function isRefusal(status: number): boolean {
  return status >= 500 || refusals.has(status);
}

/**
 * The statuses of a case to which both targets answered nothing but refusals, the same on both sides, each once and in the order of the
 * steps; null where anything else came, or a step says what it expects. Whatever the bodies, such a case alone shows nothing.
 */
export function refusedAlike({ steps }: TestCase, [reference, candidate]: Replays): readonly number[] | null {
  const [ours, theirs] = [reference.exchanges, candidate.exchanges];
  if (ours.length === 0 || ours.length !== theirs.length) return null;
  const statuses = new Set<number>();
  for (const [at, { outcome }] of ours.entries()) {
    const other = theirs[at]!.outcome;
    if (outcome.kind === 'failure' || other.kind === 'failure') return null;
    if (outcome.status !== other.status || !isRefusal(outcome.status)) return null;
    statuses.add(outcome.status);
  }
  return steps.some((step) => awaitedStatus(step) !== null) ? null : [...statuses];
}

/**
 * Takes what came of a case; where both targets turned a request away with the same 429, 502, 503 or 504, and the case is not about
 * that, it is inconclusive whatever the other cases of its suite show: two that are out of service, or out of a gateway's reach, are
 * alike whatever they do. Divergences stay.
 */
export function notBothRefused(
  comparison: CaseComparison,
  testCase: TestCase,
  [reference, candidate]: Replays,
): CaseComparison {
  if (comparison.inconclusive !== null) return comparison;
  for (const [at, { step, outcome }] of reference.exchanges.entries()) {
    const other = candidate.exchanges[at]?.outcome;
    if (outcome.kind === 'failure' || other?.kind !== 'response' || other.status !== outcome.status) continue;
    if (!isOutOfService(outcome.status, testCase.steps[step])) continue;
    const where = testCase.steps.length > 1 ? `in step ${step + 1}` : 'to the request';
    const message = `${reference.target} and ${candidate.target} both answered ${outcome.status} ${where}, which says nothing of what they do in service`;
    const hint = `bring ${isOfGateway(outcome.status) ? 'what comes after the gateway' : 'them'} into service; if the case is about this answer, say expect: { status: ${outcome.status} }`;
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
function isOutOfService(status: number, step: Step | undefined): boolean {
  if (!(status === 429 || status === 503 || isOfGateway(status)) || step === undefined || step.parallel > 1)
    return false;
  return status !== awaitedStatus(step);
}

/** The status that a step is about; null if it does not say. */
export function awaitedStatus({ expect, repeat }: Pick<Step, 'expect' | 'repeat'>): number | null {
  return expect?.status ?? repeat?.until.status ?? null;
}
