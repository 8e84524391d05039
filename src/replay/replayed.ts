import type { TestCase } from '../cases/case.ts';
import type { TargetReplay } from '../http/exchange.ts';
import type { Unsent } from './unsent.ts';

export interface Replayed {
  readonly testCase: TestCase;
  /** One a target, in their order; null if the case was not run. */
  readonly replays: readonly TargetReplay[] | null;
  /** Further answers to the same case, one list of replays for each time it was sent again. */
  readonly samples: readonly TargetReplay[][];
  /** The answers to each further try of a case that did not match. */
  readonly retries?: readonly (readonly TargetReplay[])[];
  /** Why it was not run, or null. */
  readonly unsent: Unsent | null;
  /** It was sent, and cannot be judged for what `unsent` says. */
  readonly wasSent?: boolean;
  /** The bug of the tool that ended it. */
  readonly fault?: unknown;
}
