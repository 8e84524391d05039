import { describe, expect, it } from 'vitest';
import { chooser, compareTexts } from '../model.ts';
import { expectBothWays, type Row, rows } from '../rows.ts';

describe('the shape rung', () => {
  it.each<readonly [string, string, string, readonly Row[]]>([
    ['does not count lengths', '[1,2]', '[1,2,3]', [['extra', '/2', 'value']]],
    ['does not count an array that is empty', '{"a":[]}', '{"a":[{"x":1}]}', [['extra', '/a/0', 'value']]],
    ['does not count positions', '[1,"a"]', '["a",1]', [['order', '', 'value']]],
    [
      'does not count which item has which kind',
      '[1,"a",1]',
      '["a","b",1]',
      [
        ['missing', '/0', 'value'],
        ['extra', '/1', 'value'],
      ],
    ],
    ['counts an element shape of its own', '[1]', '[1,"a"]', [['extra', '/1', 'shape']]],
    ['counts null among strings', '["a"]', '["a",null]', [['extra', '/1', 'shape']]],
    [
      'counts a key that only some items have, if the other side has none such',
      '[{"a":1}]',
      '[{"a":1},{"a":1,"b":1}]',
      [['extra', '/1', 'shape']],
    ],
    [
      'does not count a key of an item if both sides have such items',
      '[{"a":1},{"a":1,"b":2},{"a":5}]',
      '[{"a":1,"b":3},{"a":1,"b":2},{"a":5}]',
      [['extra', '/0/b', 'value']],
    ],
    ['does not count inside nested arrays that agree', '[[1],["a"]]', '[[1],["a","b"]]', [['extra', '/1/1', 'value']]],
    [
      'counts below an array that agrees with nothing',
      '{"a":[{"x":1}]}',
      '{"a":[{"y":1}]}',
      [
        ['missing', '/a/0/x', 'shape'],
        ['extra', '/a/0/y', 'shape'],
      ],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(rows(compareTexts(a, b))).toEqual(expected);
    expect(compareTexts(b, a).lowest).toBe(compareTexts(a, b).lowest);
  });
});

const list = (items: readonly unknown[]) => JSON.stringify(items);
const records = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: i, name: `record ${i}`, tags: ['a', i % 7] }));

