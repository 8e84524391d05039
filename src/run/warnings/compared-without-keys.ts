import { maxWarnings } from '../limits.ts';
import type { CaseResult } from '../model/case-result.ts';
import { perCase } from './warning.ts';

/** Objects whose keys are generated on both sides. */
export const comparedWithoutKeys = perCase(
  'were compared without keys that are generated for each answer',
  (result) => {
    const objects = keylessIn(result);
    const which = `the keys of ${objects.join(', ')} that both sides generate for each answer`;
    return objects.length === 0 ? [] : [`${result.testCase.id} was compared without ${which}`];
  },
);

/** Where the objects are whose keys are noise. */
function keylessIn({ comparisons }: CaseResult): readonly string[] {
  if (comparisons.every(({ noise }) => noise.length === 0)) return [];
  const noise = comparisons.flatMap((one) => one.noise.filter(({ what }) => what === 'keys'));
  return [...new Set(noise.map(({ pointer }) => pointer || 'the whole body'))].slice(0, maxWarnings);
}
