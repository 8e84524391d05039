import { expect, it } from 'vitest';
import type { Failure, Response } from '../../../src/http/exchange.ts';
import { watchDurations } from '../../../src/run/observers/durations.ts';

const request = { method: 'GET', path: '/', headers: [], body: null };
const answered: Response = { kind: 'response', status: 200, statusText: '', headers: [], body: new Uint8Array() };
const failed: Failure = { kind: 'failure', family: 'lost', reason: 'reset', message: '', hint: null };

function gathered(times: Readonly<Record<string, readonly number[]>>, outcome: Response | Failure = answered) {
  const durations = watchDurations(Object.keys(times));
  for (const [target, all] of Object.entries(times))
    for (const durationMs of all)
      durations.onCase({
        replays: [{ target, exchanges: [{ target, step: 0, request, outcome, durationMs }], captured: {} }],
      });
  return durations.atEnd().durations;
}

it('counts each target by itself, in the order of the targets', () => {
  expect(gathered({ rust: [1, 2, 3], go: [10] })).toEqual([
    { target: 'rust', answers: 3, median: 2, p95: 3, longest: 3 },
    { target: 'go', answers: 1, median: 10, p95: 10, longest: 10 },
  ]);
});

it.each([
  {
    why: 'a hundred different ones',
    times: Array.from({ length: 100 }, (_, i) => i + 1),
    median: 50,
    p95: 95,
    longest: 100,
  },
  { why: 'two digits that count', times: [1234, 1251], median: 1200, p95: 1300, longest: 1300 },
  { why: 'no finer than a hundredth of a millisecond', times: [0, 0.1234], median: 0, p95: 0.12, longest: 0.12 },
])('keeps $why', ({ why: _, times, ...told }) => {
  expect(gathered({ go: times })).toEqual([{ target: 'go', answers: times.length, ...told }]);
});

it('says nothing of a target that gave no answer', () => {
  expect(gathered({ go: [5] }, failed)).toEqual([]);
});

it('holds no more of a million answers than of a thousand', () => {
  const durations = watchDurations(['go']);
  const exchange = (durationMs: number) => ({ target: 'go', step: 0, request, outcome: answered, durationMs });
  for (let i = 0; i < 1_000_000; i += 1)
    durations.onCase({ replays: [{ target: 'go', exchanges: [exchange((i * 7919) % 60_000)], captured: {} }] });
  expect(durations.atEnd().durations).toMatchObject([{ answers: 1_000_000, median: 30_000, p95: 57_000 }]);
});
