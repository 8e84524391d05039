import { type JsonNode, stringNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike, either } from '../../kit/kinds.ts';
import { isInteger, numberNode, numberOf, textOf } from '../../kit/nodes.ts';
import { type Notation, translating } from '../../kit/notation.ts';
import { respelling } from '../../kit/respelling.ts';
import { structForms } from '../../kit/struct-forms.ts';
import { dateForms, displayForms, httpForms } from '../../kit/time-forms.ts';
import { listForms } from '../../kit/time-lists.ts';
import { fractions, type Instant, instantOf, printStamp, readStamp, stampOf } from '../../kit/timestamp.ts';

const zones = ['Z', '+00:00'];

function textWriters(): Record<string, (instant: Instant) => JsonNode | null> {
  const writers: Record<string, (instant: Instant) => JsonNode | null> = {};
  for (const [name, fraction] of Object.entries(fractions))
    for (const zone of zones)
      writers[`${name} ${zone}`] = (instant) => {
        const stamp = stampOf(instant);
        const digits = stamp === null ? null : fraction(stamp.fraction);
        return stamp === null || digits === null ? null : stringNode(printStamp({ ...stamp, fraction: digits, zone }));
      };
  return writers;
}

/** RFC 3339 text. */
const text: Notation<Instant> = {
  name: 'text',
  read(node) {
    const stamp = readStamp(textOf(node));
    return stamp === null || stamp.offset === null || stamp.separator === ' ' ? null : instantOf(stamp);
  },
  writers: textWriters(),
  recipe: (field) =>
    `RFC 3339 text: ${field.rust('OffsetDateTime', 'with = "time::serde::rfc3339"')} (time) or DateTime<Utc> (chrono) in Rust, ${field.go('time.Time')} in Go, SerializationFeature.WRITE_DATES_AS_TIMESTAMPS off in Jackson`,
};

/** Seconds since 1970 of the years 1990 to 2100: other numbers are no times. */
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
const timestampEpoch = translating('timestamp-epoch', {
  kinds: either(['string'], ['number']),
  notations: [text, ...units, decimal],
  learns: true,
  between: (from, to) => from === 'text' || to === 'text',
});

/** Text without an offset, as a LocalDateTime has it. */
const localText: Notation<Instant> = {
  ...text,
  name: 'local',
  read(node) {
    const stamp = readStamp(textOf(node));
    return stamp === null || stamp.offset !== null || stamp.separator === ' ' ? null : instantOf(stamp);
  },
  writers: Object.fromEntries(
    Object.entries(fractions).map(([name, fraction]) => [
      name,
      (instant: Instant) => {
        const stamp = stampOf(instant);
        const digits = stamp === null ? null : fraction(stamp.fraction);
        return stamp === null || digits === null
          ? null
          : stringNode(printStamp({ ...stamp, fraction: digits, zone: '' }));
      },
    ]),
  ),
};

const textual = new Set(['text', 'local', 'date']);

/** `[2023,318,22,13,20,0,0,0,0]` and `"2023-11-14T22:13:20Z"`. */
const timestampArray = translating('timestamp-array', {
  kinds: either(['string'], ['array']),
  notations: [text, localText, ...listForms, ...dateForms],
  learns: false,
  between: (from, to) => textual.has(from) !== textual.has(to),
});

/** `"2023-11-14 22:13:20 +0000 UTC"` and RFC 3339. */
const timestampDisplayForm = translating('timestamp-display-form', {
  kinds: alike('string'),
  notations: [text, ...displayForms],
  learns: false,
});

/** `"Tue, 14 Nov 2023 22:13:20 GMT"` and RFC 3339, or another of the forms that HTTP knows. */
const httpDate = translating('http-date', { notations: [text, ...httpForms], learns: false, kinds: alike('string') });

/** `{"secs_since_epoch":1700000000,"nanos_since_epoch":0}` and RFC 3339. */
const internalStructDump = translating('internal-struct-dump', { notations: [text, ...structForms], learns: false });

/** The year 1 is what Go and .NET have for no time at all. */
const zeroTimes = ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00', '1970-01-01T00:00:00Z'];

const timestampZeroSentinel = respelling('timestamp-zero-sentinel', {
  kinds: either(['string'], ['null']),
  lossy: 'whether the time is set',
  locate(a, b) {
    if (b.kind === 'null' && zeroTimes.includes(textOf(a) ?? '')) return 'null';
    return a.kind === 'null' ? (zeroTimes.find((zero) => zero === textOf(b)) ?? null) : null;
  },
  rewrite(a, to) {
    if (to !== 'null') return a.kind === 'null' ? stringNode(to) : a;
    return zeroTimes.includes(textOf(a) ?? '') ? { kind: 'null', raw: 'null' } : a;
  },
  advice({ reference, candidate, key }, to) {
    const [zero, nil] = to === 'null' ? [reference, candidate] : [candidate, reference];
    const field = fieldOf(key);
    return [
      {
        target: zero,
        text: `write no time as null or not at all: ${field.go('*time.Time')}, or ${field.go('time.Time', ',omitzero')} from Go 1.24, DateTime? in .NET`,
      },
      { target: nil, text: 'or let clients take the year 1 for no time' },
    ];
  },
});

/** Times that one side writes in another layout altogether. */
export const timeRules: readonly DriftRule[] = [
  timestampZeroSentinel,
  timestampEpoch,
  timestampArray,
  httpDate,
  timestampDisplayForm,
  internalStructDump,
];
