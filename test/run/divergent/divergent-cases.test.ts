import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findFindings, findIn } from '../../../src/findings/cluster.ts';
import type { ComparedCase } from '../../../src/findings/kept-case.ts';
import { lost } from '../../../src/http/failure.ts';
import { divergentCases, findDivergent } from '../../../src/run/divergent/divergent-cases.ts';
import { type Answer, caseOf } from '../../findings/cases.ts';

const root = mkdtempSync(join(tmpdir(), 'parity-divergent-'));
afterAll(() => rmSync(root, { recursive: true }));

const html = [['content-type', 'text/html']] as const;

/** Answers of one kind or another, of which some are explained, some recognised and some neither; some bodies are long and begin alike. */
function sidesAt(i: number): readonly [Answer, Answer] {
  const long = 'x'.repeat(20_000);
  const kinds: readonly (readonly [Answer, Answer])[] = [
    [{ body: `{"user_id":${i},"made_at":"x"}` }, { body: `{"userId":${i},"madeAt":"x"}` }],
    [{ body: `{"a":${i},"list":[]}` }, { body: `{"a":${i},"list":null}` }],
    [
      { status: 404, body: '{"error":"gone"}' },
      { status: 404, headers: html, body: '<p>gone</p>' },
    ],
    [
      { status: 422, body: '{}' },
      { status: 200, body: '{}' },
    ],
    [{ body: `{"pad":"${long}","n":${(i * 7) % 5}}` }, { body: `{"pad":"${long}","n":"${i % 3}"}` }],
    [{ body: `{"n":${i}.0,"k${i}":1}` }, { body: `{"n":${i},"k${i + 1}":1}` }],
  ];
  return kinds[i % kinds.length]!;
}

function casesFor(candidate: string): ComparedCase[] {
  return Array.from({ length: 300 }, (_, i) => {
    const [reference, other] = sidesAt((i * 37) % 300);
    const path = `/v1/things-${i % 4}`;
    const broken = { reference: { body: '{}' }, candidate: lost('reset', 'the connection was reset', 'look there') };
    const steps = [{ path, method: i % 5 === 0 ? 'POST' : 'GET', reference, candidate: other }];
    return caseOf(`s/${(i * 101) % 300}`, i % 50 === 0 ? [...steps, broken] : steps, { candidate });
  });
}

const captured = (value: string) => Object.assign(Object.create(null), { token: value });
const all = [...casesFor('go'), ...casesFor('zig')].map(
  (one, at): ComparedCase => ({
    ...one,
    reference: { ...one.reference, captured: captured(`first-${at}`) },
    candidate: { ...one.candidate, captured: captured(`other-${at}`) },
  }),
);

test.each([
  ['none', 0],
  ['the first', 100_000],
  ['all', Number.POSITIVE_INFINITY],
])('cases of which memory holds %s come back as they were', (_why, most) => {
  const divergent = divergentCases(root, [], most);
  for (const one of all) divergent.add(one);
  const cases = divergent.cases();
  expect(cases.length).toBe(all.length);
  for (let at = 0; at < all.length; at += 23) {
    const kept = cases[at]!;
    const { testCase, ...answers } = all[at]!;
    expect([kept.id, kept.candidate]).toEqual([testCase.id, answers.candidate.target]);
    expect(kept.fetch()).toMatchObject({ ...answers, testCase: { id: testCase.id } });
  }
  expect(readdirSync(root)).toEqual([]);
  divergent.close();
});

test('what is found does not depend on what is in memory', async () => {
  const add = async (divergent: ReturnType<typeof divergentCases>) => {
    for (const one of all) divergent.add(one);
  };
  const divergent = divergentCases(root, [], 0);
  await add(divergent);
  const found = findIn(divergent.cases());
  divergent.close();
  const wanted = findFindings(all, []);
  expect(wanted.length).toBeGreaterThan(8);
  expect(found).toEqual(wanted);
  expect((await findDivergent({ dir: root, routes: [] }, add)).found).toEqual(wanted);
});

test('a run folder that is gone is told by its path', () => {
  const divergent = divergentCases(join(root, 'gone'), [], 0);
  expect(() => divergent.add(all[0]!)).toThrow(/cannot store .*gone.*a folder of the path is gone/);
});
