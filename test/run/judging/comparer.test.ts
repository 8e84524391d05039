import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Config } from '../../../src/config/config.ts';
import { defaultCompare } from '../../../src/config/rules.ts';
import type { Exchange, TargetReplay } from '../../../src/http/exchange.ts';
import { lost } from '../../../src/http/failure.ts';
import { comparerOf } from '../../../src/run/judging/comparer.ts';
import { readyToTakeNoise } from '../../../src/run/judging/lazy-noise.ts';
import { caseOf, targetAt } from '../../rig/target.ts';

beforeAll(readyToTakeNoise);

const names = ['rust', 'go', 'zig'];
const targets = names.map((name, at) =>
  targetAt(`http://${name}.test`, { name, role: at === 0 ? 'reference' : 'candidate' }),
);
const config = { targets, compare: defaultCompare, routes: [] } as unknown as Config;
const testCase = { ...caseOf('suite/one', {}), safe: true };
const request = { method: 'GET', path: '/', headers: [], body: null };

const body = fc.constantFrom('{"a":1}', '{"a":1}\n', '{"a":2}', '{"a":"1"}', '[1,2]', '[2,1]', 'text', '');
const location = fc.constantFrom('/things/1', '/things/2', null);
const outcome: fc.Arbitrary<Exchange['outcome']> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.tuple(fc.constantFrom(200, 422), body, location).map(([status, text, to]) => {
      const headers: [string, string][] = [
        ['content-type', 'application/json'],
        ...(to === null ? [] : [['location', to] as [string, string]]),
      ];
      return { kind: 'response' as const, status, statusText: '', headers, body: Buffer.from(text) };
    }),
  },
  { weight: 1, arbitrary: fc.constant(lost('reset', 'the connection was reset', 'look there')) },
);

/** The first answers of all targets, and further ones of which most are the first again. */
const answers = fc
  .tuple(
    fc.tuple(outcome, outcome, outcome),
    fc.array(fc.tuple(...names.map(() => fc.option(outcome, { freq: 4 }))), { minLength: 1, maxLength: 3 }),
  )
  .map(([first, more]) => [first, ...more.map((row) => row.map((other, at) => other ?? copyOf(first[at]!)))]);

function copyOf(one: Exchange['outcome']): Exchange['outcome'] {
  return one.kind === 'failure' ? one : { ...one, headers: [...one.headers], body: Buffer.from(one.body) };
}

function replaysOf(row: readonly Exchange['outcome'][]): TargetReplay[] {
  return names.map((target, at) => {
    const exchange = { target, step: 0, request, outcome: row[at]!, durationMs: 1 };
    return { target, exchanges: [exchange], captured: {} };
  });
}

test('what came of the first answers stands where they came again, and nowhere else', () => {
  const seen = { steady: 0, noisy: 0 };
  fc.assert(
    fc.property(answers, (rows) => {
      const [replays, ...samples] = rows.map(replaysOf);
      const replayed = { testCase, replays: replays!, samples, unsent: null };
      const [asked, unasked] = [
        comparerOf({ config, noise: 2, retries: 0 }),
        comparerOf({ config, noise: 2, retries: 0 }),
      ];
      asked.moreSamples(testCase, replays!);
      const found = asked.finish(replayed);
      expect(found).toEqual(unasked.finish(replayed));
      seen[found.comparisons.some(({ noise, reason }) => noise.length > 0 || reason !== null) ? 'noisy' : 'steady'] +=
        1;
    }),
    { numRuns: 400 },
  );
  expect(Math.min(seen.steady, seen.noisy)).toBeGreaterThan(20);
});
