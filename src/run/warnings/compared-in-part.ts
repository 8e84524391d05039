import { perCase } from './warning.ts';

/** A case that diverges, of which a step could not be compared. */
export const comparedInPart = perCase('diverge, and were compared in part only', ({ testCase, comparisons }) =>
  comparisons
    .filter(({ outcome, reason }) => outcome === 'divergent' && reason !== null)
    .map(({ message }) => `${testCase.id} diverges, and was compared in part only: ${message}`),
);
