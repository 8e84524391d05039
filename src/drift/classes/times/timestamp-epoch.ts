import { defineClass } from '../../definition/define-class.ts';
import { either } from '../../kit/kinds.ts';
import { isInteger, numberNode, numberOf } from '../../kit/nodes.ts';
import { type Notation, translating } from '../../kit/notation.ts';
import type { Instant } from '../../kit/timestamp.ts';
import { text } from './times.ts';

/** Seconds since 1970 of the years 1990 to 2100: other numbers are not times. */
const earliest = 631_152_000n * 1_000_000_000n;

const latest = 4_102_444_800n * 1_000_000_000n;

function plausible(instant: bigint): bigint | null {
  return instant >= earliest && instant <= latest ? instant : null;
}

function whole(unit: string, nanos: bigint, recipe: Notation<Instant>['recipe']): Notation<Instant> {
  return {
    name: unit,
    read(node) {
      const raw = numberOf(node);
      return raw === null || raw.length > 20 || !isInteger(raw) ? null : plausible(BigInt(raw) * nanos);
    },
    writers: { '': (instant) => (instant % nanos === 0n ? numberNode(String(instant / nanos)) : null) },
    recipe,
  };
}

const units: readonly Notation<Instant>[] = [
  whole(
    'seconds',
    1_000_000_000n,
    (field) =>
      `seconds since 1970: ${field.rust('DateTime<Utc>', 'with = "chrono::serde::ts_seconds"')} in Rust, t.Unix() in Go`,
  ),
  whole(
    'milliseconds',
    1_000_000n,
    (field) =>
      `milliseconds since 1970: ${field.rust('DateTime<Utc>', 'with = "chrono::serde::ts_milliseconds"')} in Rust, t.UnixMilli() in Go, Date.getTime() in JavaScript`,
  ),
  whole(
    'microseconds',
    1000n,
    (field) =>
      `microseconds since 1970: ${field.rust('DateTime<Utc>', 'with = "chrono::serde::ts_microseconds"')} in Rust, t.UnixMicro() in Go`,
  ),
  whole(
    'nanoseconds',
    1n,
    (field) =>
      `nanoseconds since 1970: ${field.rust('DateTime<Utc>', 'with = "chrono::serde::ts_nanoseconds"')} in Rust, t.UnixNano() in Go`,
  ),
];

function decimalSeconds(instant: Instant, length: number | null): string | null {
  const digits = String(instant % 1_000_000_000n).padStart(9, '0');
  const fraction = length === null ? digits.replace(/0{1,9}$/, '') || '0' : digits.slice(0, length);
  return /[1-9]/.test(digits.slice(fraction.length)) ? null : `${instant / 1_000_000_000n}.${fraction}`;
}

const decimalWriters = Object.fromEntries(
  [null, 3, 6, 9].map((length) => [
    String(length ?? 'trimmed'),
    (instant: Instant) => {
      const digits = decimalSeconds(instant, length);
      return digits === null ? null : numberNode(digits);
    },
  ]),
);

/** Seconds with a fraction. */
const decimal: Notation<Instant> = {
  name: 'decimal',
  read(node) {
    const match = /^(\d{1,11})\.(\d{1,9})$/.exec(numberOf(node) ?? '');
    return match === null ? null : plausible(BigInt(match[1]!) * 1_000_000_000n + BigInt(match[2]!.padEnd(9, '0')));
  },
  writers: decimalWriters,
  recipe: () =>
    'seconds with a fraction: datetime.timestamp() in Python, SerializationFeature.WRITE_DATES_AS_TIMESTAMPS of Jackson 2 in Java',
};

/** `1700000000` and `"2023-11-14T22:13:20Z"`. */
const rule = translating('timestamp-epoch', {
  kinds: either(['string'], ['number']),
  notations: [text, ...units, decimal],
  learns: true,
  between: (from, to) => from === 'text' || to === 'text',
});

export const timestampEpoch = defineClass({
  id: 'timestamp-epoch',
  title: 'a time is a number on one side and text on the other',
  severity: 'breaking',
  pass: 'time',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Javalin',
  page: {
    what: 'One side counts seconds, milliseconds, microseconds or nanoseconds since 1970, the other writes RFC 3339.',
    example: [
      ['Rust (ts_seconds), many older APIs', '{"at":1700000000}'],
      ['Go (time.Time)', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      [
        'Java',
        'Jackson 2 writes seconds with nine digits of a fraction, and milliseconds for java.util.Date, unless WRITE_DATES_AS_TIMESTAMPS is off',
      ],
      ['Rust', 'chrono::serde::ts_seconds and its kin'],
      ['JavaScript', 'Date.now() counts milliseconds'],
    ],
    breaks: 'Typed decoders refuse the other kind; a wrong unit is off by a thousand.',
    fix: [
      ['Java', 'SerializationFeature.WRITE_DATES_AS_TIMESTAMPS off'],
      ['Rust', 'no with = "chrono::serde::…"'],
      ['Go', 't.Unix(), t.UnixMilli()'],
    ],
    proof:
      'Unit and spelling are learned: one pair of them must give the candidate body in all samples, exactly. One time alone makes a hypothesis.',
    flips: ['Jackson 3 and Spring Boot have WRITE_DATES_AS_TIMESTAMPS off'],
    sources: [
      'https://docs.rs/chrono/latest/chrono/serde/index.html',
      'https://github.com/FasterXML/jackson-databind/issues/4845',
    ],
  },
  rule,
});
