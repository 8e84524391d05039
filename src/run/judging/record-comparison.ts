import { counts, ladderBelow } from '../../compare/compare-case.ts';
import type { CaseComparison } from '../../compare/model/divergence.ts';
import type { Rung } from '../../config/rules.ts';
import type { NoiseResult } from '../../noise/evidence/result.ts';
import type { RecordedComparison } from '../../record/types.ts';
import type { Unsent } from '../../replay/unsent.ts';

/** What a comparison comes to at the level that the case must hold. */
function outcomeOf(comparison: CaseComparison, level: Rung): RecordedComparison['outcome'] {
  if (comparison.divergences.some((divergence) => counts(divergence, level))) return 'divergent';
  if (comparison.inconclusive !== null) return 'inconclusive';
  // Of noise the bytes differ, and that is not a divergence.
  return comparison.ladder[level === 'wire' ? 'value' : level] ? 'match' : 'divergent';
}

/** A comparison with the noise taken out, as it is recorded. */
export function recordComparison({ comparison, noise }: NoiseResult, level: Rung): RecordedComparison {
  const { candidate, ladder, headers, divergences, inconclusive } = comparison;
  const { reason, message, hint } = inconclusive ?? { reason: null, message: null, hint: null };
  const why = { reason, message, ...(hint === null ? {} : { hint }) };
  const places = noise.map(({ example: _, ...place }) => place);
  return { candidate, outcome: outcomeOf(comparison, level), ladder, headers, ...why, divergences, noise: places };
}

/** A comparison that never took place. */
export function notRun(candidate: string, why: Unsent): RecordedComparison {
  return {
    candidate,
    outcome: 'notRun',
    ladder: ladderBelow('status'),
    headers: false,
    ...why,
    divergences: [],
    noise: [],
  };
}
