import { describe, expect, it } from 'vitest';
import { defaultCompare } from '../../../src/config/rules.ts';
import { itemKeys } from '../../../src/noise/arrays/item-keys.ts';
import type { Sampled } from '../../../src/noise/evidence/self-diff.ts';
import { settle } from '../../../src/noise/subtract-noise.ts';
import { json, response, side } from '../../compare/exchanges.ts';

type Answers = readonly unknown[];

const asked = (name: string, answers: Answers): Sampled => {
  const [first, ...more] = answers.map((one) =>
    side(name, [typeof one === 'string' ? response({ body: one }) : json(JSON.stringify(one))]),
  );
  return { first: first!, more };
};

const keyIn = (rust: Answers, go: Answers, pointer = '') =>
  itemKeys([asked('rust', rust), asked('go', go)])({ exchange: 0, facet: 'body', pointer });

type Row = readonly [string, Answers, Answers, string | null];

const a1 = { sku: 'a', v: 1 };
const a2 = { sku: 'a', v: 2 };
const b1 = { sku: 'b', v: 1 };
const b2 = { sku: 'b', v: 2 };

describe('the items of a shuffled list are named', () => {
  it.each<Row>([
    [
      'by a member that tells them apart',
      [
        [a1, b2],
        [b1, a2],
      ],
      [
        [b1, a2],
        [b2, a1],
      ],
      '/sku',
    ],
    [
      'by a number',
      [
        [{ n: 1 }, { n: 2 }],
        [{ n: 2 }, { n: 1 }],
      ],
      [[{ n: 2 }, { n: 1 }]],
      '/n',
    ],
    [
      'by what most goes with, not by the place in the list',
      [
        [
          { rank: 1, sku: 'a', of: 'x' },
          { rank: 2, sku: 'b', of: 'y' },
        ],
        [
          { rank: 1, sku: 'b', of: 'y' },
          { rank: 2, sku: 'a', of: 'x' },
        ],
      ],
      [
        [
          { rank: 1, sku: 'b', of: 'y' },
          { rank: 2, sku: 'a', of: 'x' },
        ],
        [
          { rank: 1, sku: 'a', of: 'x' },
          { rank: 2, sku: 'b', of: 'y' },
        ],
      ],
      '/sku',
    ],
    [
      'by a member with a sign in its name',
      [[{ 'a/b': 'x' }, { 'a/b': 'y' }]],
      [[{ 'a/b': 'y' }, { 'a/b': 'x' }]],
      '/a~1b',
    ],
    [
      'where one side has an item more',
      [
        [a1, b1],
        [b2, a2],
      ],
      [[a1], [a2]],
      '/sku',
    ],
    ['not where each side has one more', [[a1, b1]], [[a1, { sku: 'c', v: 1 }]], null],
    ['not where two have one name', [[a1, a1]], [[a1, a1]], null],
    ['not where an item has none', [[{ sku: 'a' }, {}]], [[{ sku: 'a' }, {}]], null],
    [
      'not where names are generated',
      [
        [{ sku: 'a' }, { sku: 'b' }],
        [{ sku: 'c' }, { sku: 'a' }],
      ],
      [[{ sku: 'a' }, { sku: 'b' }]],
      null,
    ],
    ['not in a list of numbers', [[1, 2]], [[2, 1]], null],
    ['not in no list', [{ a: 1 }], [[a1]], null],
    ['not in an empty one', [[]], [[]], null],
    ['not in what is not JSON', ['x'], [[a1]], null],
  ])('%s', (_, rust, go, expected) => {
    expect([keyIn(rust, go), keyIn(go, rust)]).toEqual([expected, expected]);
  });

  it('in each of several lists', () => {
    const [rust, go] = [[[{ l: [a1, b1] }, { l: [a2] }]], [[{ l: [a1] }, { l: [b1, a1] }]]];
    expect([keyIn(rust, go, '/*/l'), keyIn(go, rust, '/*/l')]).toEqual(['/sku', '/sku']);
  });
});

/** What each answer says of three items, in another order each time. */
const shuffled = (...answers: readonly (readonly unknown[])[]): Answers =>
  answers.map((values, at) => {
    const all = values.map((v, n) => ({ symbol: 'xyz'[n], v }));
    return [...all.slice(at % 3), ...all.slice(0, at % 3)];
  });

describe('in a shuffled list each item is held against its like', () => {
  it.each<readonly [string, Answers, Answers, readonly string[]]>([
    [
      'noise',
      shuffled([11, 12, 13], [14, 15, 16], [17, 18, 19]),
      shuffled([21, 22, 23], [24, 25, 26], [27, 28, 29]),
      [],
    ],
    [
      'a number below zero in one of them',
      shuffled([11, 12, 13], [14, 15, 16], [17, 18, 19]),
      shuffled([21, -22, 23], [24, -25, 26], [27, -28, 29]),
      ['format /1/v'],
    ],
    [
      'a value that one of them says each time',
      shuffled([11, 12, 13], [14, 15, 16], [17, 18, 19]),
      shuffled([21, 42, 23], [42, 42, 21], [29, 42, 22]),
      ['value /1/v'],
    ],
    [
      'words in a text',
      shuffled(['1 ms x', '2 ms y', '3 ms z'], ['4 ms x', '5 ms y', '6 ms z'], ['7 ms x', '8 ms y', '9 ms z']),
      shuffled(['1 ms z', '2 ms y', '3 ms x'], ['4 ms z', '5 ms y', '6 ms x'], ['7 ms z', '8 ms y', '9 ms x']),
      ['format /0/v', 'format /2/v'],
    ],
  ])('%s', (_, rust, go, expected) => {
    const { comparison } = settle(asked('rust', rust), asked('go', go), defaultCompare);
    expect(comparison.divergences.map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual(expected);
  });
});
