import type { RecordedDurations } from '../../record/durations.ts';
import type { CaseResult } from '../model/case-result.ts';
import type { FooterPart, RunObserver } from '../model/observer.ts';

interface Durations extends RunObserver {
  onCase(result: Pick<CaseResult, 'replays'>): void;
  /** One for each target that answered, in their order. */
  atEnd(): Required<Pick<FooterPart, 'durations'>>;
}

/** How long answers took, in milliseconds to two digits that count: some hundred different ones for each target, however many answers there are. */
export function watchDurations(targets: readonly string[]): Durations {
  const counts = new Map(targets.map((name) => [name, new Map<number, number>()]));
  return {
    name: 'the durations',
    onCase({ replays }) {
      for (const { target, exchanges } of replays)
        for (const { outcome, durationMs } of exchanges)
          if (outcome.kind === 'response') count(counts.get(target), rounded(durationMs));
    },
    atEnd() {
      const answered = [...counts].filter(([, found]) => found.size > 0);
      return { durations: answered.map(([target, found]) => summary(target, found)) };
    },
  };
}

function count(found: Map<number, number> | undefined, ms: number): void {
  found?.set(ms, (found.get(ms) ?? 0) + 1);
}

/** Two digits that count, no finer than a hundredth of a millisecond. */
function rounded(ms: number): number {
  let hundredths = 1;
  while (ms >= hundredths) hundredths *= 10;
  return (Math.round((ms * 100) / hundredths) * hundredths) / 100;
}

function summary(target: string, found: ReadonlyMap<number, number>): RecordedDurations {
  const sorted = [...found].sort(([a], [b]) => a - b);
  const answers = sorted.reduce((sum, [, times]) => sum + times, 0);
  const at = (share: number) => atRank(sorted, Math.ceil(answers * share));
  return { target, answers, median: at(0.5), p95: at(0.95), longest: at(1) };
}

/** The value of that rank, counted from 1. */
function atRank(sorted: readonly (readonly [ms: number, times: number])[], rank: number): number {
  let passed = 0;
  for (const [ms, times] of sorted) {
    passed += times;
    if (passed >= rank) return ms;
  }
  return 0;
}
