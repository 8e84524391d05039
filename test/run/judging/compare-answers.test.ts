import { beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../../src/config/config.ts';
import { defaultCompare } from '../../../src/config/rules.ts';
import type { TargetReplay } from '../../../src/http/exchange.ts';
import { compareAnswers } from '../../../src/run/judging/compare-answers.ts';
import { readyToTakeNoise } from '../../../src/run/judging/lazy-noise.ts';
import { caseOf, targetAt } from '../../rig/target.ts';

beforeAll(readyToTakeNoise);

const testCase = { ...caseOf('suite/one', {}), safe: true };
type Two = readonly [reference: string, candidate: string];

function replayOf(target: string, name: string, value: string): TargetReplay {
  const request = { method: 'POST', path: '/three?q', headers: [], body: null };
  const outcome = {
    kind: 'response' as const,
    status: 201,
    statusText: '',
    headers: [[name, value] as const],
    body: Buffer.from(''),
  };
  return { target, exchanges: [{ target, step: 0, request, outcome, durationMs: 1 }], captured: {} };
}

/** What comes of the header `name` that two targets at these URLs answer `POST /three?q` with, first and again. */
function outcomeOf(name: string, [rust, go]: Two, rows: readonly Two[]) {
  const targets = [
    targetAt(rust, { name: 'rust', role: 'reference' }),
    targetAt(go, { name: 'go', role: 'candidate' }),
  ];
  const config = { targets, compare: { ...defaultCompare, headers: [name] }, routes: [] } as unknown as Config;
  const answers = rows.map(([a, b]) => [replayOf('rust', name, a), replayOf('go', name, b)]);
  return compareAnswers(testCase, answers, { config, before: null }).result.comparisons[0]?.outcome;
}

/** Both ways round. */
function outcomesOf(name: string, [rust, go]: Two, rows: readonly Two[]) {
  const turned = rows.map(([a, b]): Two => [b, a]);
  return [...new Set([outcomeOf(name, [rust, go], rows), outcomeOf(name, [go, rust], turned)])];
}

describe.each(['location', 'content-location'])('a relative %s is resolved behind the path of the base URL', (name) => {
  it.each<readonly [string, Two, Two, 'match' | 'divergent']>([
    ['the same without one', ['', ''], ['/one', 'one'], 'match'],
    ['the same behind it', ['/api', '/api'], ['/api/one', 'one'], 'match'],
    ['the own URL, and a relative one', ['/api', '/api'], ['http://rust.test/api/one', 'one'], 'match'],
    ['one that lacks it', ['/api', '/api'], ['/one', 'one'], 'divergent'],
    ['both lack it', ['/api', '/api'], ['/one', '/one'], 'match'],
    ['a query alone', ['/api', '/api'], ['/api/three?p=1', '?p=1'], 'match'],
    ['a step above it', ['/api', '/api'], ['/one', '../one'], 'match'],
    ['a path of two segments', ['/a/b', '/a/b'], ['/a/b/one', 'one'], 'match'],
    ['a slash at the end of one URL', ['/api/', '/api'], ['/api/one', 'one'], 'match'],
    ['relative to paths that differ', ['/api', '/v2'], ['one', 'one'], 'match'],
    ['relative to a path and to none', ['/api', ''], ['one', '/one'], 'match'],
    ['absolute below paths that differ', ['/api', '/v2'], ['/api/one', '/v2/one'], 'divergent'],
  ])('%s', (_, [rust, go], [a, b], outcome) => {
    const bases = [`http://rust.test${rust}`, `http://go.test${go}`] as const;
    expect(outcomesOf(name, bases, [[a, b]])).toEqual([outcome]);
  });

  it('where it is generated each time, too', () => {
    const bases = ['http://rust.test/api', 'http://go.test/api'] as const;
    const rows = (...lead: Two) => [1, 2, 3].map((n): Two => [`${lead[0]}${n}`, `${lead[1]}${n + 5}`]);
    expect(outcomesOf(name, bases, rows('/api/one/', 'one/'))).toEqual(['match']);
    expect(outcomesOf(name, bases, rows('/one/', 'one/'))).toEqual(['divergent']);
  });
});

it('and so is a link', () => {
  const bases = ['http://rust.test/api', 'http://go.test/api'] as const;
  const links = (next: string, prev: string): Two => [`<${next}>; rel=next`, `<${prev}>; rel=next`];
  expect(outcomesOf('link', bases, [links('/api/three?page=2', '?page=2')])).toEqual(['match']);
  expect(outcomesOf('link', bases, [links('/three?page=2', '?page=2')])).toEqual(['divergent']);
});
