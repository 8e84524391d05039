import { defineClass } from '../../definition/define-class.ts';
import { parting, utc } from './stamps.ts';

/** No offset on one side: whose midnight it is, only the other side says. */
const rule = parting('timestamp-naive', {
  lossy: 'the offset from UTC',
  part: (stamp) => stamp.zone,
  ways: (b) => (b.zone === '' ? ['none'] : utc.filter((zone) => zone === b.zone)),
  write(stamp, way) {
    if (way === 'none') return stamp.offset === 0 ? { ...stamp, zone: '', offset: null } : null;
    return stamp.offset === null ? { ...stamp, zone: way, offset: 0 } : null;
  },
  between: (a, b) => (a.offset === null) !== (b.offset === null) && a.day === b.day && a.second === b.second,
  recipe: (way, field) =>
    way === 'none'
      ? `${field.rust('NaiveDateTime')} in Rust and LocalDateTime in Java write no offset`
      : `say which offset: ${field.rust('DateTime<Utc>')} in Rust, datetime.now(timezone.utc) in Python, OffsetDateTime in Java`,
});

export const timestampNaive = defineClass({
  id: 'timestamp-naive',
  title: 'a time says no offset on one side',
  severity: 'breaking',
  pass: 'timestamp',
  rank: 3,
  evidence: 'documented',
  page: {
    what: 'The same date and time of day; one side does not say in which offset.',
    example: [
      ['Rust (NaiveDateTime), Python, Java (LocalDateTime)', '{"at":"2023-11-14T22:13:20"}'],
      ['Go (time.Time)', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      ['Python', 'a datetime without tzinfo'],
      ['Java', 'LocalDateTime'],
      ['.NET', 'DateTimeKind.Unspecified'],
    ],
    breaks: 'JavaScript reads it as local time, so that it is hours off; Go refuses it.',
    fix: [
      ['Python', 'datetime.now(timezone.utc)'],
      ['Rust', 'DateTime<Utc>'],
      ['Java', 'OffsetDateTime or Instant'],
    ],
    proof: 'Adding or dropping the spelling of UTC must give the candidate text.',
    lossy: 'The offset from UTC: only the other side states that the time is UTC.',
    sources: ['https://www.rfc-editor.org/rfc/rfc3339'],
  },
  rule,
});
