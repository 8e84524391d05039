import { describe, expect, it } from 'vitest';
import { compareCase } from '../../../src/compare/compare-case.ts';
import { type CompareOptions, defaultCompare } from '../../../src/config/rules.ts';
import { json, side } from '../exchanges.ts';

type Captured = Readonly<Record<string, string>>;

/** What counts between two bodies, each with its own captured values. */
function counting(
  [a, b]: readonly [string, string],
  [own, other]: readonly [Captured, Captured],
  options: Partial<CompareOptions>,
): string[] {
  const { divergences } = compareCase(side('rust', [json(a)], own), side('go', [json(b)], other), {
    ...defaultCompare,
    ...options,
  });
  return divergences.flatMap(({ rung, kind, pointer }) => (rung === 'wire' ? [] : [`${kind} ${pointer}`]));
}

const by = (key: string | null, pointer = '') => ({ unordered: [{ pointer, key, reason: null }] });
const row = (id: string | number, n: string) => JSON.stringify({ id, n });
const list = (...items: readonly string[]) => `[${items.join()}]`;

const ids = [
  { u: 'id-aaa1', v: 'id-bbb2' },
  { u: 'id-ccc3', v: 'id-ddd4' },
] as const;
const serial = [
  { u: '6', v: '7', w: '8' },
  { u: '7', v: '8', w: '9' },
] as const;
const ab = list(row('id-aaa1', 'x'), row('id-bbb2', 'y'));
const six = list(row(6, 'x'), row(7, 'y'), row(8, 'z'));

describe.each([null, 'id', '/id'])('items without order that hold captured values, by %s', (key) => {
  it.each<readonly [string, pair: readonly [string, string], captured: readonly [Captured, Captured], string[]]>([
    ['in the same order', [ab, list(row('id-ccc3', 'x'), row('id-ddd4', 'y'))], ids, []],
    ['in another order', [ab, list(row('id-ddd4', 'y'), row('id-ccc3', 'x'))], ids, []],
    ['beside another difference', [ab, list(row('id-ddd4', 'y'), row('id-ccc3', 'z'))], ids, ['value /0/n']],
    [
      'beside what was there before',
      [list(row(1, 's'), ab.slice(1, -1)), list(row('id-ddd4', 'y'), row('id-ccc3', 'x'), row(1, 's'))],
      ids,
      [],
    ],
    [
      'numbers',
      [list(row(1, 'x'), row(2, 'y')), list(row(12, 'y'), row(11, 'x'))],
      [
        { u: '1', v: '2' },
        { u: '11', v: '12' },
      ],
      [],
    ],
    ['a number of which some are there on both sides', [six, list(row(9, 'z'), row(7, 'x'), row(8, 'y'))], serial, []],
    [
      'a path',
      [list(row('/a/1', 'x'), row('/a/2', 'y')), list(row('/a/12', 'y'), row('/a/11', 'x'))],
      [
        { u: '1', v: '2' },
        { u: '11', v: '12' },
      ],
      [],
    ],
    [
      'inside a text',
      [list(row('q id-aaa1', 'x'), row('q id-bbb2', 'y')), list(row('q id-ddd4', 'y'), row('q id-ccc3', 'x'))],
      ids,
      [],
    ],
    [
      'a number that is one by chance',
      [list(row(1, '5'), row(5, '1')), list(row(5, '1'), row(2, '5'))],
      [{ u: '1' }, { u: '2' }],
      [],
    ],
  ])('%s', (_, [a, b], [own, other], expected) => {
    expect(counting([a, b], [own, other], by(key))).toEqual(expected);
    expect(counting([b, a], [other, own], by(key))).toHaveLength(expected.length);
  });

  it('takes fifty thousand', () => {
    const items = (id: string) => Array.from({ length: 50_000 }, (_, n) => row(`q ${id} ${n}`, id));
    const [a, b] = [list(...items('id-aaa1')), list(...items('id-ccc3').reverse())];
    expect(counting([a, b], ids, by(key))).toEqual([]);
  });
});

it('counts items whose keys are captured values of two names', () => {
  const crossed = list(row('id-ddd4', 'x'));
  expect(counting([list(row('id-aaa1', 'x')), crossed], ids, by('id'))).toEqual(['missing /0', 'extra /0']);
  expect(counting([list(row('id-aaa1', 'x')), crossed], ids, by(null))).toEqual(['value /0/id']);
});

it('lines up items with captured values and shuffled items', () => {
  const tagged = (id: string, ...tags: readonly string[]) => JSON.stringify({ id, tags });
  const pair = [
    list(tagged('id-aaa1', 'x', 'id-aaa1'), tagged('id-bbb2', 'z', 'w')),
    list(tagged('id-ddd4', 'w', 'z'), tagged('id-ccc3', 'id-ccc3', 'x')),
  ] as const;
  expect(counting(pair, ids, by(null, '/**'))).toEqual([]);
});

it('leaves items alone that are equal as they are', () => {
  const captured = [{ u: '1' }, { u: '2' }] as const;
  for (const key of [null, 'id'])
    expect(counting([list(row(1, 'x'), row(2, 'x')), list(row(2, 'x'), row(1, 'x'))], captured, by(key))).toEqual([]);
});
