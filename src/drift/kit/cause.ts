import type { Rung } from '../../config/rules.ts';
import type { Fix } from './drift-rule.ts';
import type { FittedRule } from './fitted-rule.ts';

/** How the text of a fix begins that is no change to make, but a limit of the explanation. */
export const notePrefix = 'note: ';

/** A cause of divergences in one sample. */
export interface Cause {
  /** Id of a drift class. */
  readonly class: string;
  /** Further classes that the rewriting needed, sorted. */
  readonly also: readonly string[];
  /** Shape of the place: array indices folded to `*`. */
  readonly pointer: string;
  /** The rung at which the rewritten reference gives the candidate. */
  readonly verifiedAt: Rung;
  /**
   * Something in it is not confirmed yet: it was learned from one sample alone, another sample makes it doubtful, or
   * the sample agrees in so little that chance could do it.
   */
  readonly hypothesis: boolean;
  /** What only one side tells, so that the rewriting cannot be undone, or not be done: the sides are not equivalent. */
  readonly lossy: readonly string[];
  /** Cases in which both sides agree, and would not if it held there; sorted. */
  readonly against: readonly string[];
  /** Classes that explain it just as well. */
  readonly ties: readonly string[];
  /** What it applies, the lesson of its own place first. */
  readonly lessons: readonly FittedRule[];
  readonly fixes: readonly Fix[];
  /** Indices of the divergences that it explains, in the case's list. */
  readonly divergences: readonly number[];
}
