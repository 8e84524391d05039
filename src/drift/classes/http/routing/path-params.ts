import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { ofRefusal, ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';
import type { Answered, Scene } from '../../../http-kit/scene.ts';
import { textOf } from '../../../kit/nodes.ts';

/** Spellings of a number on which parsers disagree. */
const oddNumber = /^(?:(?:\+|%2B)\d+|0\d+|\d+(?:_\d+)+|0[xX][0-9a-fA-F]+|[+-]?(?:inf|infinity|nan))$/i;

/** A spelling that only says the number in another way. */
const longNumber = /^(?:\+|%2B)?0{0,40}(\d{1,40})$/i;

function hasMember({ json }: Answered, text: string): boolean {
  return (
    json?.kind === 'object' &&
    json.members.some(({ value }) => (value.kind === 'number' ? value.raw : textOf(value)) === text)
  );
}

/** The path names a thing by an odd number: one side answers with what has the plain number, the other does not find it. */
function findsByNumber({ asked, first, second }: Scene): boolean {
  const plain = asked.path.split('/').flatMap((one) => {
    const number = oddNumber.test(one) ? longNumber.exec(one)?.[1] : undefined;
    return number === undefined ? [] : [number];
  });
  return first.status === 404 && second.accepts && plain.some((number) => hasMember(second, number));
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a segment of the path, or a value of the query, must be to be taken for a number or an id. */
export const parameterBehaviours: readonly Behaviour[] = [
  {
    id: 'int-parse-leniency',
    title: 'an odd spelling of a number in the address is a number on one side only',
    severity: 'risky',
    facet: 'status',
    reach: 'api',
    owns: ofStatus,
    what: 'A segment of the path or a query parameter is a number with a plus sign, leading zeros, underscores, a hex prefix, or no finite number; one parser takes it, the other refuses.',
    request: 'GET /items/+1',
    example: [
      [
        'Go (strconv.ParseUint)',
        '400␊content-type: text/plain; charset=utf-8␊␊strconv.ParseUint: parsing "+1": invalid syntax␊',
      ],
      ['Rust (axum)', '200␊content-type: application/json␊␊{"id":1}'],
    ],
    why: [
      ['Go', 'ParseUint takes no sign, ParseInt takes one; ParseFloat takes underscores, hex and inf'],
      ['Rust', 'str::parse takes a plus sign for every integer type, and inf and nan for floats'],
      ['Python', 'int() takes underscores, spaces and digits of any script'],
      ['Node', 'parseInt takes whatever begins with a digit'],
    ],
    breaks: 'Links that one side made or accepted fail on the other.',
    fix: [
      ['Go', 'strconv.ParseInt and a check for the sign'],
      ['Rust', 'a newtype whose FromStr checks that all bytes are ASCII digits'],
    ],
    proof:
      'The address holds such a spelling, one side refuses with the text of a number parser, the other accepts; or a segment of the path is such a spelling, one side answers 404, the other with a member that has the plain number.',
    sources: [
      'https://pkg.go.dev/strconv#ParseUint',
      'https://doc.rust-lang.org/std/primitive.u64.html#method.from_str_radix',
    ],
    find: (scene) => {
      const values = [...scene.asked.path.split('/'), ...scene.asked.pairs.map(({ value }) => value ?? '')];
      const isOdd = values.some((one) => oddNumber.test(one));
      return (isOdd && refusedFor(scene, 'bad-number', 'bad-param', 'out-of-range')) || findsByNumber(scene);
    },
  },
  {
    id: 'path-param-type',
    title: 'a path parameter of the wrong type is refused in two ways',
    severity: 'risky',
    facet: 'status',
    reach: 'api',
    owns: ofRefusal,
    what: 'The route wants a number where the path has a word. Both sides refuse, but with another status or in other words.',
    request: 'GET /items/x',
    example: [
      ['Rust (axum)', '400␊content-type: text/plain; charset=utf-8␊␊Invalid URL: Cannot parse `x` to a `u64`'],
      ['Node (Express)', '404␊content-type: text/html; charset=utf-8␊␊<pre>Cannot GET /items/x</pre>'],
    ],
    why: [
      ['Rust (axum)', '400 and the text of the rejection of Path; actix answers 404'],
      ['Python (FastAPI)', '422 with a detail list; Flask, whose converter does not match, 404'],
      ['Go', 'whatever the handler does with the error of strconv'],
      ['Java (Spring)', '400; ASP.NET 404 with a route constraint, 400 without'],
    ],
    breaks: 'A client that takes 404 for "gone" and 400 for its own mistake decides otherwise.',
    fix: [
      ['Rust (axum)', 'WithRejection<Path<T>, ApiError> of axum-extra, or a Path<String> parsed by hand'],
      ['Node (Express)', 'check the parameter in the handler and answer 400'],
    ],
    proof: 'Both sides refuse, and one of them in the known words of a path parameter that cannot be read.',
    sources: ['https://docs.rs/axum/latest/axum/extract/struct.Path.html'],
    find: ({ asked, first, second }) => {
      if (!first.refuses || !second.refuses || first.error === null) return false;
      const { kind, got } = first.error;
      if (kind === 'bad-param') return true;
      return kind === 'bad-number' && got !== null && got !== '' && asked.path.split('/').includes(got);
    },
  },
  {
    id: 'uuid-spelling',
    title: 'a UUID in capitals names a thing on one side only',
    severity: 'risky',
    facet: 'status',
    reach: 'api',
    owns: ofStatus,
    what: 'The path holds a UUID in capitals. One side reads it as a UUID and finds the thing, the other compares texts and does not.',
    request: 'GET /skus/9B2F1C3D-4E5F-4A6B-8C7D-000000000001',
    example: [
      ['Rust (axum, Uuid)', '200␊content-type: application/json␊␊{"id":1}'],
      ['Go (string)', '404␊content-type: text/plain; charset=utf-8␊␊part not found␊'],
    ],
    why: [
      ['Rust (uuid), Java, Python', 'a UUID is 128 bits, read from either case'],
      ['Go, Node', 'a string is compared byte for byte unless it is parsed'],
    ],
    breaks: 'Clients that write UUIDs in capitals, as Windows and Swift do, find nothing.',
    fix: [
      ['Rust (axum)', 'Path<String>, to compare texts'],
      ['Go', 'uuid.Parse of github.com/google/uuid, and its String() as the key'],
    ],
    proof: 'A segment of the path is a UUID with capitals, one side accepts, the other answers 400 or 404.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9562#section-4'],
    find: ({ asked, first, second }) =>
      asked.path.split('/').some((one) => uuid.test(one) && /[A-F]/.test(one)) &&
      first.accepts &&
      [400, 404].includes(second.status),
  },
];
