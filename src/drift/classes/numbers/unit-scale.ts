import { type ExactNumber, exactNumber, sameNumber } from '../../../json/number.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { sharedOf } from '../../kit/map-utils.ts';
import { numberNode, numberOf } from '../../kit/nodes.ts';

/** Powers of ten between units that APIs use: percent, milli, micro, nano. */
const powers = [2, 3, 6, 9, -2, -3, -6, -9] as const;

interface Scale {
  /** Power of ten, and whether a whole number ends in `.0`; all that fit. */
  readonly ways: readonly string[];
  /** Digits of the value, without its power of ten. */
  readonly seen: string;
}

const maxNumberLength = 60;

/** A number without an exponent: its digits, with a point where it belongs. */
function print({ negative, digits, exponent }: ExactNumber, suffix: boolean): string {
  const power = Number(exponent);
  const sign = negative ? '-' : '';
  if (power >= 0) return `${sign}${digits}${'0'.repeat(power)}${suffix ? '.0' : ''}`;
  const padded = digits.padStart(1 - power, '0');
  return `${sign}${padded.slice(0, power)}.${padded.slice(power)}`;
}

/** A number times a power of ten, printed; null where it is zero or too long to be a quantity. */
function scale(raw: string | null, way: string): string | null {
  if (raw === null || raw.length > maxNumberLength) return null;
  const number = exactNumber(raw);
  if (number === null || number.digits === '' || number.exponent > 30n || number.exponent < -30n) return null;
  const [power = '0', suffix] = way.split(' ');
  return print({ ...number, exponent: number.exponent + BigInt(power) }, suffix !== undefined);
}

const allWays = powers.flatMap((power) => [String(power), `${power} .0`]);

/** `0.25` and `25`, `3` and `3000`: the same quantity in another unit. */
const rule: DriftRule<Scale> = {
  id: 'unit-scale',
  learns: true,
  kinds: alike('number'),
  locate(a, b) {
    const [x, y] = [numberOf(a), numberOf(b)];
    if (x === null || y === null || x === y || sameNumber(x, y)) return null;
    const ways = allWays.filter((way) => scale(x, way) === y);
    return ways.length === 0 ? null : { ways, seen: exactNumber(x)!.digits };
  },
  rewrite(a, { ways: [way] }) {
    const scaled = scale(numberOf(a), way!);
    return scaled === null ? a : numberNode(scaled);
  },
  unite(found) {
    const ways = sharedOf(found.map((one) => one.ways));
    const seen = new Set(found.map((one) => one.seen));
    // One digit scaled is often chance.
    const isTelling = seen.size > 1 || found[0]!.seen.length > 1;
    return ways.length === 0 || !isTelling ? null : { ways, seen: found[0]!.seen };
  },
  evidence: ({ seen }) => seen,
  // A number that the factor does not explain speaks against it.
  clouds: ({ a, b }, { ways: [way] }) => {
    const scaled = scale(numberOf(a), way!);
    return scaled !== null && b.kind === 'number' && !sameNumber(scaled, b.raw);
  },
  owns: () => 'place',
  terms: ({ ways }) => ({ ways }),
  fixes({ ways: [way] }, { reference, candidate, key }) {
    const power = Number(way!.split(' ')[0]);
    const factor = `10^${Math.abs(power)}`;
    const name = fieldOf(key).rust('f64');
    return [
      { target: reference, text: `${power > 0 ? 'multiply' : 'divide'} by ${factor} before writing ${name}` },
      { target: candidate, text: `or ${power > 0 ? 'divide' : 'multiply'} by ${factor}, and name the unit in the key` },
    ];
  },
};

export const unitScale = defineClass({
  id: 'unit-scale',
  title: 'the same quantity in another unit: a power of ten lies between the numbers',
  severity: 'breaking',
  pass: 'quantity',
  evidence: 'observed',
  observedBetween: 'Go net/http and Express',
  page: {
    what: "Each number of the place is the other side's times the same power of ten: a fraction and a percentage, seconds and milliseconds.",
    example: [
      ['seconds', '{"took":1.25}'],
      ['milliseconds', '{"took":1250}'],
    ],
    why: [
      [
        'any',
        'a rewrite takes the unit of its own library: milliseconds in JavaScript and Java, seconds in Python, nanoseconds in Go',
      ],
      [
        'Rust',
        'Duration is written as seconds and nanoseconds; as_millis() and as_secs_f64() are a choice of each field',
      ],
    ],
    breaks: 'Clients are off by the factor, and nothing fails.',
    fix: [
      ['any', 'multiply on one side, and name the unit in the key: took_ms'],
      ['Rust', 'a newtype for each unit, or Duration with serde_with::DurationMilliSeconds<u64>'],
      ['Go', 'time.Duration with .Milliseconds() where it is written, never the bare int64'],
    ],
    proof:
      'One power of ten must turn every number of the place into the candidate number, digit by digit; one number alone makes a hypothesis, and one of a single digit nothing.',
    sources: ['https://pkg.go.dev/time#Duration'],
  },
  rule,
});
