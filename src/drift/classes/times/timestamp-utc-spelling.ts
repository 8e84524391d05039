import { defineClass } from '../../definition/define-class.ts';
import { parting, utc } from './stamps.ts';

const rule = parting('timestamp-utc-spelling', {
  part: (stamp) => stamp.zone,
  ways: (b) => utc.filter((zone) => zone === b.zone),
  write: (stamp, zone) => (stamp.offset === 0 ? { ...stamp, zone } : null),
  between: (a, b) => a.offset === 0 && b.offset === 0 && a.day === b.day && a.second === b.second,
  recipe: (zone, field) =>
    `write UTC as ${zone.trim()}: ${field.rust('DateTime<Utc>')} with to_rfc3339_opts(…, ${zone === 'Z'}) in Rust, ${zone === 'Z' ? 'time.RFC3339Nano' : 'Format("2006-01-02T15:04:05.999999999-07:00")'} for ${field.go('time.Time')} in Go, isoformat()${zone === 'Z' ? '.replace("+00:00", "Z")' : ''} in Python`,
});

export const timestampUtcSpelling = defineClass({
  id: 'timestamp-utc-spelling',
  title: 'the same time in UTC, spelled with Z on one side and with +00:00 on the other',
  severity: 'risky',
  pass: 'timestamp',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'The same time; only the way to say UTC differs.',
    example: [
      ['Go, chrono (serde), JavaScript', '{"at":"2023-11-14T22:13:20Z"}'],
      ['Python (isoformat), to_rfc3339()', '{"at":"2023-11-14T22:13:20+00:00"}'],
    ],
    why: [
      ['Python', 'isoformat() writes +00:00; pydantic v2 writes Z'],
      ['Rust', 'to_rfc3339() of chrono writes +00:00, its Serialize Z'],
    ],
    breaks: 'Text comparison fails; patterns that expect Z refuse the other.',
    fix: [
      ['Python', 'isoformat().replace("+00:00", "Z")'],
      ['Rust', 'to_rfc3339_opts(SecondsFormat::AutoSi, true)'],
      ['Go', 'time.RFC3339Nano'],
    ],
    proof: 'Writing the other spelling of UTC must give the candidate text.',
    flips: ['Pydantic 1 wrote +00:00, pydantic 2 writes Z'],
    sources: ['https://www.rfc-editor.org/rfc/rfc3339'],
  },
  rule,
});
