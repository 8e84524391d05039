import type { Evidence } from '../../assurance/evidence.ts';
import type { Config } from '../../config/config.ts';
import { noEvidence } from '../../record/evidence.ts';
import { trendTally } from '../../report/document/trend.ts';
import type { RunObserver } from '../model/observer.ts';
import type { Earlier } from '../recording/resume.ts';
import { watchBuilds } from './builds.ts';
import { watchDurations } from './durations.ts';
import { watchWarnings } from './warnings.ts';

/** What is watched of a run. */
interface Watched {
  readonly config: Config;
  /** The cases were derived from one. */
  readonly derived?: unknown;
  readonly earlier?: Pick<Earlier, 'builds'>;
}

/** What watches a run; notes are shown in this order. */
export function observersOf({ config, derived, earlier }: Watched, evidence: Evidence): RunObserver[] {
  return [
    watchEvidence(evidence),
    watchTrend(),
    watchWarnings(config, derived !== undefined),
    watchDurations(config.targets.map(({ name }) => name)),
    watchBuilds(config, earlier?.builds),
  ];
}

function watchEvidence(evidence: Evidence): RunObserver {
  return {
    name: 'the evidence',
    onCase: ({ compared }) => evidence.add(compared),
    atEnd: () => ({ evidence: evidence.gathered(), misnamed: evidence.misnamedHeaders() }),
    failed: { evidence: noEvidence('a bug of parity kept it from being gathered') },
  };
}

function watchTrend(): RunObserver {
  const tally = trendTally();
  return {
    name: 'the trend',
    onCase: tally.add,
    atEnd: ({ before, ...run }) => ({ trend: tally.trend(before, run) }),
  };
}
