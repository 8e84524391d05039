import { defineClass } from '../../definition/define-class.ts';
import { translating } from '../../kit/notation.ts';
import { structForms } from '../../kit/struct-forms.ts';
import { text } from './times.ts';

/** `{"secs_since_epoch":1700000000,"nanos_since_epoch":0}` and RFC 3339. */
const rule = translating('internal-struct-dump', { notations: [text, ...structForms], learns: false });

export const internalStructDump = defineClass({
  id: 'internal-struct-dump',
  title: 'a time shows the fields of its type',
  severity: 'breaking',
  pass: 'time',
  rank: 6,
  evidence: 'documented',
  page: {
    what: 'One side writes a time as text, the other as the fields that its type happens to have.',
    example: [
      ['Rust (std::time::SystemTime)', '{"at":{"secs_since_epoch":1700000000,"nanos_since_epoch":0}}'],
      ['Go', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      ['Rust (serde)', 'SystemTime is written as secs_since_epoch and nanos_since_epoch'],
      ['PHP', 'json_encode shows date, timezone_type and timezone of a DateTime'],
      ['Go', 'encoding/json shows seconds and nanos of a protobuf Timestamp; protojson writes RFC 3339'],
    ],
    breaks: 'A decoder of times refuses an object; what the fields mean is known to one runtime only.',
    fix: [
      ['Rust', 'DateTime<Utc> of chrono, or OffsetDateTime with #[serde(with = "time::serde::rfc3339")]'],
      ['PHP', '$time->format(DATE_RFC3339_EXTENDED), or the JsonSerializable interface'],
      ['Go', 'protojson.Marshal for messages of protobuf'],
    ],
    proof: 'The fields are exactly those of one of these types, and the instant that they say is that of the text.',
    sources: [
      'https://docs.rs/serde/latest/src/serde/ser/impls.rs.html',
      'https://www.php.net/manual/en/class.datetime.php',
      'https://protobuf.dev/programming-guides/json/',
    ],
  },
  rule,
});
