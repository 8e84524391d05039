import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameNumberAt } from '../../src/json/decimal.ts';
import { sameNumber } from '../../src/json/number.ts';
import { hasText, sameString, stringText } from '../../src/json/text.ts';
import { read } from './documents.ts';

const pair = (a: string, b: string) => [read(a), read(b)] as const;

describe('numbers where they stand in the source', () => {
  it.each([
    ['one digit', '1', '1', true],
    ['a fraction of zeros', '1', '1.000', true],
    ['zeros before the point', '1200', '1200.0', true],
    ['zeros at either end', '0.0120', '0.012', true],
    ['the point elsewhere', '12.3', '1.23', false],
    ['one digit more', '12.3', '12.30001', false],
    ['a shorter run of the same digits', '101', '10.1', false],
    ['a zero of either sign', '-0', '0.00', true],
    ['the sign', '-1.50', '1.5', false],
    ['an exponent on one side', '1e2', '100.0', true],
    ['an exponent on both', '1E+2', '10e1', true],
    ['an exponent of another power', '1e2', '10', false],
    ['beyond doubles', '9007199254740993.0', '9007199254740992', false],
  ])('%s: %s and %s', (_, a, b, expected) => {
    const [x, y] = pair(a, b);
    expect(sameNumberAt(x, 0, y, 0)).toBe(expected);
    expect(sameNumberAt(y, 0, x, 0)).toBe(expected);
  });

  it('are judged as their lexemes are', () => {
    const digits = fc.stringMatching(/^(?:0|[1-9]0{0,3}\d{0,2})$/);
    const fraction = fc.stringMatching(/^(?:|\.0{0,2}\d0{0,2})$/);
    const exponent = fc.constantFrom('', '', '', 'e1', 'E-2', 'e+0');
    const lexeme = fc.tuple(fc.constantFrom('', '-'), digits, fraction, exponent).map((parts) => parts.join(''));
    fc.assert(
      fc.property(lexeme, lexeme, (a, b) => {
        const [x, y] = pair(a, b);
        expect(sameNumberAt(x, 0, y, 0)).toBe(sameNumber(a, b));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('strings under other spelling', () => {
  it.each([
    ['a letter', '"é"', '"\\u00e9"', true],
    ['a letter in upper-case digits', '"é"', '"\\u00E9"', true],
    ['a pair of surrogates', '"😀"', '"\\ud83d\\ude00"', true],
    ['half a pair', '"\\ud83d"', '"\\ud83d\\ude00"', false],
    ['half a pair, and another escape', '"\\ud83d\\n"', '"\\uD83D\\u000a"', true],
    ['the halves the wrong way round', '"\\ude00\\ud83d"', '"\\ud83d\\ude00"', false],
    ['controls', '"\\b\\t\\n\\f\\r"', '"\\u0008\\u0009\\u000a\\u000c\\u000d"', true],
    ['signs that may be escaped', '"\\/\\"\\\\"', '"/\\u0022\\u005c"', true],
    ['a backslash that is escaped itself', '"\\\\u0041"', '"A"', false],
    ['NUL', '"\\u0000"', '""', false],
    [
      'the last code point of each length',
      '"\u007f\u07ff\uffff\u{10ffff}"',
      '"\\u007f\\u07ff\\uffff\\udbff\\udfff"',
      true,
    ],
  ])('%s: %s and %s', (_, a, b, expected) => {
    const [x, y] = pair(a, b);
    expect(sameString(x, 0, y, 0)).toBe(expected);
    expect(sameString(y, 0, x, 0)).toBe(expected);
    expect(stringText(x, 0) === stringText(y, 0)).toBe(expected);
  });

  it('a byte that is not UTF-8 is not a surrogate, though its bytes are the same', () => {
    const bytes = read(Buffer.from([0x22, 0x5c, 0x6e, 0xed, 0xa0, 0xbd, 0x22]));
    expect(sameString(bytes, 0, read('"\\n\\ud83d"'), 0)).toBe(false);
  });

  it('a name is found under any spelling, and in no longer one', () => {
    const found = ['"id"', '"\\u0069d"', '"idx"', '"i"', '"ID"'].map((text) => hasText(read(text), 0, 'id'));
    expect(found).toEqual([true, true, false, false, false]);
  });
});
