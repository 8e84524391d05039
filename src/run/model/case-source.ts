import type { CaseResult } from './case-result.ts';
import type { RunEvent } from './observer.ts';

/** What a source of cases reports to. */
export interface SourceSink {
  readonly tell: (event: RunEvent) => void;
  /** Takes a finished case, at once; `isStored`: it is in the record already. What it throws ends the run. */
  readonly take: (result: CaseResult, isStored: boolean) => void;
}

/** Gives finished cases to a run that sends none itself: those of live traffic. Resolves when the last one was given. */
export type CaseSource = (sink: SourceSink) => Promise<void>;
