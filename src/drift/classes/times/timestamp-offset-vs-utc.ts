import { defineClass } from '../../definition/define-class.ts';
import { instantOf, stampOf, zoneText } from '../../kit/timestamp.ts';
import { parting, sameInstant } from './stamps.ts';

/** The same instant, with another offset from UTC. */
const rule = parting('timestamp-offset-vs-utc', {
  learns: true,
  part: (stamp) => `${stamp.day} ${stamp.second} ${stamp.offset}`,
  ways: (b) => (b.offset === null ? [] : [String(b.offset)]),
  write(stamp, way) {
    const instant = instantOf(stamp);
    const moved = instant === null || stamp.offset === null ? null : stampOf(instant, Number(way));
    return moved === null
      ? null
      : { ...stamp, day: moved.day, second: moved.second, offset: moved.offset, zone: moved.zone };
  },
  between: (a, b) => a.offset !== null && b.offset !== null && a.offset !== b.offset && sameInstant(a, b),
  recipe: (way, field) =>
    Number(way) === 0
      ? `convert to UTC before writing: t.UTC() for ${field.go('time.Time')} in Go, with_timezone(&Utc) for ${field.rust('DateTime<Utc>')} in Rust`
      : `keep the offset ${zoneText(Number(way))}: ${field.rust('DateTime<FixedOffset>')} in Rust, t.In(location) for ${field.go('time.Time')} in Go`,
});

export const timestampOffsetVsUtc = defineClass({
  id: 'timestamp-offset-vs-utc',
  title: 'the same instant, with another offset from UTC',
  severity: 'risky',
  pass: 'timestamp',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'Both times are one instant; one side writes it at another offset.',
    example: [
      ['Rust (FixedOffset), Go', '{"at":"2023-11-14T23:13:20+01:00"}'],
      ['Java (Instant), pydantic', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      ['Go', 'keeps the location of a time; t.UTC() changes it'],
      ['Rust', 'DateTime<Utc> converts, DateTime<FixedOffset> keeps'],
      ['Java', 'Instant has no offset'],
    ],
    breaks: 'Text comparison and sorting fail; the local time of the sender is lost.',
    fix: [
      ['Go', 't.UTC()'],
      ['Rust', 'with_timezone(&Utc)'],
      ['Python', 'astimezone(timezone.utc)'],
    ],
    proof:
      'One offset must give the candidate text in all samples, the instants being equal to the nanosecond. One time alone makes a hypothesis.',
    sources: ['https://www.rfc-editor.org/rfc/rfc3339'],
  },
  rule,
});
