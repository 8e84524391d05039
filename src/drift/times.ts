import { type JsonNode, stringNode } from '../json/tree.ts';
import { fieldOf } from './field.ts';
import { calendarOf, dayOf, fractions, type Instant, instantOf, printStamp, readStamp, stampOf } from './instant.ts';
import { alike, either } from './kinds.ts';
import { isInteger, numberNode, numberOf, textOf } from './nodes.ts';
import { type Notation, translating } from './notation.ts';
import { respelling } from './respelling.ts';
import type { DriftRule } from './rule.ts';
import { structForms } from './struct-forms.ts';
import { dateForms, displayForms, httpForms } from './time-forms.ts';

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

/** Numbers of an array that a time or a date is written as; null where one of them is none. */
function partsOf(node: JsonNode): number[] | null {
  if (node.kind !== 'array' || node.items.length < 2 || node.items.length > 9) return null;
  const parts = node.items.map((item) => numberOf(item));
  return parts.every((raw) => raw !== null && raw.length <= 10 && isInteger(raw)) ? parts.map(Number) : null;
}

function list(parts: readonly number[]): JsonNode {
  return { kind: 'array', items: parts.map((part) => numberNode(String(part))) };
}

function instantAt(day: number | null, clock: readonly number[]): Instant | null {
  const [hour = 0, minute = 0, second = 0, nanos = 0] = clock;
  const isClock = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (day === null || !isClock || nanos < 0 || nanos >= 1e9) return null;
  return (BigInt(day) * 86_400n + BigInt(hour * 3600 + minute * 60 + second)) * 1_000_000_000n + BigInt(nanos);
}

function clockOf(instant: Instant): readonly number[] {
  const { second, fraction } = stampOf(instant)!;
  return [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60, Number(fraction)];
}

/** What the time crate writes: year, day of the year, hour, minute, second, nanoseconds, and the offset in three parts. */
const ordinal: Notation<Instant> = {
  name: 'ordinal',
  read(node) {
    const parts = partsOf(node);
    if (parts?.length !== 9 || parts[1]! < 1 || parts[1]! > 366) return null;
    const start = dayOf(parts[0]!, 1, 1);
    const instant = instantAt(start === null ? null : start + parts[1]! - 1, parts.slice(2, 6));
    const offset = parts[6]! * 3600 + parts[7]! * 60 + parts[8]!;
    return instant === null || Math.abs(offset) > 86_400 ? null : instant - BigInt(offset) * 1_000_000_000n;
  },
  writers: {
    '': (instant) => {
      const stamp = stampOf(instant);
      if (stamp === null) return null;
      const [year] = calendarOf(stamp.day);
      return list([year, stamp.day - dayOf(year, 1, 1)! + 1, ...clockOf(instant), 0, 0, 0]);
    },
  },
  recipe: (field) => `nine numbers: ${field.rust('OffsetDateTime')} of the time crate without an attribute`,
};

/** What Jackson 2 writes for a LocalDateTime: year to minute, then seconds and nanoseconds if they are not zero. */
const calendar: Notation<Instant> = {
  name: 'calendar',
  read(node) {
    const parts = partsOf(node);
    if (parts === null || parts.length < 5 || parts.length > 7) return null;
    return instantAt(dayOf(parts[0]!, parts[1]!, parts[2]!), parts.slice(3));
  },
  writers: {
    '': (instant) => {
      const stamp = stampOf(instant);
      if (stamp === null) return null;
      const clock = clockOf(instant);
      return list([...calendarOf(stamp.day), ...clock.slice(0, clock[3] !== 0 ? 4 : clock[2] !== 0 ? 3 : 2)]);
    },
  },
  recipe: () => 'a list of numbers: LocalDateTime with WRITE_DATES_AS_TIMESTAMPS of Jackson 2',
};

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
  notations: [text, localText, ordinal, calendar, ...dateForms],
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
