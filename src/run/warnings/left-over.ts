import { perCase } from './warning.ts';

/** What a case created and could not remove. */
export const leftOver = perCase('could not be cleaned up after', ({ testCase, replays }) =>
  replays.flatMap(({ left }) => (left ? [`${testCase.id} could not be cleaned up after: ${left}`] : [])),
);
