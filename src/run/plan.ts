import type { Cases, TestCase } from '../cases/case.ts';
import type { Config } from '../config/config.ts';
import type { Middleware } from '../replay/middleware/middleware.ts';
import type { Bail } from './bail.ts';
import type { CaseSource } from './model/case-source.ts';
import type { Earlier } from './recording/resume.ts';
import type { FailOn } from './verdict.ts';

/** Everything a run needs to know. */
export interface RunPlan {
  readonly config: Config;
  /** All cases of the library: the tracker must know what a filtered run did not see. */
  readonly library: Cases;
  readonly selected: Cases;
  /** Of the selected cases the one that the others were derived from: sent first, and if a target refuses it, they are not sent. */
  readonly first?: TestCase;
  /** The case that `selected` was derived from, and how many there are that could be sent. */
  readonly derived?: { readonly from: string; readonly count: number };
  /** The finding whose cases are sent again. */
  readonly replayOf?: string;
  readonly id: string;
  readonly seed: number;
  readonly version: string;
  readonly failOn: FailOn;
  /** How many more times a divergent case is sent to each target, to tell noise from divergence. */
  readonly noise: number;
  /** How many more times a case that did not match is tried; one that matches then is flaky. None if absent. */
  readonly retries?: number;
  /** A rule that matched nothing, and an accepted row whose divergence is gone, fail the run. */
  readonly strict: boolean;
  /** The tracker may be written; if not, the run says what it would have changed. */
  readonly writeTracker: boolean;
  /** `--tracker` named the tracker. */
  readonly trackerNamed: boolean;
  /** Formats of the files beside `run.jsonl`. */
  readonly formats: readonly string[];
  /** Secrets of the case files, beside those of the configuration. */
  readonly secrets: readonly string[];
  /** Stops the run, its reason being the name of a system signal: the exit code tells which. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** A hash of each thing that the outcome depends on, by the words for it: what a run is resumed and merged by. */
  readonly marks?: Readonly<Record<string, string>>;
  /** The part of the selection that `selected` is. */
  readonly shard?: { readonly index: number; readonly total: number };
  /** What earlier runs of the same plan have finished. */
  readonly earlier?: Earlier;
  /** Between the run and what sends its requests. */
  readonly middleware?: readonly Middleware[];
  /** Asked before a case is sent that may not be sent twice, and kept from it by `false`: somebody else sends it, or has sent it. */
  readonly claim?: (testCase: TestCase) => Promise<boolean>;
  /** Asks `claim` before every case. */
  readonly claimsAll?: boolean;
  /** Gives the cases, in place of sending those that are selected. It sees a part of what there is, never the whole library. */
  readonly source?: CaseSource;
  /** Ends the sending early; the run is over a part of the library then. */
  readonly bail?: Bail;
  /** Called after each finished case. */
  readonly onCase?: (finished: number) => void;
  /** Told what is still to be done at the last moment of the process, at once and without waiting: to store what came, to end what the run has started. */
  readonly onStarted?: (atLast: () => void) => void;
}
