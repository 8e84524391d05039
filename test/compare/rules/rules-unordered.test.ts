import { describe, expect, it } from 'vitest';
import { compareTexts } from '../model.ts';
import { type Row, rows } from '../rows.ts';

const by = (key: string | null, pointer = '/i') => ({ unordered: [{ pointer, key, reason: null }] });

describe('an unordered array with a key', () => {
  it.each<readonly [string, a: string, b: string, key: string, readonly Row[]]>([
    ['shuffled', '[{"k":1,"v":1},{"k":2,"v":2}]', '[{"k":2,"v":2},{"k":1,"v":1}]', 'k', []],
    [
      'a change is shown at its item',
      '[{"k":1,"v":1},{"k":2,"v":2}]',
      '[{"k":2,"v":9},{"k":1,"v":1}]',
      'k',
      [['value', '/i/1/v', 'value']],
    ],
    [
      'the key decides, not the value',
      '[{"k":"a","v":1},{"k":"b","v":2}]',
      '[{"k":"b","v":1},{"k":"a","v":2}]',
      'k',
      [
        ['value', '/i/0/v', 'value'],
        ['value', '/i/1/v', 'value'],
      ],
    ],
    [
      'a pointer inside the item',
      '[{"m":{"k":1},"v":1},{"m":{"k":2},"v":2}]',
      '[{"m":{"k":2},"v":2},{"m":{"k":1},"v":1}]',
      '/m/k',
      [],
    ],
    ['an index inside the item', '[["a",1],["b",2]]', '[["b",2],["a",1]]', '/0', []],
    [
      'a number in another spelling is the same key',
      '[{"k":1},{"k":2}]',
      '[{"k":2},{"k":1.0}]',
      'k',
      [['spelling', '/i/0/k', 'wire']],
    ],
    [
      'a number and its text are one key',
      '[{"k":1},{"k":2}]',
      '[{"k":2},{"k":"1"}]',
      'k',
      [['type', '/i/0/k', 'shape']],
    ],
    [
      'another key is another item',
      '[{"k":1,"v":1},{"k":2,"v":2}]',
      '[{"k":3,"v":1},{"k":2,"v":2}]',
      'k',
      [
        ['missing', '/i/0', 'value'],
        ['extra', '/i/0', 'value'],
      ],
    ],
    ['a key that is there twice', '[{"k":1,"v":1},{"k":1,"v":2}]', '[{"k":1,"v":1},{"k":1,"v":2}]', 'k', []],
    ['without the key by value', '[{"v":1},{"v":2},{"k":1}]', '[{"k":1},{"v":2},{"v":1}]', 'k', []],
    [
      'without the key the rest in order',
      '[{"v":1},{"v":2}]',
      '[{"v":2},{"v":3}]',
      'k',
      [['value', '/i/0/v', 'value']],
    ],
    ['scalars by value', '[1,2,3]', '[3,1,2]', 'k', []],
  ])('%s', (_, a, b, key, expected) => {
    const [x, y] = [`{"i":${a}}`, `{"i":${b}}`];
    expect(rows(compareTexts(x, y, by(key)))).toEqual(expected);
    expect(compareTexts(y, x, by(key)).divergences).toHaveLength(expected.length);
  });

  it.each([null, 'k', '/m/k'])('takes a hundred thousand shuffled items, by %s', (key) => {
    const items = Array.from({ length: 100_000 }, (_, i) => ({ k: `item-${i}`, m: { k: i }, v: i % 7 }));
    const other = items.map((_, i) => items[(i * 77_777) % items.length]!);
    expect(rows(compareTexts(JSON.stringify(items), JSON.stringify(other), by(key, '')))).toEqual([]);
  });

  it('takes items that all have one key', () => {
    const items = Array.from({ length: 50_000 }, (_, i) => ({ k: 1, v: i }));
    expect(rows(compareTexts(JSON.stringify(items), JSON.stringify(items.toReversed()), by('k', ''))).length).toBe(
      1000,
    );
  });
});

