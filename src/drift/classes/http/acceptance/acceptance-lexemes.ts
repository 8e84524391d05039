import type { JsonNode } from '../../../../json/tree.ts';
import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { hasText, refusedFor, someNode } from '../../../http-kit/predicates.ts';

const common = { severity: 'risky', facet: 'status', owns: ofStatus, reach: 'api' } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';
const typePrefix = 'Failed to deserialize the JSON body into the target type:';

/** A whole number spelled with a fraction or an exponent. */
function isWholeFraction(node: JsonNode): boolean {
  return node.kind === 'number' && /[.eE]/.test(node.raw) && Number.isInteger(Number(node.raw));
}

const dateLike = /^\d{4,6}-\d\d-\d\d|^\d{1,2}:\d\d/;
/** Which spellings of numbers and times are taken. */
export const lexemeBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'number-range',
    title: 'a number that is out of range is refused on one side only',
    severity: 'breaking',
    what: 'The request holds a number that the type of one side cannot hold.',
    request: `POST /v1/things␊${json}␊␊{"age":300}`,
    example: [
      [
        'Rust (axum, u8)',
        `422␊${text}␊␊${typePrefix} age: invalid value: integer \`300\`, expected u8 at line 1 column 10`,
      ],
      ['Go (int)', `201␊${json}␊␊{"id":1,"age":300}␊`],
    ],
    why: [
      ['Rust, Go', 'each integer type has its range, and both refuse beyond it: the types differ'],
      ['Node, Python, Ruby', 'no range, or that of a double'],
    ],
    breaks: 'The lenient side stores numbers that the strict one cannot read back.',
    fix: [
      ['Rust', 'a wider integer type'],
      ['Go', 'a narrower integer type, or a check'],
      ['Go', 'json.Number, and strconv.ParseUint(n.String(), 10, 8)'],
      ['Rust (serde)', "u64 in place of u8, and a check of one's own"],
    ],
    proof: 'One side refuses a number of the request as out of range, the other accepts.',
    sources: ['https://pkg.go.dev/encoding/json#Unmarshal'],
    find: (scene) => refusedFor(scene, 'out-of-range') && someNode(scene.asked, ({ kind }) => kind === 'number'),
  },
  {
    ...common,
    id: 'number-form-request',
    title: 'a whole number with a fraction or an exponent is an integer on one side only',
    what: 'The request spells an integer as 1.0 or 1e2. One side takes it, the other refuses.',
    request: `POST /v1/things␊${json}␊␊{"age":1.0}`,
    example: [
      ['Go (int)', `400␊${text}␊␊json: cannot unmarshal number 1.0 into Go struct field In.age of type int␊`],
      ['Python (FastAPI)', `201␊${json}␊␊{"id":1,"age":1}`],
    ],
    why: [
      ['Rust (serde), Go', 'the spelling decides'],
      ['Python (pydantic), Java (Jackson), Node', 'the value decides'],
    ],
    breaks: 'Clients in languages with one number type fail on the strict side.',
    fix: [
      ['Go', 'json.Number, and a check that the value is whole'],
      ['Python (FastAPI)', 'StrictInt'],
    ],
    proof: 'The request holds a whole number spelled so, one side refuses a number of this form, the other accepts.',
    sources: ['https://pkg.go.dev/encoding/json#Number'],
    find: (scene) =>
      refusedFor(scene, 'wrong-type') &&
      /number|floating point/.test(scene.first.error?.got ?? '') &&
      someNode(scene.asked, isWholeFraction),
  },
  {
    ...common,
    id: 'time-parse-leniency',
    title: 'a time in an odd format is refused on one side only',
    what: 'The request holds a time that one parser takes, and the other does not: a space for the T, small letters, a zone without a colon, a leap second.',
    request: `POST /v1/things␊${json}␊␊{"at":"2023-11-14 22:13:20Z"}`,
    example: [
      [
        'Go (time.Time)',
        `400␊${text}␊␊parsing time "2023-11-14 22:13:20Z" as "2006-01-02T15:04:05Z07:00": cannot parse " 22:13:20Z" as "T"␊`,
      ],
      ['Rust (chrono)', `201␊${json}␊␊{"id":1}`],
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
    find: (scene) => refusedFor(scene, 'time') && hasText(scene.asked, dateLike),
  },
];
