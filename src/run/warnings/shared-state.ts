import { perCase } from './warning.ts';

/** Targets that answer as if they shared their state. */
export const stateLooksShared = perCase('look as if targets shared their state', ({ testCase, shared = [] }) =>
  shared.map((sentence) => `${testCase.id}: ${sentence}`),
);