describe('unordered arrays inside arrays', () => {
  const at = (...pointers: readonly string[]) => ({
    unordered: pointers.map((pointer) => ({ pointer, key: null, reason: null })),
  });
  const tagged = ['[{"tags":["x","y"]},{"tags":["z","w"]}]', '[{"tags":["w","z"]},{"tags":["y","x"]}]'] as const;
  const nested = ['[[1,2],[3,[4,5]]]', '[[[5,4],3],[2,1]]'] as const;

  it.each<readonly [string, pair: readonly [string, string], pointers: readonly string[], readonly Row[]]>([
    ['members of items', tagged, ['', '/*/tags'], []],
    ['wherever they are', tagged, ['/**'], []],
    ['items', nested, ['/**'], []],
    ['items, level by level', nested, ['', '/*', '/*/*'], []],
    ['in an order that counts', tagged, ['/*/tags'], [['order', '', 'value']]],
    [
      'in an order that counts, in their places',
      ['[[1,2],[2,1],3]', '[[2,1],[1,2],4]'],
      ['/*'],
      [['value', '/2', 'value']],
    ],
    ['with an item twice', ['[["x","x"],[]]', '[[],["x","x"]]'], ['/**'], []],
    [
      'with another item twice',
      ['[["x","x","y"],["x","y","z"]]', '[["z","y","x"],["y","y","x"]]'],
      ['/**'],
      [['value', '/0/1', 'value']],
    ],
    ['with a key', ['[[{"k":1},{"k":2}],[{"k":3}]]', '[[{"k":3}],[{"k":2},{"k":1}]]'], ['', '/*'], []],
  ])('%s', (_, [a, b], pointers, expected) => {
    expect(rows(compareTexts(a, b, at(...pointers)))).toEqual(expected);
    expect(compareTexts(b, a, at(...pointers)).divergences).toHaveLength(expected.length);
  });

  it('beside values that are ignored', () => {
    const of = (...rows: readonly (readonly [number, readonly number[]])[]) =>
      JSON.stringify(rows.map(([id, tags]) => ({ id, tags })));
    const ignore = [{ pointer: '/*/id', keep: 'type' as const, reason: null }];
    const [a, b] = [of([1, [1, 2]], [2, [3, 4]]), of([3, [4, 3]], [4, [2, 1]])];
    expect(rows(compareTexts(a, b, { ...at('', '/*/tags'), ignore }))).toEqual([]);
  });

  it('takes a hundred thousand shuffled items with shuffled items', () => {
    const items = Array.from({ length: 100_000 }, (_, i) => ({ tags: [i, `${i}`, i % 7] }));
    const other = items.map((_, i) => ({ tags: items[(i * 77_777) % items.length]!.tags.toReversed() }));
    expect(rows(compareTexts(JSON.stringify(items), JSON.stringify(other), at('/**')))).toEqual([]);
  });
});

describe('an unordered array with numbers that may be near', () => {
  const near = (pointer: string) => ({
    unordered: [{ pointer: '/i', key: null, reason: null }],
    tolerance: [{ pointer, absolute: 0.01, relative: null, reason: null }],
  });

  it.each<readonly [string, pointer: string, a: string, b: string, readonly Row[]]>([
    ['numbers', '/i/*', '[1,2,3]', '[3.001,1.001,2.001]', []],
    ['numbers, one of them far', '/i/*', '[1,2,3]', '[3.001,1.5,2.001]', [['value', '/i/0', 'value']]],
    ['some the same', '/i/*', '[1,2,2,3]', '[2,3.001,1,1.999]', []],
    ['beyond what a double holds', '/i/*', '[1e400,2e400,1]', '[1.001,2e400,1e400]', []],
    [
      'members of items',
      '/i/*/p',
      '[{"s":"a","p":1},{"s":"b","p":2}]',
      '[{"s":"b","p":2.001},{"s":"a","p":1.001}]',
      [],
    ],
    [
      'members of items, one of them far',
      '/i/*/p',
      '[{"s":"a","p":1},{"s":"b","p":2}]',
      '[{"s":"b","p":2.001},{"s":"a","p":1.5}]',
      [['value', '/i/0/p', 'value']],
    ],
    ['another text beside it', '/i/*/p', '[{"s":"a","p":1}]', '[{"s":"b","p":1.001}]', [['value', '/i/0/s', 'value']]],
    [
      'at other places',
      '/x',
      '[1,2]',
      '[2.001,1.001]',
      [
        ['value', '/i/0', 'value'],
        ['value', '/i/1', 'value'],
      ],
    ],
  ])('%s', (_, pointer, a, b, expected) => {
    const [x, y] = [`{"i":${a}}`, `{"i":${b}}`];
    expect(rows(compareTexts(x, y, near(pointer)))).toEqual(expected);
    expect(compareTexts(y, x, near(pointer)).divergences).toHaveLength(expected.length);
  });
});
