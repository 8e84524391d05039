import { describe, expect, it } from 'vitest';
import { type Alignment, alignItems, pairByPosition } from '../../../src/compare/json/array-alignment.ts';
import { lazyHashes } from '../../../src/compare/json/hash.ts';
import { side } from '../../../src/compare/json/item-matching.ts';
import { read } from '../../json/documents.ts';

const sideOf = (text: string) => {
  const document = read(text);
  return side(document, 0, {
    hash: lazyHashes(document, () => () => 'value'),
    orderless: null,
    rough: null,
    alike: null,
  });
};

function aligned(a: string, b: string, key: string | null = null): Alignment {
  return alignItems(sideOf(a), sideOf(b), { ordered: key === null, key, noiseJudge: false });
}

/** For each item of the first array the index of its partner. */
const partners = (a: string, b: string, key: string | null = null) => [...aligned(a, b, key).partner];

/** Arrays that end with these items, behind a hundred that are all the same. */
const long = (...ends: readonly (readonly number[])[]) =>
  JSON.stringify(ends.map((end) => [...Array(100).fill(0), ...end]));

describe('items are partners', () => {
  it.each<readonly [string, string, string, readonly number[]]>([
    [
      'by the first member that names them all',
      '[{"id":1,"v":1},{"id":2,"v":1}]',
      '[{"id":2,"v":2},{"id":1,"v":2}]',
      [1, 0],
    ],
    [
      'by the name, where the ids are generated',
      '[{"id":1,"name":"x"},{"id":2,"name":"y"}]',
      '[{"id":3,"name":"y"},{"id":4,"name":"x"}]',
      [1, 0],
    ],
    [
      'by the name, where one has no id in the first',
      '[{"id":1,"name":"x"},{"name":"y"}]',
      '[{"id":1,"name":"y"},{"id":2,"name":"x"}]',
      [1, 0],
    ],
    [
      'by the name, where one has no id in the second',
      '[{"id":1,"name":"x"},{"id":2,"name":"y"}]',
      '[{"id":1,"name":"y"},{"name":"x"}]',
      [1, 0],
    ],
    [
      'by the name, where one id is an object',
      '[{"id":1,"name":"x"},{"id":2,"name":"y"}]',
      '[{"id":1,"name":"y"},{"id":{},"name":"x"}]',
      [1, 0],
    ],
    [
      'by the name, where an id is there twice in the first',
      '[{"id":1,"name":"x"},{"id":1,"name":"y"}]',
      '[{"id":1,"name":"y"},{"id":2,"name":"x"}]',
      [1, 0],
    ],
    [
      'by the name, where an id is there twice in the second',
      '[{"id":1,"name":"x"},{"id":2,"name":"y"}]',
      '[{"id":1,"name":"y"},{"id":1,"name":"x"}]',
      [1, 0],
    ],
    ['not by what only looks like a member', '[["id",1,0],["id",2,0]]', '[["id",2,1],["id",1,1]]', [0, 1]],
    [
      'by value, where the same id is there twice in the same order',
      '[{"id":1,"x":1},{"x":2,"id":1}]',
      '[{"id":1,"x":2},{"x":1,"id":1}]',
      [1, 0],
    ],
    [
      'by value, where an id is there twice, further down',
      '[{"id":1,"x":0},{"id":2,"x":1},{"x":2,"id":2}]',
      '[{"id":1,"x":9},{"id":2,"x":2},{"x":1,"id":2}]',
      [0, 2, 1],
    ],
    [
      'by value, where two spellings of an id are there',
      '[{"id":"a","x":1},{"x":2,"id":"\\u0061"}]',
      '[{"id":"a","x":2},{"x":1,"id":"\\u0061"}]',
      [1, 0],
    ],
    [
      'by value, where two spellings of a number are there',
      '[{"id":1,"x":1},{"x":2,"id":1.0}]',
      '[{"id":1,"x":2},{"x":1,"id":1.0}]',
      [1, 0],
    ],
    [
      'by value, where an id comes again behind another',
      '[{"id":1,"x":1},{"id":2,"x":2},{"x":3,"id":1}]',
      '[{"id":1,"x":3},{"id":2,"x":2},{"x":1,"id":1}]',
      [2, 1, 0],
    ],
    [
      'by value, where a longer id comes again',
      '[{"id":10,"x":1},{"id":9,"x":2},{"x":3,"id":10}]',
      '[{"id":10,"x":3},{"id":9,"x":2},{"x":1,"id":10}]',
      [2, 1, 0],
    ],
    [
      'by value, where a text comes again behind another',
      '[{"id":"ab","x":1},{"id":"b","x":2},{"x":3,"id":"ab"}]',
      '[{"id":"ab","x":3},{"id":"b","x":2},{"x":1,"id":"ab"}]',
      [2, 1, 0],
    ],
    ['by position, where nothing tells them apart', '[[1],[2]]', '[[3],[4]]', [0, 1]],
  ])('%s', (_, a, b, expected) => {
    expect(partners(a, b)).toEqual(expected);
    expect(partners(b, a)).toEqual(expected.map((_, j) => expected.indexOf(j)));
  });

  it.each<readonly [string, key: string, string, string, readonly number[]]>([
    ['a member', 'k', '[{"k":1,"v":1},{"k":2,"v":2}]', '[{"k":2,"v":3},{"k":1,"v":4}]', [1, 0]],
    [
      'a member behind others',
      'k',
      '[{"v":1,"w":1,"k":1},{"v":2,"k":2}]',
      '[{"v":3,"k":2},{"v":4,"w":1,"k":1}]',
      [1, 0],
    ],
    ['of members with one key the last', 'k', '[{"k":1,"k":2},{"k":2,"k":1}]', '[{"k":0,"k":1},{"k":0,"k":2}]', [1, 0]],
    [
      'a member of a member',
      '/m/k',
      '[{"m":{"k":1},"v":1},{"m":{"k":2},"v":2}]',
      '[{"m":{"k":2},"v":3},{"m":{"k":1},"v":4}]',
      [1, 0],
    ],
    ['a key with a slash in it', 'm/', '[{"m/":1,"v":1},{"m/":2,"v":2}]', '[{"m/":2,"v":3},{"m/":1,"v":4}]', [1, 0]],
    ['an item by its index', '/0', '[["a",1],["b",2]]', '[["b",3],["a",4]]', [1, 0]],
    ['an item by an index of three digits', '/100', long([1, 1], [2, 1]), long([2, 2], [1, 2]), [1, 0]],
    ['no item by an index with a zero in front', '/01', '[[0,"a",1],[0,"b",2]]', '[[0,"b",3],[0,"a",4]]', [0, 1]],
    ['no item by an index that is not a number', '/x', '[["a",1],["b",2]]', '[["b",3],["a",4]]', [0, 1]],
    ['no item beyond the end', '/2', '[["a",1],["b",2]]', '[["b",3],["a",4]]', [0, 1]],
    ['nothing below a scalar', '/k/m', '[{"k":1},{"k":2}]', '[{"k":3},{"k":1}]', [1, 0]],
    ['nothing below what is not there', '/x/y/z', '[{"k":1},{"k":2}]', '[{"k":3},{"k":1}]', [1, 0]],
    ['nothing in a scalar', 'k', '[1,"k"]', '["k",2]', [1, 0]],
    ['those without a name in order', 'k', '[{"v":1},{"k":1},{"v":2}]', '[{"v":3},{"v":4},{"k":1}]', [0, 2, 1]],
    ['those without a name by value first', 'k', '[{"v":1},{"v":2}]', '[{"v":2},{"v":3}]', [1, 0]],
    [
      'a number and its text are one',
      'k',
      '[{"k":12,"v":1},{"k":"-3","v":2}]',
      '[{"k":-3,"v":3},{"k":"12","v":4}]',
      [1, 0],
    ],
    [
      'a text that spells a number otherwise is another',
      'k',
      '[{"k":1,"v":1},{"k":"1.0","v":2}]',
      '[{"k":"1.0","v":3},{"k":1,"v":4}]',
      [1, 0],
    ],
    [
      'a text with a zero in front is another',
      'k',
      '[{"k":1,"v":1},{"k":"01","v":2}]',
      '[{"k":"01","v":3},{"k":1,"v":4}]',
      [1, 0],
    ],
    [
      'a text of letters is another',
      'k',
      '[{"k":0,"v":1},{"k":"a","v":2},{"k":"b","v":3}]',
      '[{"k":"b","v":4},{"k":"a","v":5},{"k":0,"v":6}]',
      [2, 1, 0],
    ],
    [
      'a text that begins with a number is another',
      'k',
      '[{"k":1,"v":1},{"k":"1a","v":2}]',
      '[{"k":"1a","v":3},{"k":1,"v":4}]',
      [1, 0],
    ],
    [
      'two that have one name, first come first served',
      'k',
      '[{"k":1,"v":1},{"k":1,"v":2}]',
      '[{"k":1,"v":2},{"k":1,"v":1}]',
      [0, 1],
    ],
    ['others than these are left over', 'k', '[{"k":1},{"k":2}]', '[{"k":2},{"k":3}]', [-1, 0]],
  ])('by what a rule names: %s', (_, key, a, b, expected) => {
    expect(partners(a, b, key)).toEqual(expected);
  });

  it.each<readonly [string, string, string, Omit<Alignment, 'partner'>]>([
    ['left over on both sides', '[1,2,3]', '[2,3,4]', { missing: [0], extra: [2], moved: false, named: false }],
    ['moved', '[1,2,3]', '[3,1,2]', { missing: [], extra: [], moved: true, named: false }],
    [
      'moved, with names',
      '[{"id":1,"v":1},{"id":2}]',
      '[{"id":2},{"id":1}]',
      { missing: [], extra: [], moved: true, named: true },
    ],
    ['none on one side', '[]', '[1,2]', { missing: [], extra: [0, 1], moved: false, named: false }],
  ])('or not: %s', (_, a, b, expected) => {
    expect(aligned(a, b)).toMatchObject(expected);
  });

  it.each<readonly [number, number, readonly number[], Omit<Alignment, 'partner'>]>([
    [2, 2, [0, 1], { missing: [], extra: [], moved: false, named: false }],
    [3, 1, [0, -1, -1], { missing: [1, 2], extra: [], moved: false, named: false }],
    [1, 3, [0], { missing: [], extra: [1, 2], moved: false, named: false }],
    [0, 1, [], { missing: [], extra: [0], moved: false, named: false }],
  ])('by position: %i and %i', (a, b, partner, expected) => {
    const found = pairByPosition(a, b);
    expect([...found.partner]).toEqual(partner);
    expect(found).toMatchObject(expected);
  });
});
