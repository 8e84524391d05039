import type { DriftClass } from '../../kit/class-page.ts';

/** Times as text, and durations. */
export const stampsPages: readonly DriftClass[] = [
  {
    id: 'timestamp-offset-vs-utc',
    title: 'the same instant, with another offset from UTC',
    severity: 'risky',
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
  {
    id: 'timestamp-utc-spelling',
    title: 'the same time in UTC, spelled with Z on one side and with +00:00 on the other',
    severity: 'risky',
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
  {
    id: 'timestamp-naive',
    title: 'a time says no offset on one side',
    severity: 'breaking',
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
    lossy: 'The offset from UTC: that UTC is meant, only the other side says.',
    sources: ['https://www.rfc-editor.org/rfc/rfc3339'],
  },
  {
    id: 'timestamp-separator',
    title: 'a space stands between date and time on one side',
    severity: 'risky',
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
  {
    id: 'timestamp-precision-loss',
    title: 'a time lost digits on one side',
    severity: 'risky',
    what: 'One time is the other, cut off after so many digits of the second.',
    example: [
      ['Rust (chrono), Go', '{"at":"2023-11-14T22:13:20.123456Z"}'],
      ['JavaScript (Date), Django', '{"at":"2023-11-14T22:13:20.123Z"}'],
    ],
    why: [
      ['JavaScript', 'Date has milliseconds'],
      ['Python', 'datetime has microseconds; Django cuts them to milliseconds'],
      ['any', 'timestamp columns of databases have six digits or none'],
    ],
    breaks: 'Clients that use the time as a version or a cursor skip or repeat records.',
    fix: [
      ['Python', 'an encoder that keeps microseconds'],
      ['any', 'timestamp(6) in the database, or truncate before storing on both sides'],
    ],
    proof: 'Cutting off at one place must give the text of the side that has less, in all samples.',
    lossy: 'Digits after the point.',
    sources: ['https://www.rfc-editor.org/rfc/rfc3339'],
  },
  {
    id: 'timestamp-fraction-digits',
    title: 'the same time, with another number of digits after the second',
    severity: 'cosmetic',
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
    ],
    proof:
      'One way to write the digits must give the candidate text in all samples, the instants being equal to the last digit.',
    sources: ['https://pkg.go.dev/time#pkg-constants', 'https://docs.rs/chrono/latest/chrono/enum.SecondsFormat.html'],
  },
  {
    id: 'duration-repr',
    title: 'a duration is written in another form',
    severity: 'breaking',
    what: 'The same duration as nanoseconds, seconds, an object, a pair, ISO 8601 text, or the text of a runtime.',
    example: [
      ['Rust (std::time::Duration)', '{"d":{"secs":1,"nanos":500000000}}'],
      ['Go (time.Duration)', '{"d":1500000000}'],
    ],
    why: [
      ['Go', 'an integer of nanoseconds; d.String() gives 1.5s'],
      ['Rust', 'std writes secs and nanos, chrono and time a pair'],
      ['Java', 'Jackson writes seconds with a fraction, or PT1.5S with WRITE_DURATIONS_AS_TIMESTAMPS off'],
      ['Python', 'pydantic v2 writes PT1.5S, str(timedelta) 0:00:01.500000'],
      ['.NET', '00:00:01.5000000'],
    ],
    breaks: 'Typed decoders refuse the other form; a wrong unit is off by thousands.',
    fix: [
      ['Rust', 'serde_with::DurationMilliSeconds and its kin'],
      ['Go', 'd.Milliseconds(), or a type with its own MarshalJSON'],
      ['Java', 'SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS'],
    ],
    proof:
      'Forms and unit are learned: one pair of them must give the candidate body in all samples, to the nanosecond. One duration alone makes a hypothesis.',
    flips: ['Spring Boot and Jackson 3 have WRITE_DURATIONS_AS_TIMESTAMPS off'],
    sources: [
      'https://pkg.go.dev/time#Duration',
      'https://docs.rs/serde_with/latest/serde_with/',
      'https://protobuf.dev/programming-guides/json/',
    ],
  },
];
