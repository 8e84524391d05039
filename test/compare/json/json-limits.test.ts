import { describe, expect, it } from 'vitest';
import { maxExcerptLength } from '../../../src/compare/limits.ts';

import { compareTexts } from '../model.ts';
import { type Row, rows } from '../rows.ts';

const list = (items: readonly unknown[]) => JSON.stringify(items);

describe('what a divergence shows', () => {
  it('is the source on one line, short, controls written out', () => {
    const [found] = compareTexts('{"a":{"x": "\u202e\u007f\\n" ,\n "y":[ 1 ]}}', '{"a":1}').divergences;
    expect(found).toMatchObject({ reference: '{"x":"\\u{202e}\\x7f\\n","y":[1]}', candidate: '1' });
  });

  it('is the part of two long texts that differs', () => {
    const [a, b] = [`["${'é'.repeat(5000)}1"]`, `["${'é'.repeat(5000)}2"]`];
    const [found] = compareTexts(a, b).divergences;
    expect(found!.reference).toMatch(/^…é+1"$/);
    expect(found!.candidate).toMatch(/^…é+2"$/);
  });

  it('is never long', () => {
    const big = `{"k":[${'"\u0001\u202e",'.replace('\u0001', '').repeat(5000)}0]}`;
    for (const { reference, candidate } of compareTexts(big, '{"k":{}}').divergences)
      for (const text of [reference, candidate]) expect(text!.length).toBeLessThanOrEqual(maxExcerptLength);
  });

  it('is found although a megabyte of white space comes before it', () => {
    const space = ' '.repeat(1_000_000);
    const nest = (leaf: string) => `${'{"b":1,"a":'.repeat(300)}${space}${leaf}${'}'.repeat(300)}`;
    const other = nest('1').replaceAll('{"b":1,"a":', '{"b":2,"a":');
    expect(compareTexts(nest('1'), other).divergences).toHaveLength(300);
  });

  it('comes in document order, outer places first', () => {
    const a = '{"z":1,"a":{"k":1,"c":[1,2]},"m":1}';
    const b = '{"z":2,"a":{"k":2,"c":[2,2]},"m":2,"n":1}';
    expect(rows(compareTexts(a, b)).map(([, pointer]) => pointer)).toEqual(['/n', '/z', '/a/k', '/a/c/0', '/m']);
  });
});

describe('many divergences', () => {
  it('are counted beyond a thousand of one rung', () => {
    const found = compareTexts(
      list(Array.from({ length: 2500 }, (_, i) => i)),
      list(Array.from({ length: 2500 }, (_, i) => -i - 1)),
    );
    expect(found).toMatchObject({ omitted: 1500, lowest: 'value' });
    expect(found.divergences).toHaveLength(1000);
  });

  it('of a higher rung do not push a graver one out', () => {
    const spellings = Array.from({ length: 3000 }, (_, i) => `"k${i}":1.0`).join();
    const found = compareTexts(`{${spellings},"last":1}`, `{${spellings.replaceAll('1.0', '1')},"last":2}`);
    expect(found.divergences.filter((one) => one.rung === 'value')).toMatchObject([{ pointer: '/last' }]);
    expect(found.lowest).toBe('value');
  });

  it('of text that is only spelled otherwise keep their places beside others', () => {
    expect(rows(compareTexts('{"a":"\\u0041","b":1}', '{"a":"A","b":2}'))).toEqual([
      ['spelling', '/a', 'wire'],
      ['value', '/b', 'value'],
    ]);
  });
});

describe('beyond the spellings that are listed', () => {
  const members = (one: string, ...rest: readonly string[]) =>
    `{${Array.from({ length: 1001 }, (_, i) => `"k${i}":${one}`).join()},${rest.join()}}`;

  it.each<readonly [string, string, string, readonly Row[]]>([
    ['one more is counted', '1.0', '1', []],
    ['an escape more is counted', '"\\u0061"', '"a"', []],
    ['another value is found', '1', '2', [['value', '/z', 'value']]],
    ['another text is found', '"a"', '"b"', [['value', '/z', 'value']]],
    ['another type is found', '"1"', '1', [['type', '/z', 'shape']]],
    ['true and false are told apart', 'true', 'false', [['value', '/z', 'value']]],
    ['another value is found further down', '[1]', '[2]', [['value', '/z/0', 'value']]],
    ['a number that reads like an item is found', '[1]', '1', [['type', '/z', 'shape']]],
  ])('%s', (_, a, b, expected) => {
    const found = compareTexts(members('1.0', `"z":${a}`), members('1', `"z":${b}`));
    expect(rows(found).filter(([, , rung]) => rung !== 'wire')).toEqual(expected);
    expect(found.divergences.length + found.omitted).toBe(1002);
    expect(found.divergences.filter(({ rung }) => rung === 'wire')).toHaveLength(1000);
  });
});

describe('deep nests', () => {
  const arrays = (depth: number, leaf: string) => `${'['.repeat(depth)}${leaf}${']'.repeat(depth)}`;
  const objects = (depth: number, leaf: string) => `${'{"a":'.repeat(depth)}${leaf}${'}'.repeat(depth)}`;

  it.each([
    ['arrays', arrays, '/0'],
    ['objects', objects, '/a'],
  ] as const)('of a million levels are compared to the bottom: %s', (_, nest, step) => {
    const found = compareTexts(nest(1_000_000, '1'), nest(1_000_000, '2'));
    expect(rows(found)).toEqual([['value', expect.stringMatching(/^(?:\/[0a])+$/), 'value']]);
    expect(found.divergences[0]!.pointer.length).toBeLessThanOrEqual(4000);
    expect(compareTexts(nest(100, '1'), nest(100, '"1"')).divergences).toMatchObject([
      { kind: 'type', pointer: step.repeat(100) },
    ]);
  });

  it('pair items by their values down to two hundred levels, and by their positions below', () => {
    const [deep, deeper] = ['/0'.repeat(200), '/0'.repeat(201)];
    expect(rows(compareTexts(arrays(200, '[7,8]'), arrays(200, '[6,7,8]')))).toEqual([['extra', `${deep}/0`, 'value']]);
    expect(rows(compareTexts(arrays(201, '[7,8]'), arrays(201, '[6,7,8]')))).toEqual([
      ['extra', `${deeper}/2`, 'value'],
      ['value', `${deeper}/0`, 'value'],
      ['value', `${deeper}/1`, 'value'],
    ]);
    expect(rows(compareTexts(arrays(201, '[6,7,8]'), arrays(201, '[7]')))).toEqual([
      ['missing', `${deeper}/1`, 'value'],
      ['missing', `${deeper}/2`, 'value'],
      ['value', `${deeper}/0`, 'value'],
    ]);
  });

  it('take linear time with a rule, a structural difference at each level, and both', () => {
    const nest = (item: string) => `${'['.repeat(100_000)}0${`,${item}]`.repeat(100_000)}`;
    const ignore = [{ pointer: '/**/never', keep: 'nothing', reason: null }] as const;
    const found = compareTexts(nest('1'), nest('"1"'), { ignore });
    expect(found.divergences).toHaveLength(1000);
    expect(found.omitted).toBe(99_000);
    expect(found.lowest).toBe('shape');
  });

  it('with a thousand differences at the bottom do not repeat their long pointer for each', () => {
    const members = (value: number) => `{${Array.from({ length: 1000 }, (_, i) => `"k${i}":${value}`).join()}}`;
    const { divergences } = compareTexts(arrays(100_000, members(1)), arrays(100_000, members(2)));
    expect(divergences).toHaveLength(1000);
    expect(Math.max(...divergences.map((one) => one.pointer.length))).toBeLessThanOrEqual(4000);
  });

  it('with a key of a megabyte stand at the object around it', () => {
    const key = 'k'.repeat(1_000_000);
    expect(rows(compareTexts(`{"a":{"${key}":1}}`, `{"a":{"${key}":2}}`))).toEqual([['value', '/a', 'value']]);
  });
});

it('what differs at a place of its own is listed behind a thousand others, first at each', () => {
  const list = (count: number, item: (at: number) => object) => Array.from({ length: count }, (_, at) => item(at));
  const body = (price: number, late: number, total: string) =>
    JSON.stringify({ items: list(1500, (at) => ({ price, late: at < 1200 ? 0 : late })), other: [1, 2, price], total });
  const found = compareTexts(body(1, 0, 'a'), body(2, 1, 'b'));
  const shapes = new Set(found.divergences.map(({ pointer }) => pointer.replace(/\d+/, '*')));
  expect([...shapes]).toEqual(['/items/*/price', '/items/*/late', '/other/*', '/total']);
  expect(found.divergences).toHaveLength(1003);
  expect(found.divergences.length + found.omitted).toBe(1500 + 300 + 2);
});
