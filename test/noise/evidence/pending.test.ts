import { expect, it } from 'vitest';
import { type CompareOptions, defaultCompare } from '../../../src/config/rules.ts';
import type { Response } from '../../../src/http/exchange.ts';
import type { Sampled } from '../../../src/noise/evidence/self-diff.ts';
import { settle } from '../../../src/noise/subtract-noise.ts';
import { json, response, side } from '../../compare/exchanges.ts';

const asked = (name: string, answers: readonly Response[]): Sampled => {
  const [first, ...more] = answers.map((answer) => side(name, [answer]));
  return { first: first!, more };
};
const bodies = (...all: readonly unknown[]): Response[] => all.map((one) => json(JSON.stringify(one)));
const headers = (...all: readonly string[]): Response[] =>
  all.map((path) => response({ headers: [['location', `/${path}`]], body: 'x' }));

const openFor = (rust: readonly Response[], go: readonly Response[], options: Partial<CompareOptions> = {}) =>
  settle(asked('rust', rust), asked('go', go), { ...defaultCompare, ...options }).open.map(({ at, moves, most }) => [
    'kind' in at ? at.kind : null,
    at.pointer,
    moves,
    most,
  ]);

const abc = ['a', 'b', 'c'];
const cab = ['c', 'a', 'b'];
/** Items by their ids, with two values each. */
const items = (...all: readonly (readonly [v: number, w: number])[]) => ({
  l: all.map(([v, w], id) => ({ id, v, w })),
});
const at = (second: number) => ({ time: new Date(1_790_000_000_000 + second * 1000).toISOString() });

it.each<[string, readonly Response[], readonly Response[], readonly unknown[]]>([
  ['nothing of a match', bodies({ a: 1 }), bodies({ a: 1 }), []],
  ['a value, not yet asked again', bodies({ a: 1 }), bodies({ a: 2 }), [['value', '/a', false, 4]]],
  ['a value', bodies({ a: 1 }, { a: 1 }), bodies({ a: 2 }, { a: 2 }), [['value', '/a', false, 4]]],
  ['a value of a header', headers('a', 'a'), headers('b', 'b'), [['value', '/location', false, 4]]],
  ['no other type', bodies({ a: 1 }, { a: 1 }), bodies({ a: '1' }, { a: '1' }), []],
  ['no member that is missing', bodies({ a: 1 }, { a: 1 }), bodies({}, {}), []],
  [
    'no value under another status code, nor that',
    [response({ status: 200, body: 'a' }), response({ status: 200, body: 'a' })],
    [response({ status: 404, body: 'b' }), response({ status: 404, body: 'b' })],
    [],
  ],
  [
    'a value that varies on one side, where it says a few things',
    bodies({ a: 1 }, { a: 1 }, { a: 1 }, { a: 1 }),
    bodies({ a: 2 }, { a: 3 }, { a: 2 }, { a: 1 }),
    [['value', '/a', true, 12]],
  ],
  [
    'and on the other, where it says more',
    bodies({ a: 2 }, { a: 3 }, { a: 4 }, { a: 5 }),
    bodies({ a: 1 }, { a: 1 }, { a: 1 }, { a: 1 }),
    [['value', '/a', true, 4]],
  ],
  ['a header that varies on one side', headers('a', 'a'), headers('b', 'c'), [['value', '/location', true, 12]]],
  ['a member that is there at times', bodies({ a: 1 }, { a: 1 }), bodies({}, { a: 1 }), [['missing', '/a', true, 12]]],
  [
    'what stays the same beside noise',
    bodies({ s: 'x 1 y 1' }, { s: 'x 1 y 2' }),
    bodies({ s: 'x 2 y 3' }, { s: 'x 2 y 4' }),
    [['value', '/s', true, 12]],
  ],
  ['times a moment apart', bodies(at(0), at(0)), bodies(at(5), at(5)), [['value', '/time', true, 4]]],
  ['times further apart', bodies(at(0), at(0)), bodies(at(900), at(900)), [['value', '/time', false, 4]]],
  ['a list in another order', bodies(abc, abc), bodies(cab, cab), [['order', '', true, 4]]],
  [
    'what a list lacks and has instead, where one side has something else there each time',
    bodies({ l: [{ id: 1, w: 1 }] }, { l: [{ id: 1, w: 2 }] }),
    bodies({ l: [{ id: 2, u: 1 }] }, { l: [{ id: 2, u: 1 }] }),
    expect.arrayContaining([
      ['missing', '/l/0/w', true, 4],
      ['extra', '/l/0/u', true, 4],
    ]) as never,
  ],
  [
    'the same values at other places, where one side has something else there each time',
    bodies(items([1, 7], [2, 7]), items([1, 7], [2, 8])),
    bodies(items([2, 7], [1, 7]), items([2, 7], [1, 7])),
    [
      ['value', '/l/0/v', true, 4],
      ['value', '/l/1/v', true, 4],
    ],
  ],
  [
    'the same values at other places, where nothing moves',
    bodies(items([1, 7], [2, 7]), items([1, 7], [2, 7])),
    bodies(items([2, 7], [1, 7]), items([2, 7], [1, 7])),
    [
      ['value', '/l/0/v', false, 4],
      ['value', '/l/1/v', false, 4],
    ],
  ],
  [
    'other values, where one side has something else there each time',
    bodies(items([1, 7], [2, 7]), items([1, 7], [2, 8])),
    bodies(items([2, 7], [3, 7]), items([2, 7], [3, 7])),
    [
      ['value', '/l/0/v', false, 4],
      ['value', '/l/1/v', false, 4],
    ],
  ],
])('is open: %s', (_, rust, go, expected) => {
  expect(openFor(rust, go)).toEqual(expected);
});

it('is open only what counts', () => {
  expect(openFor(bodies({ a: 1 }), bodies({ a: 2 }), { level: 'shape' })).toEqual([]);
});
