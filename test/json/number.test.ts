import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactNumber, numberKey, sameNumber } from '../../src/json/number.ts';

/** The number as numerator and denominator, unbounded: slow, but plain. */
function rational(text: string): readonly [numerator: bigint, denominator: bigint] {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const power = BigInt(exponent) - BigInt(fraction.length);
  const digits = BigInt(whole.replace('-', '') + fraction);
  const signed = whole.startsWith('-') ? -digits : digits;
  return power >= 0n ? [signed * 10n ** power, 1n] : [signed, 10n ** -power];
}

function equalRationals(a: string, b: string): boolean {
  const [[p, q], [r, s]] = [rational(a), rational(b)];
  return p * s === r * q;
}

const digits = fc.string({ unit: fc.constantFrom(...'00012359'), minLength: 1, maxLength: 6 });
const integer = digits.map((text) => text.replace(/^0+(?=\d)/, ''));
const lexeme = fc
  .tuple(
    fc.constantFrom('', '-'),
    integer,
    fc.option(digits),
    fc.option(fc.tuple(fc.constantFrom('', '+', '-'), fc.nat(12))),
  )
  .map(([sign, whole, fraction, exponent]) => {
    const power = exponent === null ? '' : `e${exponent[0]}${exponent[1]}`;
    return `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${power}`;
  });

/** Another spelling of the same number. */
const respelled = fc.tuple(lexeme, fc.integer({ min: -5, max: 5 }), fc.nat(3)).map(([text, shift, zeros]) => {
  const [mantissa = '', exponent = '0'] = text.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const grown = shift > 0 ? fraction.padEnd(shift, '0') : fraction;
  const moved = shift > 0 ? `${whole}${grown.slice(0, shift)}` : whole;
  const rest = `${shift > 0 ? grown.slice(shift) : grown}${'0'.repeat(zeros)}`;
  const trimmed = moved.replace(/^(-?)0+(?=\d)/, '$1');
  const power = Number(exponent) - Math.max(shift, 0);
  return [text, `${trimmed}${rest === '' ? '' : `.${rest}`}E${power}`] as const;
});

describe('numbers are compared exactly', () => {
  it.each([
    ['a fraction of zeros', '1.0', '1', true],
    ['an exponent', '1E2', '100', true],
    ['an exponent with plus', '1e+2', '100', true],
    ['a negative exponent', '15e-1', '1.5', true],
    ['minus zero', '-0', '0', true],
    ['zeros of all kinds', '-0.000e99', '0e-5', true],
    ['zeros of any exponent', `0e${'9'.repeat(9000)}`, '0', true],
    ['zeros at the end', '120', '12e1', true],
    ['zeros after the point', '0.10', '0.1', true],
    ['a shifted point', '0.00012e5', '12', true],
    ['an exponent with leading zeros', '1e0002', '1e2', true],
    ['a long way round', `1${'0'.repeat(300)}`, '1e300', true],
    ['big integers off by one', '9007199254740993', '9007199254740992', false],
    ['bigger integers off by one', '18446744073709551616', '18446744073709551615', false],
    ['a big integer and its double', '9007199254740993', '9007199254740993.0', true],
    ['beyond doubles', '1e400', '1e500', false],
    ['beyond doubles, equal', '1e400', '10e399', true],
    ['below doubles', '1e-400', '0', false],
    ['a digit that doubles drop', '0.1', '0.10000000000000000001', false],
    ['signs', '1', '-1', false],
    ['a power of ten', '1', '10', false],
    ['digits in another order', '12', '21', false],
    ['huge exponents, equal', `1e${'9'.repeat(100)}`, `10e${'9'.repeat(99)}8`, true],
    ['huge exponents, off by one', `1e${'9'.repeat(100)}`, `1e${'9'.repeat(99)}8`, false],
    ['exponents too long to read, spelled alike', `1e${'9'.repeat(9000)}`, `1e${'9'.repeat(9000)}`, true],
    ['exponents too long to read, spelled otherwise', `1e${'9'.repeat(9000)}`, `1e${'9'.repeat(9001)}`, false],
  ])('%s', (_, a, b, same) => {
    expect(sameNumber(a, b)).toBe(same);
    expect(sameNumber(b, a)).toBe(same);
    expect(numberKey(a) === numberKey(b)).toBe(same);
  });

  it('as rationals are, for any two', () => {
    fc.assert(
      fc.property(lexeme, lexeme, (a, b) => {
        const same = equalRationals(a, b);
        expect(sameNumber(a, b)).toBe(same);
        expect(numberKey(a) === numberKey(b)).toBe(same);
      }),
      { numRuns: 3000 },
    );
  });

  it('as rationals are, for one number in two spellings and its neighbours', () => {
    fc.assert(
      fc.property(respelled, fc.boolean(), ([a, b], near) => {
        expect(equalRationals(a, b)).toBe(true);
        expect(sameNumber(a, b)).toBe(true);
        expect(numberKey(a)).toBe(numberKey(b));
        const other = near
          ? b.replace('E', b.includes('.') ? '1E' : '.1E')
          : b.replace(/E(.*)/, (_, power) => `E${Number(power) + 1}`);
        expect(sameNumber(a, other)).toBe(equalRationals(a, other));
      }),
      { numRuns: 2000 },
    );
  });

  it('for integers as BigInt has them', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: -2n, max: 2n }), (number, step) => {
        expect(sameNumber(String(number), String(number + step))).toBe(step === 0n);
      }),
    );
  });

  it.each(['', 'x', '1.', '.5', '+1', '0x1', '1e', ' 1', '1\n', 'Infinity', '-'])(
    'knows what is not a number: %j',
    (text) => {
      expect(exactNumber(text)).toBeNull();
    },
  );

  it('takes digits without zeros at either end and the power of ten of the last', () => {
    expect(exactNumber('-0012.3400e5'.replace('00', ''))).toEqual({ negative: true, digits: '1234', exponent: 3n });
    expect(exactNumber('-0.0')).toEqual({ negative: false, digits: '', exponent: 0n });
  });

  it('does not choke on a megabyte of digits', () => {
    const [zeros, nines] = ['0'.repeat(1_000_000), '9'.repeat(1_000_000)];
    expect(sameNumber(`1${zeros}`, `1${zeros}.0`)).toBe(true);
    expect(sameNumber(`0.${zeros}1`, `0.${zeros}2`)).toBe(false);
    expect(sameNumber(`${nines}.5`, `${nines}.50`)).toBe(true);
    expect(sameNumber(`1e${nines}`, `1e${nines}0`)).toBe(false);
  });
});
