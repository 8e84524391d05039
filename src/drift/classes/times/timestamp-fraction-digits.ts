import { defineClass } from '../../definition/define-class.ts';
import { fractions } from '../../kit/timestamp.ts';
import { parting, sameInstant } from './stamps.ts';

const fractionRecipes: Readonly<Record<string, string>> = {
  trimmed: 'no zeros at the end of the fraction: time.RFC3339Nano in Go, time::serde::rfc3339 in Rust',
  threes: 'three, six or nine digits or none: chrono::serde in Rust, Instant of Jackson in Java',
  three:
    'three digits always: SecondsFormat::Millis in Rust, Format("2006-01-02T15:04:05.000Z07:00") in Go, Date in JavaScript',
  six: 'six digits always: SecondsFormat::Micros in Rust, Format("2006-01-02T15:04:05.000000Z07:00") in Go',
  seven: 'seven digits always: the format "O" in .NET',
  nine: 'nine digits always: SecondsFormat::Nanos in Rust, Format("2006-01-02T15:04:05.000000000Z07:00") in Go',
  none: 'no fraction: SecondsFormat::Secs in Rust, time.RFC3339 in Go',
  one: 'at least one digit: DateTimeFormatterBuilder.appendFraction(NANO_OF_SECOND, 1, 9, true) in Java',
  'none or six': 'six digits or none: datetime.isoformat() in Python',
};

function isSameFraction(x: string, y: string): boolean {
  return x !== y && x.replace(/0{1,12}$/, '') === y.replace(/0{1,12}$/, '');
}

const rule = parting('timestamp-fraction-digits', {
  part: (stamp) => stamp.fraction,
  ways: () => Object.keys(fractions),
  write(stamp, way) {
    const fraction = fractions[way]!(stamp.fraction);
    return fraction === null ? null : { ...stamp, fraction };
  },
  between: (a, b) => isSameFraction(a.fraction, b.fraction) && sameInstant(a, b),
  recipe: (way, field) => `${fractionRecipes[way]} (${field.rust('DateTime<Utc>')}, ${field.go('time.Time')})`,
});

export const timestampFractionDigits = defineClass({
  id: 'timestamp-fraction-digits',
  title: 'the same time, with another number of digits after the second',
  severity: 'cosmetic',
  pass: 'timestamp',
  rank: 6,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'The same instant; one side writes zeros at the end of the fraction that the other leaves out.',
    example: [
      ['Rust (chrono)', '{"at":"2023-11-14T22:13:20.120Z"}'],
      ['Go (RFC3339Nano)', '{"at":"2023-11-14T22:13:20.12Z"}'],
    ],
    why: [
      ['Go', 'RFC3339Nano leaves zeros out'],
      ['Rust', 'chrono writes none, three, six or nine digits; the time crate leaves zeros out'],
      ['JavaScript', 'always three'],
      ['Python', 'none or six'],
      ['.NET', 'up to seven'],
    ],
    breaks: 'Text of different length does not sort by time; patterns with a fixed width refuse it.',
    fix: [
      ['Rust', 'to_rfc3339_opts(SecondsFormat::Millis, true)'],
      ['Go', 'Format("2006-01-02T15:04:05.000Z07:00")'],
      ['Node', 'new Date(value).toISOString() has three digits'],
      ['Python (pydantic)', 'value.isoformat(timespec="milliseconds") in a PlainSerializer'],
      ['Java (Jackson)', '@JsonFormat(pattern = "yyyy-MM-dd\'T\'HH:mm:ss.SSSX", timezone = "UTC")'],
      ['.NET', 'value.ToString("yyyy-MM-ddTHH:mm:ss.fffZ") in a JsonConverter<DateTime>'],
    ],
    proof:
      'One way to write the digits must give the candidate text in all samples, the instants being equal to the last digit.',
    sources: ['https://pkg.go.dev/time#pkg-constants', 'https://docs.rs/chrono/latest/chrono/enum.SecondsFormat.html'],
  },
  rule,
});
