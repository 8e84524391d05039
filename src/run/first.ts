import type { TestCase } from '../cases/case.ts';
import type { TargetReplay } from '../replay/exchange.ts';

/**
 * Why a case that others were derived from is worthless, or null: some target did not accept it, with 2xx or with the status that
 * the case expects. What a target refuses anyway says nothing about a request that is odd in one more way.
 */
export function refusedFirst(testCase: TestCase, replays: readonly TargetReplay[]): string | null {
  const faults = replays.flatMap(({ target, exchanges }) => {
    const last = exchanges.at(-1);
    if (last === undefined) return [`${target} was not asked`];
    const { outcome } = last;
    if (outcome.kind === 'failure') return [outcome.message];
    const expected = testCase.steps[last.step]?.expect?.status ?? null;
    const isFine = (outcome.status >= 200 && outcome.status < 300) || outcome.status === expected;
    return isFine ? [] : [`${target} answered ${outcome.status}`];
  });
  if (faults.length === 0) return null;
  return `the valid request was not accepted, so nothing was derived from it: ${faults.join('; ')}`;
}
