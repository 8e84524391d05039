import type { Complain, Span } from '../../config/source/source.ts';
import { maxCharacters } from '../limits.ts';

/** How many more characters of bodies a library may hold in memory. */
export interface Budget {
  left: number;
}

/** Returns the budget of one library. */
export function createBudget(): Budget {
  return { left: maxCharacters };
}

/** Takes a budget and a number of characters; returns whether they still fit. */
export function spend(budget: Budget, characters: number): boolean {
  budget.left -= characters;
  return budget.left >= 0;
}

/** Notes that the library is too large. */
export function complainOfBudget(span: Span, complain: Complain): void {
  complain(span, {
    message: `the bodies of the cases add up to over ${maxCharacters} characters`,
    hint: 'use fewer rows, or `size:` and `file:` for large bodies',
  });
}
