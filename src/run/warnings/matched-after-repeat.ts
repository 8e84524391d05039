import type { TargetReplay } from '../../http/exchange.ts';
import { perCase } from './warning.ts';

/** A case that matches, of which a request had to be repeated until its answer was as wanted. */
export const matchedAfterRepeat = perCase(
  'matched only after a request was repeated',
  ({ testCase, comparisons, replays }) => {
    const attempts = comparisons.some(({ outcome }) => outcome === 'match') ? attemptsText(replays) : null;
    return attempts === null ? [] : [`${testCase.id} matched only after a request was repeated: ${attempts}`];
  },
);

/** `step 2 took 3 attempts on rust, 5 on go`; null if every request was sent once. */
function attemptsText(replays: readonly TargetReplay[]): string | null {
  if (!replays.some(({ exchanges }) => exchanges.some(({ attempts = 1 }) => attempts > 1))) return null;
  const steps = new Map<number, string[]>();
  for (const { target, exchanges } of replays)
    for (const { step, attempts = 1 } of exchanges)
      steps.set(step, [...(steps.get(step) ?? []), ...(attempts > 1 ? [`${attempts} on ${target}`] : [])]);
  const texts = [...steps].filter(([, each]) => each.length > 0);
  return texts.map(([step, each]) => `step ${step + 1} took ${each.join(', ')}`).join('; ');
}
