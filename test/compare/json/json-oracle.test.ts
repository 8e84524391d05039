import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../src/compare/rules/compiled-rules.ts';
import { type CompareOptions, defaultCompare } from '../../../src/config/rules.ts';
import { chooser, compareTexts, runs } from '../model.ts';
import { listed, plainly } from '../oracle.ts';
import { respellText } from '../respell.ts';

const long = `1${'0123456789'.repeat(10)}`;
/** One row a value, spelled in many ways; neighbours differ in a sign, a digit or a power. */
const numbers = [
  ['0', '-0', '0.0', '-0.00', '0e5', '0E-99999999999999999999'],
  ['1', '1.0', '10e-1', '0.1E+01', '1e0', '100e-2'],
  ['-1', '-1.0', '-10e-1', '-0.01e2'],
  ['0.1', '0.10', '1e-1', '10E-02', '0.0001e3'],
  ['-0.1', '-1e-1', '-0.100'],
  ['100', '1e2', '1E+02', '100.00', '0.1e3', '10e1'],
  ['1e400', '10E399', '0.1e401'],
  ['1e500', '1E+500'],
  ['9007199254740992', '9007199254740992.0', '9.007199254740992e15'],
  ['9007199254740993', '9007199254740993e0', '90071992547409930E-1'],
  [long, `${long}.0`, `${long}0e-1`],
  [`${long}1`, `${long}1e0`],
  ['1e99999999999999999999', '10e99999999999999999998', '0.1E+100000000000000000000'],
  ['1e-4294967296', '10E-4294967297'],
  ['1e4294967296'],
  ['0.012', '12e-3', '0.0120'],
  ['1.2', '12E-1'],
  ['12', '1.2e1', '12.0'],
] as const;
const strings = [
  ['"a"', '"\\u0061"'],
  ['"b"'],
  ['"é"', '"\\u00e9"', '"\\u00E9"'],
  ['"😀"', '"\\ud83d\\ude00"', '"\\uD83D\\uDE00"'],
  ['"\\ud83d"', '"\\uD83D"'],
  ['"/"', '"\\/"', '"\\u002f"'],
  ['"\\n"', '"\\u000A"', '"\\u000a"'],
  ['"\\\\u0061"', '"\\u005cu0061"'],
  ['"1"', '"\\u0031"'],
  ['""'],
  ['"\u2028"', '"\\u2028"'],
] as const;
const spelled = (rows: readonly (readonly string[])[]) => fc.constantFrom(...rows.flat());
const scalar = fc.oneof(spelled(numbers), spelled(strings), fc.constantFrom('null', 'true', 'false'));
const key = fc.constantFrom('"a"', '"\\u0061"', '"b"', '"id"', '"\\u0069d"', '"name"', '"é"', '"\\u00e9"', '""');
const space = fc.constantFrom('', '', '', ' ');

const { text } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'text', withCrossShrink: true },
    scalar,
    fc.array(tie('text'), { maxLength: 6, depthIdentifier: 'text' }).map((items) => `[${items.join()}]`),
    fc
      .array(fc.tuple(key, space, tie('text')), { maxLength: 4, depthIdentifier: 'text' })
      .map((members) => `{${members.map(([name, gap, value]) => `${name}:${gap}${value}`).join()}}`),
  ),
}));
const list = fc.array(text, { maxLength: 8 }).map((items) => `[${items.join()}]`);
/** Items that a name may tell apart: in its order, out of it, one there twice, none. */
const named = fc
  .array(fc.tuple(fc.constantFrom('1', '2', '3', '9', '10', '11', '"1"', '"2"', '"a"', '"aa"', '"b"', '1.0'), scalar), {
    maxLength: 8,
  })
  .chain((rows) => {
    const ascending = [...rows].sort(([x], [y]) => Number(x) - Number(y) || (x < y ? -1 : 1));
    return fc.constantFrom(rows, ascending, [...new Map(ascending).entries()]);
  })
  .map((rows) => rows.map(([name, value]) => `{"id":${name},"v":${value}}`));
const namedList = named.map((items) => `[${items.join()}]`);
/** Two texts of which the second has much from the first: moved, spelled otherwise, left out, put in, twice. */
const related = fc.tuple(fc.oneof(list, text, namedList), fc.nat()).map(([one, number]) => {
  const choose = chooser(number);
  const spellings = [...numbers, ...strings];
  return [one, respellText(one, spellings, choose)] as const;
});
/** The same names on both sides, in step, whatever they name. */
const inStep = fc
  .array(fc.tuple(fc.constantFrom('1', '2', '10', '"a"', '"b"'), fc.constantFrom('1', '2'), fc.constantFrom('1', '2')))
  .map((rows) => [1, 2].map((side) => `[${rows.map((row) => `{"id":${row[0]},"v":${row[side]}}`).join()}]`))
  .map(([a, b]) => [a!, b!] as const);
const pair = fc.oneof({ weight: 3, arbitrary: related }, fc.tuple(list, list), inStep, fc.tuple(namedList, namedList));

const pointer = fc.constantFrom('', '/*', '/0', '/a', '/**', '/*/a', '/*/id', '/a/*', '/1/b');
const reason = fc.constant(null);
const unordered = fc.array(fc.record({ pointer, key: fc.constantFrom(null, null, 'id', 'a', '/a/b', '/0'), reason }), {
  maxLength: 2,
});
const keep = fc.constantFrom('value' as const, 'type' as const, 'nothing' as const);
const ignore = fc.array(fc.record({ pointer, keep, reason }), { maxLength: 2 });

function expectPlain(a: string, b: string, options: Partial<CompareOptions> = {}): void {
  const plain = plainly(a, b, compileRules({ ...defaultCompare, ...options }));
  const { divergences, lowest, omitted } = compareTexts(a, b, options);
  expect(listed(divergences)).toEqual(plain);
  const worst = (['shape', 'value', 'wire'] as const).find((rung) => plain.some((line) => line.endsWith(` ${rung}`)));
  expect({ lowest, omitted }).toEqual({ lowest: worst ?? null, omitted: 0 });
}

describe('the comparator finds what the plain one finds', () => {
  it.each([
    [
      'keys matched in one item are no match in a later one',
      '[{"a":1,"b":2},{"b":1,"\\u0061":1},{"b":1,"b":2}]',
      '[{"b":2,"a":1},{"b":1,"a":1},{"b":1,"a":2}]',
    ],
    ['an item moved, where neighbours differ in a sign and a digit', '[-1,0.1,false]', '[0.1,-1,false]'],
    ['an item that holds another in other brackets', '["a",[true,[]]]', '[[[true]]]'],
  ])('%s', (_, a, b) => {
    expectPlain(a, b);
    expectPlain(b, a);
  });

  it('without rules', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => expectPlain(a, b)),
      runs(2000),
    );
  });

  it('where the order of items is nothing, with a key and without', () => {
    fc.assert(
      fc.property(pair, unordered, ([a, b], rules) => expectPlain(a, b, { unordered: rules })),
      runs(2000),
    );
  });

  it('where values are ignored too', () => {
    fc.assert(
      fc.property(pair, unordered, ignore, ([a, b], rules, ignored) =>
        expectPlain(a, b, { unordered: rules, ignore: ignored }),
      ),
      runs(2000),
    );
  });
});
