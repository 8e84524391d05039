import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DiffRow, diffRows } from '../../../src/report/document/diff-rows.ts';
import { printLines, sketchJson } from '../../../src/report/document/json-lines.ts';

const drawn = (rows: readonly DiffRow[]): readonly string[] =>
  rows.map(({ left, right, same }) => `${same ? '=' : '!'} ${left?.trim() ?? '-'} | ${right?.trim() ?? '-'}`);

describe('two bodies side by side', () => {
  test.each([
    [
      'equal members are aligned, whatever their order',
      '{"a":1,"b":2}',
      '{"b":2,"a":3}',
      ['= { | {', '! "a": 1, | "a": 3', '= "b": 2 | "b": 2,', '= } | }'],
    ],
    [
      'a wrapper and a flat object',
      '{"S":{"f":1}}',
      '{"K":"s"}',
      ['= { | {', '! "S": { | "K": "s"', '! "f": 1 | -', '! } | -', '= } | }'],
    ],
    [
      'a removed item moves the others up',
      '[{"id":"a"},{"id":"b"}]',
      '[{"id":"b"}]',
      ['= [ | [', '! { | -', '! "id": "a" | -', '! }, | -', '= { | {', '= "id": "b" | "id": "b"', '= } | }', '= ] | ]'],
    ],
    [
      'numbers keep their spelling',
      '[1.0,9007199254740993]',
      '[1,9007199254740992]',
      ['= [ | [', '! 1.0, | 1,', '! 9007199254740993 | 9007199254740992', '= ] | ]'],
    ],
    ['another kind of value', '{"a":[]}', '{"a":null}', ['= { | {', '! "a": [] | "a": null', '= } | }']],
    ['text is compared by lines', 'a\nb\nc', 'a\nx\nc', ['= a | a', '! b | x', '= c | c']],
    ['one side without a body', '', 'x', ['!  | x']],
  ])('%s', (_, left, right, rows) => {
    expect(drawn(diffRows(left, right))).toEqual(rows);
  });

  test.each([
    ['an added __proto__', '{"a":1}', '{"a":1,"__proto__":{"x":1}}', '__proto__'],
    ['a changed constructor', '{"constructor":1}', '{"constructor":2}', 'constructor'],
    ['a toString key', '{"toString":1}', '{"toString":2}', 'toString'],
    ['a key that the differ uses', '{"_t":"a"}', '{"_t":"b"}', '_t'],
    ['a key that is there twice', '{"a":1,"a":2}', '{"a":2}', '"a": 1'],
  ])('%s is drawn, not hidden', (_, left, right, shown) => {
    const changed = diffRows(left, right).filter(({ same }) => !same);
    expect(JSON.stringify(changed.flatMap((row) => [row.left, row.right]))).toContain(
      JSON.stringify(shown).slice(1, -1),
    );
  });

  test('what is too deep or too large to align is shown as lines', () => {
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    const large = JSON.stringify(Array.from({ length: 30_000 }, () => 'abc'));
    expect(diffRows(deep, '[]')).toEqual([{ left: deep, right: '[]', same: false }]);
    expect(diffRows(large, '[]')).toHaveLength(1);
  });

  test('a long list is not aligned item by item, and nothing of it is lost', () => {
    const list = (from: number): string =>
      JSON.stringify(Array.from({ length: 5000 }, (_, index) => ({ id: from + index })));
    expect(diffRows(list(0), list(1)).filter(({ left }) => left !== null)).toHaveLength(15_002);
  });

  test('no line of either body is lost or made up', () => {
    const key = fc.constantFrom('a', 'b', 'id', 'toString', '__proto__', '_t', 'ü');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, fc.integer(), fc.constantFrom('x', null, true), tie('list'), tie('map')),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((pairs) => Object.fromEntries(pairs)),
    }));
    const lines = (text: string): readonly string[] => {
      const sketch = sketchJson(text);
      return sketch === null ? [] : printLines(sketch);
    };
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
        const rows = diffRows(left, right);
        expect(rows.map((row) => row.left).filter((line) => line !== null)).toEqual(lines(left));
        expect(
          rows
            .map((row) => row.right)
            .filter((line) => line !== null)
            .sort(),
        ).toEqual([...lines(right)].sort());
        if (left === right) expect(rows.every(({ same }) => same)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
