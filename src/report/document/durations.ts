import type { RecordedDurations } from '../../record/durations.ts';
import type { Schedule } from '../../record/types.ts';

const inWords = (ms: number): string => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`);

const scheduleWords = ({ concurrency, rate }: Schedule): string =>
  `in a closed loop, ${concurrency === 1 ? 'one case' : `${concurrency} cases`} at a time${rate === null ? '' : `, at most ${rate} requests per second to each target`}`;

/**
 * How long each target took, and under which schedule: without it the figures mean nothing, since a closed loop asks a slow target
 * less often. Null where nothing was answered, or the record does not say how.
 */
export const durationsPhrase = (durations: readonly RecordedDurations[], schedule: Schedule | null): string | null => {
  if (durations.length === 0 || schedule === null) return null;
  const parts = durations.map(
    ({ target, median, p95, longest }) =>
      `${target} ${inWords(median)} (95%: ${inWords(p95)}, longest: ${inWords(longest)})`,
  );
  return `Median response time, which does not affect the verdict: ${parts.join(', ')}; sent ${scheduleWords(schedule)}`;
};
