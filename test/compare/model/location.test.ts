import { describe, expect, it } from 'vitest';
import { maxPointerLength } from '../../../src/compare/limits.ts';
import { below, belowItem, belowKey, type Location, rootLocation } from '../../../src/compare/model/location.ts';
import { read } from '../../json/documents.ts';

const long = (length: number) => `/${'x'.repeat(length - 1)}`;
const at = (a: string, b = a): Location => ({ a, b, depth: 5, cut: false });
const told = ({ a, b, depth, cut }: Location) => ({ a, b, depth, cut });

/** The place of the member named `key`, written now and written when it is asked for. */
function membersBelow(place: Location, key: string): Location[] {
  return [below(place, key), belowKey(place, read(JSON.stringify({ [key]: 1 })), 1)];
}

function itemsBelow(place: Location, a: number, b: number): Location[] {
  return [below(place, a, b), belowItem(place, a, b)];
}

describe('a place', () => {
  it.each<readonly [string, () => readonly Location[], Omit<Location, 'depth'>]>([
    ['of a member', () => membersBelow(at('/a'), 'b'), { a: '/a/b', b: '/a/b', cut: false }],
    ['of a key that needs escapes', () => membersBelow(at(''), '~/"'), { a: '/~0~1"', b: '/~0~1"', cut: false }],
    ['below items of other indices', () => membersBelow(at('/1', '/2'), 'b'), { a: '/1/b', b: '/2/b', cut: false }],
    ['of an item', () => itemsBelow(at('/a'), 3, 3), { a: '/a/3', b: '/a/3', cut: false }],
    ['of an item with another index', () => itemsBelow(at('/a'), 3, 14), { a: '/a/3', b: '/a/14', cut: false }],
    [
      'as long as may be',
      () => membersBelow(at(long(maxPointerLength - 2)), 'k'),
      { a: `${long(maxPointerLength - 2)}/k`, b: `${long(maxPointerLength - 2)}/k`, cut: false },
    ],
    [
      'of a key that makes it too long is the one around it',
      () => membersBelow(at(long(maxPointerLength - 1)), 'k'),
      { a: long(maxPointerLength - 1), b: long(maxPointerLength - 1), cut: true },
    ],
    [
      'too long on the reference alone too',
      () => membersBelow(at(long(maxPointerLength - 1), '/b'), 'k'),
      { a: long(maxPointerLength - 1), b: '/b', cut: true },
    ],
    [
      'and on the candidate alone',
      () => membersBelow(at('/a', long(maxPointerLength - 1)), 'k'),
      { a: '/a', b: long(maxPointerLength - 1), cut: true },
    ],
    [
      'of an index that makes it too long',
      () => itemsBelow(at('/a', long(maxPointerLength - 5)), 1, 123_456),
      { a: '/a', b: long(maxPointerLength - 5), cut: true },
    ],
    [
      'below one that was cut, however short it is',
      () => [
        ...membersBelow({ ...at('/a', '/b'), cut: true }, 'k'),
        ...itemsBelow({ ...at('/a', '/b'), cut: true }, 0, 1),
      ],
      { a: '/a', b: '/b', cut: true },
    ],
  ])('%s', (_, places, expected) => {
    for (const place of places()) expect(told(place)).toEqual({ ...expected, depth: 6 });
  });

  it('is one level below the other, whoever is asked first', () => {
    const document = read('{"key":1}');
    const outer = belowItem(rootLocation, 1, 2);
    const middle = belowKey(outer, document, 1);
    const inner = belowItem(middle, 0, 0);
    expect(told(inner)).toEqual({ a: '/1/key/0', b: '/2/key/0', depth: 3, cut: false });
    expect(told(belowKey(middle, document, 1))).toEqual({ a: '/1/key/key', b: '/2/key/key', depth: 3, cut: false });
    expect([told(outer), told(middle)]).toEqual([
      { a: '/1', b: '/2', depth: 1, cut: false },
      { a: '/1/key', b: '/2/key', depth: 2, cut: false },
    ]);
  });
});
