import type { DriftClass } from '../../kit/class-page.ts';

/** Times and dates in another layout. */
export const timesPages: readonly DriftClass[] = [
  {
    id: 'timestamp-zero-sentinel',
    title: 'a time that is not set is the year 1 on one side and null on the other',
    severity: 'breaking',
    what: 'One side writes the zero value of its time type, the other null.',
    example: [
      ['Go (time.Time)', '{"at":"0001-01-01T00:00:00Z"}'],
      ['Rust (Option<DateTime>)', '{"at":null}'],
    ],
    why: [
      ['Go', 'omitempty never leaves a time.Time out; omitzero does from Go 1.24 on'],
      ['.NET', 'default(DateTime) is the year 1'],
    ],
    breaks: 'Clients show a date two thousand years ago, or take what is not set for expired.',
    fix: [
      ['Go', '*time.Time, or omitzero from Go 1.24 on'],
      ['.NET', 'DateTime?'],
      ['Rust', 'Option<DateTime<Utc>>'],
    ],
    proof:
      'Writing null for the zero time (or the zero time for null) at this place in all samples must give the candidate body.',
    lossy: 'Whether the time was really the year 1.',
    flips: ['The tag omitzero, from Go 1.24 on'],
    sources: ['https://pkg.go.dev/time#Time.IsZero'],
  },
  {
    id: 'timestamp-epoch',
    title: 'a time is a number on one side and text on the other',
    severity: 'breaking',
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
  {
    id: 'timestamp-array',
    title: 'a time or a date is a list of numbers on one side',
    severity: 'breaking',
    what: 'One side writes the parts of a time in a list, the other text.',
    example: [
      ['Rust (time crate)', '{"at":[2023,318,22,13,20,0,0,0,0]}'],
      ['Go (time.Time)', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      [
        'Rust',
        'the time crate writes year, day of the year, hour, minute, second, nanoseconds and the offset; a Date is year and day of the year',
      ],
      [
        'Java',
        'Jackson 2 writes LocalDateTime as year, month, day, hour, minute, and second and nanoseconds where they are not zero',
      ],
    ],
    breaks: 'Decoders of text refuse a list; new Date([2023, 318]) is some other day.',
    fix: [
      ['Rust', '#[serde(with = "time::serde::rfc3339")]'],
      ['Java', 'SerializationFeature.WRITE_DATES_AS_TIMESTAMPS off'],
    ],
    proof: 'The list must stand for the same instant, and be written in the way of the library, number by number.',
    flips: ['The feature serde-human-readable of the time crate; Jackson 3'],
    sources: ['https://docs.rs/time/latest/time/serde/rfc3339/index.html'],
  },
  {
    id: 'http-date',
    title: 'a time has the form of an HTTP header on one side',
    severity: 'breaking',
    what: 'One side writes RFC 3339, the other a form that HTTP or mail uses; or both use two of those.',
    example: [
      ['Python (Flask jsonify)', '{"at":"Tue, 14 Nov 2023 22:13:20 GMT"}'],
      ['Go (time.Time)', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      ['Python', 'jsonify of Flask writes datetime as an HTTP date'],
      ['Rust', 'to_rfc2822() ends in +0000'],
      ['Go', 'time.RFC1123 ends in UTC, http.TimeFormat in GMT'],
      ['JavaScript', 'toUTCString()'],
    ],
    breaks: 'Strict readers of RFC 3339 refuse it, and JavaScript sorts such texts by the name of the weekday.',
    fix: [
      ['Python', 'a JSONProvider that uses isoformat()'],
      ['Go', 'time.Time in the struct, not Format(…)'],
      ['Rust', 'to_rfc3339()'],
    ],
    proof: 'Both must stand for the same second, and each must be written again, byte for byte, by its own form.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7',
      'https://flask.palletsprojects.com/en/stable/api/#flask.json.provider.DefaultJSONProvider',
    ],
  },
  {
    id: 'timestamp-display-form',
    title: 'a time is written as its type shows itself on one side',
    severity: 'breaking',
    what: 'One side writes RFC 3339, the other what printing a time gives.',
    example: [
      ['Go (String, SQLite drivers)', '{"at":"2023-11-14 22:13:20 +0000 UTC"}'],
      ['Rust (chrono)', '{"at":"2023-11-14T22:13:20Z"}'],
    ],
    why: [
      ['Go', 't.String(), fmt.Sprint(t), and text columns filled by it'],
      ['Rust', 'to_string() of chrono ends in UTC, of the time crate in +00:00:00'],
      ['.NET', '/Date(…)/ of Newtonsoft.Json'],
    ],
    breaks:
      'Strict readers of RFC 3339 refuse it; new Date reads some of these forms in one browser and not in another.',
    fix: [
      ['Go', 't.Format(time.RFC3339Nano), or the time.Time itself'],
      ['Rust', 'to_rfc3339()'],
      ['.NET', 'DateFormatHandling.IsoDateFormat'],
    ],
    proof: 'Both must stand for the same instant, and each must be written again, byte for byte, by its own form.',
    sources: ['https://pkg.go.dev/time#Time.String'],
  },
  {
    id: 'date-vs-datetime',
    title: 'a date is a time at midnight on one side',
    severity: 'risky',
    what: 'One side writes a date, the other the same date with a time of zero.',
    example: [
      ['Rust (NaiveDate), Python (date)', '{"d":"2023-01-01"}'],
      ['Go (time.Time)', '{"d":"2023-01-01T00:00:00Z"}'],
    ],
    why: [
      ['Go', 'has no type for a date'],
      ['JavaScript', 'Date always has a time'],
    ],
    breaks: 'Readers of one form refuse the other; midnight UTC is the day before in America.',
    fix: [
      ['Go', 'Format(time.DateOnly), or a type with its own MarshalJSON'],
      ['Rust', 'NaiveDate'],
      ['Java', 'LocalDate'],
    ],
    proof: 'Adding or dropping the midnight, in one spelling, must give the candidate body.',
    sources: ['https://www.rfc-editor.org/rfc/rfc3339'],
  },
];
