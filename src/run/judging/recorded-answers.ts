import type { TestCase } from '../../cases/case.ts';
import { isRepeatable } from '../../cases/every-step.ts';
import type { TargetReplay } from '../../http/exchange.ts';

/** How many answers there are to a case: as many as were recorded of each of its requests; no limit where no side is a recording. */
export function availableAnswers(replays: readonly TargetReplay[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { exchanges } of replays)
    for (const { recordedAnswers = least } of exchanges) least = Math.min(least, recordedAnswers);
  return least;
}

/** Whether noise cannot be measured: the case may not be sent again, or a side was recorded once. */
export function isAnsweredOnce(testCase: TestCase, replays: readonly TargetReplay[]): boolean {
  return !isRepeatable(testCase) || availableAnswers(replays) === 1;
}
