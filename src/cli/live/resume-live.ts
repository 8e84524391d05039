import type { Config } from '../../config/config.ts';
import type { LiveState } from '../../live/counts/live-state.ts';
import { newestLiveRun, readState } from '../../live/counts/state-file.ts';
import { recordedCases } from '../../live/recorded-cases.ts';
import { readRun } from '../../record/read.ts';
import { readUnfinished } from '../../record/resume.ts';
import type { RunHeader } from '../../record/types.ts';
import { planDifferences } from '../../run/plan-marks.ts';
import { buildsIn, type Earlier, type EarlierCase, finishedIn } from '../../run/recording/resume.ts';

/** A live comparison that was killed, to go on with. */
export interface KilledShadow {
  readonly header: RunHeader;
  readonly state: LiveState;
  readonly earlier: Earlier;
  readonly cases: readonly EarlierCase[];
}

/** The newest live comparison of the same targets and rules, if it did not come to its end; null if there is none. */
export async function killedShadow(
  config: Config,
  marks: Readonly<Record<string, string>>,
): Promise<KilledShadow | null> {
  const dir = await newestLiveRun(config.out);
  if (dir === null) return null;
  const run = await readUnfinished(dir);
  const { header, footer } = run;
  if (footer !== null || header.live !== true || planDifferences(header.plan, marks).length > 0) return null;
  const finished = finishedIn([run], config);
  const { cases } = await readRun(dir);
  return {
    ...{ header, state: readState(dir) },
    earlier: { resumed: run, finished, absent: null, builds: buildsIn([run]) },
    cases: recordedCases(cases, run).flatMap((testCase) => finished(testCase) ?? []),
  };
}
