import { describe, expect, it } from 'vitest';
import { KeyMatcher, keyDifference, membersOf, timesText } from '../../../src/compare/json/object-members.ts';
import { items } from '../../../src/json/document.ts';
import { stringText } from '../../../src/json/text.ts';
import { read } from '../../json/documents.ts';

describe('how the keys of two objects differ', () => {
  it.each<readonly [string, string, string, ReturnType<typeof keyDifference>]>([
    ['escapes alone', '{"a":1}', '{"\\u0061":1}', 'spelling'],
    ['two that changed places', '{"a":1,"b":1}', '{"b":1,"a":1}', 'order'],
    ['a key more, the others in their order', '{"a":1,"b":1}', '{"a":1,"c":1,"b":1}', null],
    ['a key more, the others in another order', '{"a":1,"b":1}', '{"b":1,"c":1,"a":1}', 'order'],
    ['a key instead of another', '{"a":1,"b":1}', '{"a":1,"c":1}', null],
    ['how often a key is there', '{"a":1,"a":1}', '{"a":1}', null],
    ['as many, but of another key', '{"a":1,"a":1,"b":1}', '{"a":1,"b":1,"b":1}', null],
    ['a repeated key that moved behind another', '{"a":1,"a":1,"b":1}', '{"a":1,"b":1,"a":1}', 'order'],
    ['a repeated key that is spelled otherwise', '{"a":1,"b":1,"a":1}', '{"a":1,"b":1,"\\u0061":1}', 'spelling'],
  ])('%s', (_, a, b, expected) => {
    const [x, y] = [membersOf(read(a), 0), membersOf(read(b), 0)];
    expect([keyDifference(x, y), keyDifference(y, x)]).toEqual([expected, expected]);
  });

  it.each([
    [[3], 'once'],
    [[3, 5], '2 times'],
    [[1, 3, 5], '3 times'],
  ])('the keys %j are there %s', (keys, expected) => {
    expect(timesText(keys)).toBe(expected);
  });
});

/** Matches the items of two arrays, one pair after the other; of each the keys with the values they lead to, or null. */
function matchAll(a: string, b: string): (string[] | null)[] {
  const [x, y] = [read(a), read(b)];
  const matcher = new KeyMatcher(x, y);
  const others = items(y, 0);
  return items(x, 0).map((node, at) => {
    if (!matcher.match(node, others[at]!)) return null;
    const pairs = Array.from({ length: matcher.size }, (_, i) => matcher.pair(i));
    return pairs.map(
      ([i, j]) => `${stringText(x, i)}:${x.bytes[x.start[i + 1]!]! - 48}=${y.bytes[y.start[j + 1]!]! - 48}`,
    );
  });
}

const wide = (from: number, count: number) =>
  `{${Array.from({ length: count }, (_, at) => `"k${from + at}":${at % 10}`).join()}}`;

describe('the keys of small objects, one pair after the other', () => {
  it.each<readonly [string, a: string, b: string, readonly (readonly string[] | null)[]]>([
    ['none at all', '[{}]', '[{}]', [[]]],
    ['in another order', '[{"a":1,"b":2}]', '[{"b":3,"a":4}]', [['a:1=4', 'b:2=3']]],
    ['what comes after an object is not a key of it', '[{"a":1},{}]', '[{"a":2},{"b":3}]', [['a:1=2'], null]],
    ['one more in the second', '[{"a":1}]', '[{"a":1,"b":2}]', [null]],
    ['one more in the first', '[{"a":1,"b":2}]', '[{"a":1}]', [null]],
    ['a repeated key is matched once each', '[{"a":1,"a":2}]', '[{"a":3,"a":4}]', [['a:1=3', 'a:2=4']]],
    ['a repeated key against two', '[{"a":1,"a":2}]', '[{"a":3,"b":4}]', [null]],
    ['an escape is left to those who resolve it', '[{"\\u0061":1}]', '[{"\\u0061":1}]', [null]],
    [
      'the same keys again',
      '[{"a":1,"b":2},{"a":3,"b":4}]',
      '[{"b":5,"a":6},{"b":7,"a":8}]',
      [
        ['a:1=6', 'b:2=5'],
        ['a:3=8', 'b:4=7'],
      ],
    ],
    [
      'another order the second time',
      '[{"a":1,"b":2},{"a":3,"b":4}]',
      '[{"b":5,"a":6},{"a":7,"b":8}]',
      [
        ['a:1=6', 'b:2=5'],
        ['a:3=7', 'b:4=8'],
      ],
    ],
    ['one key less than before', '[{"a":1,"b":2},{"a":3}]', '[{"a":1,"b":2},{"a":3}]', [['a:1=1', 'b:2=2'], ['a:3=3']]],
    [
      'one key less on one side',
      '[{"a":1,"b":2},{"a":3}]',
      '[{"a":1,"b":2},{"a":3,"b":4}]',
      [['a:1=1', 'b:2=2'], null],
    ],
    ['one key more than before', '[{"a":1},{"a":2,"b":3}]', '[{"a":1},{"a":2,"b":3}]', [['a:1=1'], ['a:2=2', 'b:3=3']]],
    ['another last key', '[{"a":1,"b":2},{"a":3,"c":4}]', '[{"a":1,"b":2},{"a":3,"b":4}]', [['a:1=1', 'b:2=2'], null]],
    ['another first key', '[{"a":1,"b":2},{"c":3,"b":4}]', '[{"a":1,"b":2},{"a":3,"b":4}]', [['a:1=1', 'b:2=2'], null]],
    ['after a pair without a match', '[{"a":1},{"a":2},{"a":3}]', '[{"b":1},{"b":2},{"a":3}]', [null, null, ['a:3=3']]],
    [
      'after one that has an escape',
      '[{"a":1},{"\\n":2},{"a":3}]',
      '[{"a":1},{"a":2},{"a":3}]',
      [['a:1=1'], null, ['a:3=3']],
    ],
    [
      'as many as are few',
      `[${wide(0, 24)}]`,
      `[${wide(0, 24)}]`,
      [Array.from({ length: 24 }, (_, at) => `k${at}:${at % 10}=${at % 10}`)],
    ],
    ['one more than are few', `[${wide(0, 25)}]`, `[${wide(0, 25)}]`, [null]],
  ])('%s', (_, a, b, expected) => {
    expect(matchAll(a, b)).toEqual(expected);
  });
});