describe('items are lined up', () => {
  it.each<readonly [string, string, string, readonly Row[]]>([
    ['an item in front', '[2,3]', '[1,2,3]', [['extra', '/0', 'value']]],
    ['an item at the end', '[1,2]', '[1,2,3]', [['extra', '/2', 'value']]],
    ['an item in between', '[1,3]', '[1,2,3]', [['extra', '/1', 'value']]],
    ['the first gone', '[1,2,3]', '[2,3]', [['missing', '/0', 'value']]],
    [
      'a window that slides',
      '[1,2,3]',
      '[2,3,4]',
      [
        ['missing', '/0', 'value'],
        ['extra', '/2', 'value'],
      ],
    ],
    ['one changed', '[1,2,3]', '[1,9,3]', [['value', '/1', 'value']]],
    [
      'all changed',
      '[1,2]',
      '[3,4]',
      [
        ['value', '/0', 'value'],
        ['value', '/1', 'value'],
      ],
    ],
    ['two swapped', '[1,2]', '[2,1]', [['order', '', 'value']]],
    ['one of equals less', '[1,1,1]', '[1,1]', [['missing', '/2', 'value']]],
    [
      'equal values spelled otherwise, and one in front',
      '[1.0,"A"]',
      '[true,1,"\\u0041"]',
      [
        ['extra', '/0', 'shape'],
        ['spelling', '/0', 'wire'],
        ['spelling', '/1', 'wire'],
      ],
    ],
    [
      'by a member that names them',
      '[{"id":1,"x":1},{"id":2,"x":2}]',
      '[{"id":0,"x":0},{"id":1,"x":9},{"id":2,"x":2}]',
      [
        ['extra', '/0', 'value'],
        ['value', '/0/x', 'value'],
      ],
    ],
    [
      'moved and changed, by a member that names them',
      '[{"id":1,"x":1},{"id":2,"x":2}]',
      '[{"id":2,"x":2},{"id":1,"x":9}]',
      [
        ['order', '', 'value'],
        ['value', '/0/x', 'value'],
      ],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(rows(compareTexts(a, b))).toEqual(expected);
  });

  it.each<readonly [string, one: string, other: string]>([
    ['a number', '1', '1'],
    ['a number of many digits', '12345678901234567890', '12345678901234567890'],
    ['a number in two spellings', '1', '1.0'],
    ['a number with an exponent', '10', '1e1'],
    ['a number below zero', '-1', '-1'],
    ['a text', '"a"', '"a"'],
    ['a text in two spellings', '"a"', '"\\u0061"'],
    ['a number and its text', '1', '"1"'],
    ['a number and its text, the other way round', '"1"', '1'],
  ])('not by a member that is there twice: %s', (_, one, other) => {
    const [x, y] = [`{"id":${one},"name":"x","v":1}`, `{"id":${other},"name":"y","v":2}`];
    const [moved, changed] = [`{"id":${one},"name":"y","v":2}`, `{"id":${other},"name":"x","v":3}`];
    const found = rows(compareTexts(`[${x},${y}]`, `[${moved},${changed}]`));
    expect(found.filter(([kind, , rung]) => rung === 'value' && kind !== 'type')).toEqual([
      ['order', '', 'value'],
      ['value', '/0/v', 'value'],
    ]);
  });

  it.each<readonly [string, ids: readonly string[], others: readonly string[], missing: number, extra: number]>([
    ['numbers', ['1', '2', '3'], ['1', '3', '4'], 1, 2],
    ['numbers of other lengths', ['9', '10', '11'], ['9', '11', '100'], 1, 2],
    ['texts', ['"a"', '"b"', '"c"'], ['"a"', '"c"', '"d"'], 1, 2],
    ['texts that begin alike', ['"a"', '"ab"', '"abc"'], ['"a"', '"abc"', '"b"'], 1, 2],
    ['numbers that go down', ['3', '2', '1'], ['3', '1', '0'], 1, 2],
    ['numbers and texts', ['1', '"b"', '"c"'], ['1', '"c"', '"d"'], 1, 2],
  ])('by a member whose values go on otherwise: %s', (_, ids, others, missing, extra) => {
    const items = (names: readonly string[], v: number) => `[${names.map((id) => `{"v":${v},"id":${id}}`).join()}]`;
    const found = rows(compareTexts(items(ids, 1), items(others, 2)));
    expect(found.slice(0, 2)).toEqual([
      ['missing', `/${missing}`, 'value'],
      ['extra', `/${extra}`, 'value'],
    ]);
    expect(found.slice(2)).toEqual([
      ['value', '/0/v', 'value'],
      ['value', '/2/v', 'value'],
    ]);
  });

  it('an index is that of the side that has the item, and of the reference for a pair', () => {
    const [a, b] = ['[{"id":1,"x":1},{"id":2,"x":2}]', '[{"id":0,"x":0},{"id":1,"x":9},{"id":2,"x":2}]'];
    expect(rows(compareTexts(a, b))).toEqual([
      ['extra', '/0', 'value'],
      ['value', '/0/x', 'value'],
    ]);
    expect(rows(compareTexts(b, a))).toEqual([
      ['missing', '/0', 'value'],
      ['value', '/1/x', 'value'],
    ]);
  });

  it('one insertion at the head of 10,000 records is one divergence', () => {
    const all = records(10_000);
    expectBothWays(list(all.slice(1)), list(all), [['extra', '/0', 'value']]);
  });

  it('one insertion at the head of 10,000 records that all changed is one more', () => {
    const all = records(10_000);
    const changed = all.slice(1).map((record) => ({ ...record, name: 'x' }));
    const { divergences, omitted } = compareTexts(list(changed), list(all));
    expect(divergences.length + omitted).toBe(10_000);
    expect(divergences[0]).toMatchObject({ kind: 'extra', pointer: '/0' });
  });

  it('5,000 records in another order are one divergence', () => {
    const all = records(5000);
    const choose = chooser(7);
    const mixed = all.map((record) => [choose(1 << 30), record] as const).sort(([x], [y]) => x - y);
    expectBothWays(list(all), list(mixed.map(([, record]) => record)), [['order', '', 'value']]);
  });

  it('20,000 equal items and 20,000 others take no longer', () => {
    const { omitted, divergences } = compareTexts(list(Array(20_000).fill(0)), list(Array(20_000).fill([0])));
    expect(omitted + divergences.length).toBe(20_000);
  });
});

describe('shapes by the thousand', () => {
  it('are told apart in bounded time', () => {
    const items = (offset: number) => Array.from({ length: 10_000 }, (_, i) => ({ [`k${i + offset}`]: 1 }));
    expect(compareTexts(list(items(0)), list(items(5000))).lowest).toBe('shape');
    const nested = (offset: number) => Array.from({ length: 10_000 }, (_, i) => ({ k: [{ [`k${i + offset}`]: 1 }] }));
    expect(compareTexts(list(nested(0)), list(nested(5000))).lowest).toBe('shape');
  });

  it('agree if they are the same, however many', () => {
    const items = Array.from({ length: 10_000 }, (_, i) => ({ k: [{ [`k${i}`]: 1 }] }));
    expect(compareTexts(list(items), list([...items, items[0]])).lowest).toBe('value');
  });
});
