import { defineClass } from '../../definition/define-class.ts';
import { parting } from './stamps.ts';

/** A space, or a small letter, between date and time. */
const rule = parting('timestamp-separator', {
  part: (stamp) => stamp.separator,
  ways: (b) => [b.separator],
  write: (stamp, separator) => ({ ...stamp, separator }),
  between: (a, b) => a.day === b.day && a.second === b.second,
  recipe: (way, field) =>
    way === 'T'
      ? `write T between date and time (RFC 3339): isoformat() in Python, to_rfc3339() for ${field.rust('DateTime<Utc>')} in Rust, time.RFC3339 for ${field.go('time.Time')} in Go`
      : 'a space between date and time comes from str(datetime) in Python, from Display in chrono and from SQL text columns',
});

export const timestampSeparator = defineClass({
  id: 'timestamp-separator',
  title: 'a space is between date and time on one side',
  severity: 'risky',
  pass: 'timestamp',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'The same time; one side writes a space, or a small t, where the other writes T.',
    example: [
      ['Python (str), SQL', '{"at":"2023-11-14 22:13:20Z"}'],
      ['Go, Rust', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      ['Python', 'str(datetime) writes a space, isoformat() a T'],
      ['any', 'text columns of SQL databases'],
    ],
    breaks: 'Strict readers of RFC 3339 refuse the space (Go does, chrono does not).',
    fix: [
      ['Python', 'isoformat()'],
      ['any', 'a time type between the database and the answer'],
    ],
    proof: 'Writing the other separator must give the candidate text.',
    sources: ['https://www.rfc-editor.org/rfc/rfc3339'],
  },
  rule,
});
