import { memoizeBounded } from '../structures/memoize-bounded.ts';
import type { Placed } from './place.ts';

const setOf = memoizeBounded(16, (list: readonly number[]) => new Set(list));

/** Whether a divergence showed the same values each time that both sides were asked; false where they could not be asked again. */
export function isSteady({ compared, divergence, index }: Placed): boolean {
  const { comparison, unsteady = [] } = compared;
  const { divergences } = comparison;
  // What belongs under the divergence of a status is as steady as that.
  return !setOf(unsteady).has(divergences[index] === divergence ? index : divergences.indexOf(divergence));
}
