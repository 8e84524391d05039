import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor, requestHasText } from '../../../http-kit/predicates.ts';

const dateLike = /^\d{4,6}-\d\d-\d\d|^\d{1,2}:\d\d/;

export const timeParseLeniency = defineClass({
  id: 'time-parse-leniency',
  title: 'a time in an odd format is refused on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'lexeme',
  rank: 3,
  evidence: 'documented',
  page: {
    what: 'The request holds a time that one parser takes, and the other does not: a space for the T, small letters, a zone without a colon, a leap second.',
    request: `POST /v1/things␊content-type: application/json␊␊{"at":"2023-11-14 22:13:20Z"}`,
    example: [
      [
        'Go (time.Time)',
        `400␊content-type: text/plain; charset=utf-8␊␊parsing time "2023-11-14 22:13:20Z" as "2006-01-02T15:04:05Z07:00": cannot parse " 22:13:20Z" as "T"␊`,
      ],
      ['Rust (chrono)', `201␊content-type: application/json␊␊{"id":1}`],
    ],
    why: [
      ['Rust (chrono)', 'takes a space, small letters, second 60 and +0100'],
      ['Go', 'refuses all of these, but takes an hour of one digit and a comma before the fraction'],
      ['Python (pydantic)', 'takes seconds and milliseconds since 1970, too'],
    ],
    breaks: 'Clients that write the format of their own language fail on one side.',
    fix: [
      ['Go', 'UnmarshalJSON that tries each layout'],
      ['Rust (chrono)', 'deserialize_with DateTime::parse_from_rfc3339 after a check of the pattern'],
    ],
    proof:
      'The request holds a text that begins like a date or a time, one side refuses in the words of a parser of times, the other accepts.',
    sources: ['https://www.rfc-editor.org/rfc/rfc3339#section-5.6', 'https://pkg.go.dev/time#Parse'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => refusedFor(scene, 'time') && requestHasText(scene.asked, dateLike),
  },
});
