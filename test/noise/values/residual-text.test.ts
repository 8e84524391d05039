import { expect, it } from 'vitest';
import { defaultCompare } from '../../../src/config/rules.ts';
import type { Sampled } from '../../../src/noise/evidence/self-diff.ts';
import { settle } from '../../../src/noise/subtract-noise.ts';
import { response, side } from '../../compare/exchanges.ts';

type Texts = readonly string[];

const sampled = (name: string, texts: Texts, type: string): Sampled => {
  const [first, ...more] = texts.map((text) =>
    side(name, [response({ body: text, headers: [['content-type', type]] })]),
  );
  return { first: first!, more };
};

/** Relation and excerpts of the only difference between texts that were answered again and again. */
function found(a: Texts, b: Texts, type = 'text/csv') {
  const between = (x: Texts, y: Texts) =>
    settle(sampled('rust', x, type), sampled('go', y, type), defaultCompare).comparison.divergences.map(
      ({ kind, relation, reference, candidate }) => ({ kind, relation, sides: [reference, candidate] }),
    );
  const there = between(a, b);
  const mirrored = there.map((one) => ({ ...one, sides: one.sides.toReversed() }));
  expect(between(b, a), 'the other way round').toEqual(mirrored);
  expect(there).toHaveLength(1);
  return there[0]!;
}

/** Rows of a table, each with a cell generated. */
const table = (seed: string, rows: Texts, quote = '') =>
  rows.map((row, n) => [...row.split(','), `${seed}${n}f0a1`].map((cell) => quote + cell + quote).join(',')).join('\n');
const answers = (seeds: string, rows: Texts, quote?: string) => [...seeds].map((seed) => table(seed, rows, quote));

const rows = ['1,tea,2.50', '2,cup,7.00', '3,pot,9.10'];
const a = answers('ab', rows);

it.each<readonly [why: string, b: Texts, relation: string, reference: string, candidate: string]>([
  [
    'quotes',
    answers('cd', rows, '"'),
    'marks and spaces',
    'line 1: 1,tea,2.50,… (3 lines differ)',
    'line 1: "1","tea","2.50","…" (3 lines differ)',
  ],
  [
    'quotes and a row less',
    answers('cd', rows.slice(0, 2), '"'),
    'other words',
    'line 1: 1,tea,2.50,… (3 lines differ)',
    'line 1: "1","tea","2.50","…" (3 lines differ)',
  ],
  [
    'another price, behind noise',
    answers('cd', [...rows.slice(0, 2), '3,pot,0.00']),
    'other words',
    'line 3: 3,pot,9.10,…',
    'line 3: 3,pot,0.00,…',
  ],
  [
    'capitals',
    answers('cd', ['1,TEA,2.50', ...rows.slice(1)]),
    'upper and lower case',
    'line 1: 1,tea,2.50,…',
    'line 1: 1,TEA,2.50,…',
  ],
])('of texts that vary on both sides %s show beside what varies', (_why, b, relation, reference, candidate) => {
  expect(found(a, b)).toEqual({ kind: 'value', relation, sides: [reference, candidate] });
});

it('one generated less is another word', () => {
  const ids = (seeds: string, count: number, quote: string) => answers(seeds, Array(count).fill('x'), quote);
  expect(found(ids('ab', 3, ''), ids('cd', 3, '"')).relation).toBe('marks and spaces');
  expect(found(ids('ab', 3, ''), ids('cd', 2, '"')).relation).toBe('other words');
});

it('tokens of any number of words are one', () => {
  const relation = (b: Texts) => found(['t: a+b/c9; n: 1', 't: abcd9e; n: 1'], b, 'text/plain').relation;
  expect(relation(['t: zz/yy+q, n: 1', 't: qqqqqq, n: 1'])).toBe('marks and spaces');
  expect(relation(['t: zz/yy+q, n: 2', 't: qqqqqq, n: 2'])).toBe('other words');
});

it('strings of JSON have a relation, too', () => {
  const texts = (seeds: string, text: string) => [...seeds].map((seed) => JSON.stringify({ t: `${seed}f0a1 ${text}` }));
  const relation = (text: string) =>
    found(texts('ab', 'the pot\nis on'), texts('cd', text), 'application/json').relation;
  expect(relation('the pot is on!')).toBe('marks and spaces');
  expect(relation('the pot is off')).toBe('other words');
});

it('nothing is told where it cannot be told what varies, or where that alone differs', () => {
  const lists = found(['a1 b2 x', 'c3 x'], ['d4 e5 f6 y', 'g7 y'], 'text/plain');
  expect([lists.relation, lists.sides]).toEqual([undefined, ['line 1: a1 b2 x', 'line 1: d4 e5 f6 y']]);
  const uuid = (n: number) => `id 00000000-0000-4000-8000-00000000000${n} ${'x'.repeat(200)}`;
  const hash = (n: number) => `id ${String(n).repeat(32)} ${'x'.repeat(200)}`;
  expect(found([uuid(1), uuid(2)], [hash(3), hash(4)], 'text/plain').relation).toBeUndefined();
});
