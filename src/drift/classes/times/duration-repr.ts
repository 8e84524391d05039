import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { billion, fitting, fractionOf, type Nanoseconds, signed, spanOf, withSign } from '../../kit/duration-value.ts';
import { either } from '../../kit/kinds.ts';
import { memberOf, objectOf } from '../../kit/node-predicates.ts';
import { isInteger, member, numberNode, numberOf } from '../../kit/nodes.ts';
import { type Notation, translating } from '../../kit/notation.ts';
import { spanTexts } from '../../kit/span-texts.ts';

function counted(name: string, unit: bigint, recipe: Notation<Nanoseconds>['recipe']): Notation<Nanoseconds> {
  return {
    name,
    read(node) {
      const raw = numberOf(node);
      return raw === null || raw.length > 22 || !isInteger(raw) ? null : fitting(BigInt(raw) * unit);
    },
    writers: { '': (span) => (span % unit === 0n ? numberNode(String(span / unit)) : null) },
    recipe,
  };
}

const nanoseconds = counted(
  'nanoseconds',
  1n,
  (field) => `an integer of nanoseconds: ${field.go('time.Duration')} in Go`,
);

const microseconds = counted('microseconds', 1000n, () => 'an integer of microseconds: d.Microseconds() in Go');

const milliseconds = counted(
  'milliseconds',
  1_000_000n,
  (field) =>
    `an integer of milliseconds: ${field.rust('Duration', 'with = "serde_with::As::<DurationMilliSeconds<u64>>"')} in Rust, d.Milliseconds() in Go`,
);

const seconds = counted(
  'seconds',
  billion,
  (field) =>
    `an integer of seconds: ${field.rust('Duration', 'with = "serde_with::As::<DurationSeconds<u64>>"')} in Rust, int64(d.Seconds()) in Go`,
);

function decimalText(span: Nanoseconds, digits?: number): string | null {
  const fraction = fractionOf(span, digits);
  return fraction === null ? null : `${span / billion}.${fraction === '' ? '0' : fraction}`;
}

const decimalSeconds: Notation<Nanoseconds> = {
  name: 'seconds with a fraction',
  read(node) {
    const match = /^(-?)(\d{1,12})\.(\d{1,9})$/.exec(numberOf(node) ?? '');
    return match === null ? null : withSign(match[1], spanOf(match[2]!, match[3]!));
  },
  writers: {
    trimmed: (span) => numberNode(signed(decimalText)(span)!),
    nine: (span) => numberNode(signed((length) => decimalText(length, 9))(span)!),
  },
  recipe: () => 'seconds with a fraction: total_seconds() in Python, d.Seconds() in Go, as_secs_f64() in Rust',
};

/** `{"secs":1,"nanos":500000000}`. */
const secsAndNanos: Notation<Nanoseconds> = {
  name: 'secs and nanos',
  read(node) {
    if (node.kind !== 'object' || node.members.length !== 2) return null;
    return partsSpan(['secs', 'nanos'].map((key) => member(node, key)?.value));
  },
  writers: {
    // std::time::Duration has no sign.
    '': (span) =>
      span < 0n
        ? null
        : objectOf([
            memberOf('secs', numberNode(String(span / billion))),
            memberOf('nanos', numberNode(String(span % billion))),
          ]),
  },
  recipe: (field) => `an object of secs and nanos: ${field.rust('std::time::Duration')} without an attribute`,
};

/** `[1,500000000]`. */
const pair: Notation<Nanoseconds> = {
  name: 'pair',
  read: (node) => (node.kind === 'array' && node.items.length === 2 ? partsSpan(node.items) : null),
  writers: {
    // chrono and time agree on those that are not negative.
    '': (span) =>
      span < 0n
        ? null
        : { kind: 'array', items: [numberNode(String(span / billion)), numberNode(String(span % billion))] },
  },
  recipe: (field) => `a pair of seconds and nanoseconds: ${field.rust('chrono::TimeDelta')}, or time::Duration`,
};

function partsSpan(parts: readonly (JsonNode | undefined)[]): Nanoseconds | null {
  const [whole, nanos] = parts.map((part) => (part === undefined ? null : numberOf(part)));
  if (!/^\d{1,12}$/.test(whole ?? '') || !/^\d{1,9}$/.test(nanos ?? '')) return null;
  return spanOf(whole!, nanos!.padStart(9, '0'));
}

const numbers = new Set([nanoseconds, microseconds, milliseconds, seconds, decimalSeconds].map((one) => one.name));

/** `1500000000`, `{"secs":1,"nanos":500000000}`, `"PT1.5S"`, `"1.5s"`. */
const rule = translating('duration-repr', {
  kinds: either(['string', 'object', 'array'], ['string', 'object', 'array', 'number']),
  notations: [nanoseconds, milliseconds, seconds, microseconds, decimalSeconds, secsAndNanos, pair, ...spanTexts],
  learns: true,
  // Two numbers are a matter of units alone, see `unit-scale`.
  between: (from, to) => !(numbers.has(from) && numbers.has(to)),
});

export const durationRepr = defineClass({
  id: 'duration-repr',
  title: 'a duration is written in another form',
  severity: 'breaking',
  pass: 'duration',
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The same duration as nanoseconds, seconds, an object, a pair, ISO 8601 text, or the text of a runtime.',
    example: [
      ['Rust (std::time::Duration)', '{"d":{"secs":1,"nanos":500000000}}'],
      ['Go (time.Duration)', '{"d":1500000000}'],
    ],
    why: [
      ['Go', 'an integer of nanoseconds; d.String() gives 1.5s'],
      ['Rust', 'std writes secs and nanos, chrono and time a pair'],
      ['Java', 'Jackson writes seconds with a fraction, or PT1.5S with WRITE_DURATIONS_AS_TIMESTAMPS off'],
      [
        'Python',
        'pydantic v1 writes seconds with a fraction, v2 PT1.5S with years of 365 days and the sign in front; str(timedelta) 0:00:01.500000, with a negative number of days below zero',
      ],
      ['.NET', '00:00:01.5000000, with the sign in front'],
    ],
    breaks: 'Typed decoders refuse the other form; a wrong unit is off by thousands.',
    fix: [
      ['Rust', 'serde_with::DurationMilliSeconds and its kin'],
      ['Go', 'd.Milliseconds(), or a type with its own MarshalJSON'],
      ['Java', 'SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS'],
      ['Python (pydantic)', 'ser_json_timedelta="float" of ConfigDict for seconds, "iso8601" for text'],
      ['.NET', 'a JsonConverter<TimeSpan> with XmlConvert.ToString(value) for ISO 8601, or value.TotalSeconds'],
      ['Node', 'Temporal.Duration.from(value).toString(), or seconds as a number'],
    ],
    proof:
      'Forms and unit are learned: one pair of them must give the candidate body in all samples, to the nanosecond. One duration alone makes a hypothesis.',
    flips: ['Spring Boot and Jackson 3 have WRITE_DURATIONS_AS_TIMESTAMPS off'],
    sources: [
      'https://pkg.go.dev/time#Duration',
      'https://docs.rs/serde_with/latest/serde_with/',
      'https://protobuf.dev/programming-guides/json/',
      'https://docs.rs/speedate/latest/speedate/struct.Duration.html',
      'https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/time/Duration.html#toString()',
    ],
  },
  rule,
});
