import type { FixtureStep } from '../cases/case.ts';
import type { Exchange } from '../http/exchange.ts';
import { unsendable } from '../http/failure.ts';
import { playStep, type Visit } from './step-runner.ts';

/** Sends what makes a target ready for a case; null, or the exchange that says why it is not: a failure `before-failed`. */
export async function setUp(steps: readonly FixtureStep[], visit: Visit): Promise<Exchange | null> {
  for (const [at, step] of own(steps, visit).entries()) {
    const { exchanges, response } = await playStep(step, at, visit);
    const fault = faultOf(step, exchanges, response?.status ?? null, true);
    if (fault === null) continue;
    const what = `${step.request.method} of \`before\``;
    const outcome = unsendable(
      'before-failed',
      `${visit.target}: ${what} failed: ${fault}`,
      'make the set-up work first',
    );
    return { ...exchanges.at(-1)!, step: 0, outcome };
  }
  return null;
}

/**
 * Sends what cleans up on a target, all of it; null, or a sentence on the first that did not work. Where the target was not made ready,
 * nothing is said of requests that lack a value: that the set-up failed is said already, and what it did not give need not be cleaned up.
 */
export async function cleanUp(steps: readonly FixtureStep[], visit: Visit, wasReady: boolean): Promise<string | null> {
  const faults: string[] = [];
  for (const [at, step] of own(steps, visit).entries()) {
    const { exchanges, response } = await playStep(step, at, visit);
    if (!wasReady && exchanges.every(isUnfilled)) continue;
    const fault = faultOf(step, exchanges, response?.status ?? null, false);
    if (fault !== null) faults.push(`${visit.target}: ${step.request.method} of \`after\` failed: ${fault}`);
  }
  return faults[0] ?? null;
}

function isUnfilled({ outcome }: Exchange): boolean {
  return outcome.kind === 'failure' && outcome.reason === 'refused-request';
}

function own(steps: readonly FixtureStep[], { target }: Visit): readonly FixtureStep[] {
  return steps.filter((step) => step.target === null || step.target === target);
}

/** Without an expectation, an error says that a set-up did not work; when cleaning up, there may be nothing to clean. */
function faultOf(
  { expect }: FixtureStep,
  exchanges: readonly Exchange[],
  status: number | null,
  isSetUp: boolean,
): string | null {
  const outcome = exchanges.at(-1)?.outcome;
  if (outcome?.kind === 'failure') return outcome.message;
  const wanted = expect?.status ?? null;
  if (wanted !== null) return status === wanted ? null : `it answered ${status}, expected is ${wanted}`;
  return isSetUp && status !== null && status >= 400 ? `it answered ${status}` : null;
}
