import { describe, expect, it } from 'vitest';
import { freshIn, permutedIn, shortIn, shuffledValues } from '../../../src/noise/arrays/reordered-items.ts';
import type { At, Both, Sampled } from '../../../src/noise/evidence/self-diff.ts';
import { json, response, side } from '../../compare/exchanges.ts';

const asked = (name: string, answers: readonly unknown[]): Sampled => {
  const [first, ...more] = answers.map((one) =>
    side(name, [typeof one === 'string' ? response({ body: one }) : json(JSON.stringify(one))]),
  );
  return { first: first!, more };
};
type Answers = readonly unknown[];
const both = (rust: Answers, go: Answers): Both<Sampled> => [asked('rust', rust), asked('go', go)];
const at = (pointer: string): At => ({ exchange: 0, facet: 'body', pointer });

/** Lists of items with these values at `/v`; the ids are the items' places, or another each time. */
const list = (...values: readonly unknown[]) => values.map((v, id) => ({ id, v }));
const bare = (...values: readonly unknown[]) => values.map((v) => ({ v }));

describe('the values at a place are there again, in other items', () => {
  it.each<[string, Answers, Answers, string, boolean]>([
    ['where they are', [bare(1, 2, 2), bare(2, 1, 2)], [bare(2, 2, 1), bare(1, 2, 2)], '/*/v', true],
    ['not where one side has others', [bare(1, 2), bare(2, 1)], [bare(2, 1), bare(1, 3)], '/*/v', false],
    [
      'not where they come as often in one alone',
      [bare(1, 2, 2), bare(2, 1, 1)],
      [bare(1, 2), bare(2, 1)],
      '/*/v',
      false,
    ],
    [
      'not where the items stay, as what tells them apart does',
      [list(1, 2), list(2, 1)],
      [list(1, 2), list(2, 1)],
      '/*/v',
      false,
    ],
    [
      'where what stays is the same in all of them',
      [bare(1, 2), bare(2, 1)].map((all) => all.map((one) => ({ kind: 'x', ...one }))),
      [bare(1, 2), bare(2, 1)].map((all) => all.map((one) => ({ kind: 'x', ...one }))),
      '/*/v',
      true,
    ],
    ['in a list of one, for all that shows', [bare(1), bare(1)], [bare(1), bare(1)], '/*/v', true],
    ['not where nothing is', [bare(1, 2), bare(2, 1)], [bare(2, 1), bare(1, 2)], '/*/w', false],
    ['not outside of lists', [{ v: 1 }, { v: 1 }], [{ v: 1 }, { v: 1 }], '/v', false],
    [
      'not where an object stands in the place of the list',
      [{ l: bare(1, 2) }, { l: { a: 1 } }],
      [{ l: bare(1, 2) }, { l: bare(2, 1) }],
      '/l/*/v',
      false,
    ],
    ['not in what is not JSON', ['x', 'y'], ['y', 'x'], '/*/v', false],
    [
      'in lists within lists',
      [{ g: [{ l: bare(1, 2) }] }, { g: [{ l: bare(2, 1) }] }],
      [{ g: [{ l: bare(2, 1) }] }, { g: [{ l: bare(1, 2) }] }],
      '/g/*/l/*/v',
      true,
    ],
  ])('%s', (_, rust, go, pointer, expected) => {
    expect(permutedIn(both(rust, go))(at(pointer))).toBe(expected);
    expect(permutedIn(both(go, rust))(at(pointer))).toBe(expected);
  });

  it('is looked for at fifty places', () => {
    const is = permutedIn(both([bare(1, 2), bare(2, 1)], [bare(1, 2), bare(2, 1)]));
    for (let n = 0; n < 49; n += 1) is(at(`/*/${n}`));
    expect([is(at('/*/v')), is(at('/*/v')), is(at('/*/w'))]).toEqual([true, true, false]);
  });
});

it.each<[string, Answers, Answers, string, readonly string[]]>([
  [
    'in rows',
    [
      [
        [1, 'a'],
        [5, 'b'],
      ],
      [
        [6, 'b'],
        [2, 'a'],
      ],
    ],
    [
      [
        [3, 'c'],
        [7, 'b'],
      ],
      [
        [8, 'b'],
        [4, 'c'],
      ],
    ],
    '/*/*',
    ['"a"', '"c"'],
  ],
  [
    'in a list',
    [
      ['a', 'b', 1],
      ['b', 2, 'a'],
    ],
    [
      ['b', 3, 'c'],
      ['c', 'b', 4],
    ],
    '/*',
    ['"a"', '"c"'],
  ],
  [
    'not where they are the same',
    [
      ['a', 'b', 1],
      ['b', 2, 'a'],
    ],
    [
      ['b', 3, 'a'],
      ['a', 'b', 4],
    ],
    '/*',
    [],
  ],
  [
    'not where they stay',
    [
      ['a', 'b', 1],
      ['a', 'b', 2],
    ],
    [
      ['c', 'b', 3],
      ['c', 'b', 4],
    ],
    '/*',
    [],
  ],
  ['not outside of lists', [{ v: 1 }, { v: 2 }], [{ v: 2 }, { v: 3 }], '/v', []],
])('values of one side alone that stand in other items each time: %s', (_, rust, go, pointer, expected) => {
  expect([...shuffledValues(both(rust, go))(at(pointer))].sort()).toEqual(expected);
  expect([...shuffledValues(both(go, rust))(at(pointer))].sort()).toEqual(expected);
});

it.each<[string, Answers, Answers, boolean]>([
  ['five items on both sides', [[1, 2, 3, 4, 5]], [[1, 2, 3, 4, 5]], true],
  ['not six on one', [[1, 2, 3, 4, 5]], [[1, 2, 3, 4, 5, 6]], false],
  ['nor on the other', [[1, 2, 3, 4, 5, 6]], [[1]], false],
  ['not what is not JSON', ['x'], [[1]], false],
])('may come in one order by chance: %s', (_, rust, go, expected) => {
  expect(shortIn(both(rust, go))(at(''))).toBe(expected);
});

describe('what stands in a list is new in each answer', () => {
  it.each<[string, Answers, Answers, string, boolean]>([
    ['where both count', [bare(1, 2), bare(3, 4)], [bare(2, 3), bare(4, 5)], '/*/v', true],
    [
      'not where one shows one again',
      [bare(1, 2), bare(3, 4), bare(5, 1)],
      [bare(2, 3), bare(4, 5), bare(6, 7)],
      '/*/v',
      false,
    ],
    [
      'not where both show the same at first, in any order',
      [bare(1, 2), bare(3, 4)],
      [bare(2, 1), bare(7, 8)],
      '/*/v',
      false,
    ],
    ['where one shows a part of it', [bare(1, 2), bare(3, 4)], [bare(1), bare(7, 8)], '/*/v', true],
    ['not where one shows nothing', [bare(1, 2), bare(3, 4)], [bare(2, 3), []], '/*/v', false],
    ['not outside of lists', [{ v: 1 }, { v: 2 }], [{ v: 2 }, { v: 3 }], '/v', false],
  ])('%s', (_, rust, go, pointer, expected) => {
    expect(freshIn(both(rust, go))(at(pointer))).toBe(expected);
    expect(freshIn(both(go, rust))(at(pointer))).toBe(expected);
  });

  it('of a body alone', () => {
    const is = freshIn(both([bare(1, 2), bare(3, 4)], [bare(2, 3), bare(4, 5)]));
    expect(is({ ...at('/*/v'), facet: 'headers' })).toBe(false);
  });
});
