import { expect, test } from 'vitest';
import type { Cases, TestCase } from '../../../src/cases/case.ts';
import { defaultCompare } from '../../../src/config/rules.ts';
import { askedBy } from '../../../src/run/judging/request-hash.ts';
import { runTotals } from '../../../src/run/observers/accumulator.ts';
import { caseHash } from '../../../src/tracker/rows/row-cases.ts';
import { sight } from '../../tracker/sample.ts';

const names = ['s/a', 's/b', 's/c', 's/d', 's/e'];

function caseOf(id: string): TestCase {
  const request = { method: 'GET', path: `/${id}`, headers: [], body: null };
  return { id, routes: [], steps: [{ request }] } as unknown as TestCase;
}

const library = names.map(caseOf);

/** Cases that are not in memory. */
function streamed(cases: readonly TestCase[]): Cases {
  return { length: cases.length, [Symbol.iterator]: () => cases.values() };
}

function coveredBy(selected: Cases, whole: Cases) {
  const totals = runTotals({ keepsCases: true, secrets: [] });
  // They finish in any order.
  for (const { id } of [...selected].reverse())
    totals.add({
      testCase: caseOf(id),
      comparisons: [],
      compared: [],
      covered: { routes: ['GET /sent'], statuses: '2', scopes: [sight('go')] },
    });
  const all = totals.covered({ library: whole, selected }, []);
  const covered = [...all];
  expect([...all]).toEqual(covered);
  return new Map(
    covered.map(({ hash, routes, scopes }) => [
      hash,
      [...routes, ...scopes.map(({ candidate }) => candidate)].join(' '),
    ]),
  );
}

test.each([
  ['all cases', names],
  ['the first', ['s/a', 's/b']],
  ['the last', ['s/d', 's/e']],
  ['some in between', ['s/b', 's/d']],
  ['one', ['s/c']],
])('a selection of %s covers the same, in memory or not', (_why, chosen) => {
  const selected = library.filter(({ id }) => chosen.includes(id));
  const wanted = names.map((id) => [caseHash(id), chosen.includes(id) ? 'GET /sent go' : `GET /${id}`]);
  expect([...coveredBy(selected, library)].sort()).toEqual([...wanted].sort());
  expect([...coveredBy(streamed(selected), streamed(library))].sort()).toEqual([...wanted].sort());
});

test('a selection in memory may be in another order than the library', () => {
  expect(coveredBy([library[3]!, library[1]!], library).size).toBe(names.length);
});

test('what a case asks for is the same whether it ran or not', () => {
  const totals = runTotals({ keepsCases: true, secrets: [] });
  const [ran, left] = [library[0]!, caseOf('s/left')];
  const covered = { routes: [], statuses: '2', scopes: [] };
  totals.add({ testCase: ran, comparisons: [], compared: [], covered });
  const found = [...totals.covered({ library: [ran, left], selected: [ran] }, [])];
  const asked = askedBy([]);
  expect(found.map((one) => [one.hash, one.asked])).toEqual([ran, left].map((one) => [caseHash(one.id), asked(one)]));
});

test('what cases compared is kept once for all that compared the same, and not at all beyond a thousand different ones', () => {
  const totals = runTotals({ keepsCases: true, secrets: [] });
  const noisy = (at: number) => sight('go', { noise: [{ facet: 'body', pointer: `/${at}`, what: 'value' }] });
  for (let at = 0; at < 3000; at += 1) {
    const scopes = [at % 2 === 0 ? sight('go', { options: { ...defaultCompare } }) : noisy(at)];
    totals.add({
      testCase: caseOf(`s/${at}`),
      comparisons: [],
      compared: [],
      covered: { routes: ['GET /a'], statuses: '2', scopes },
    });
  }
  const kept = [...totals.covered({ library: [], selected: [] }, [])].map(({ scopes }) => scopes);
  expect(new Set(kept).size).toBe(1001);
  expect(kept.filter(([one]) => one!.upTo === null)).toHaveLength(501);
  expect(kept.filter(([one]) => one!.upTo === 'value' && one!.noise.length === 0)).toHaveLength(1500);
});
