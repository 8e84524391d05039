import { isJsonType, mediaType } from '../../../../compare/headers/media-type.ts';
import { looksLikeJson } from '../../../../compare/media/body-content.ts';
import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { nesting, oneRefuses, refusedFor } from '../../../http-kit/predicates.ts';
import { type Asked, isBroken } from '../../../http-kit/scene.ts';

const common = { severity: 'risky', facet: 'status', owns: ofStatus, reach: 'api' } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';
const syntaxPrefix = 'Failed to parse the request body as JSON:';

/** A JSON value and something behind it: cut off before the rest, it would be JSON. */
function hasTail({ body, json: tree }: Asked): boolean {
  if (tree !== null || body.length > 1 << 16) return false;
  return /^\s*\{[^{}]{0,4000}\}\s*\S/.test(body.toString('latin1', 0, 4200));
}

function isJsonRequest({ type, body }: Asked): boolean {
  return isJsonType(type) || looksLikeJson({ bytes: body, type: mediaType(null), problem: null });
}

const shallowest = 60;

/** Which bytes of a request are taken for its body, and which values for a number or a time. */
export const byteBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'empty-body-request',
    title: 'a request without a body is refused on one side, and accepted on the other',
    what: 'The request should have a body and has none.',
    request: `POST /v1/things␊${json}`,
    example: [
      ['Rust (axum)', `400␊${text}␊␊${syntaxPrefix} EOF while parsing a value at line 1 column 0`],
      ['Node (Express)', `201␊content-type: application/json; charset=utf-8␊␊{"id":1}`],
    ],
    why: [
      ['Rust (axum)', '400; Go says EOF, which handlers often let pass'],
      ['Node (Express, Koa, Nest)', 'an empty object; Fastify 400'],
      ['Python (FastAPI)', '422; Django REST framework takes it as {}'],
    ],
    breaks: 'A client that sends nothing gets an error on one side, and an empty row on the other.',
    fix: [
      ['Rust (axum)', 'Option<Json<T>>'],
      ['Node (Express)', 'check req.headers["content-length"] and answer 400'],
    ],
    proof: 'The request has no body, one side refuses because the text ended too soon, the other accepts.',
    sources: ['https://docs.rs/axum/latest/axum/struct.Json.html'],
    find: (scene) => scene.asked.body.length === 0 && scene.asked.writes && refusedFor(scene, 'eof'),
  },
  {
    ...common,
    id: 'invalid-utf8-request',
    title: 'a body that is no UTF-8 is refused on one side, and accepted on the other',
    severity: 'breaking',
    what: 'The request body holds bytes that are no UTF-8, or half of a surrogate pair as an escape. One side refuses it, the other puts U+FFFD in their place.',
    request: `POST /v1/things␊${json}␊␊{"name":"\\ud800"}`,
    example: [
      ['Rust (axum)', `400␊${text}␊␊${syntaxPrefix} unexpected end of hex escape at line 1 column 16`],
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1,"name":"\\ufffd"}␊`],
    ],
    why: [
      ['Rust (serde_json)', 'strings are UTF-8, and a lone surrogate is none'],
      ['Go', 'encoding/json replaces what is invalid; so do Node and many decoders'],
    ],
    breaks: 'The lenient side stores another text than it was sent.',
    fix: [
      ['Rust (axum)', 'take Bytes and String::from_utf8_lossy, to accept it too'],
      ['Go', 'utf8.Valid over the body first, or encoding/json/v2, which refuses'],
    ],
    proof: 'The body holds such bytes or such an escape, one side refuses, the other accepts.',
    flips: ['Go with encoding/json/v2 refuses'],
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-8.1', 'https://go.dev/doc/jsonv2-migration'],
    find: (scene) => {
      const { body } = scene.asked;
      const lone = /\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])/.test(body.toString('latin1', 0, 1 << 16));
      const { error } = scene.first;
      const isOfBytes = error === null || ['utf8', 'syntax', 'eof'].includes(error.kind);
      return oneRefuses(scene) && isOfBytes && isJsonRequest(scene.asked) && (lone || isBroken(body));
    },
  },
  {
    ...common,
    id: 'depth-limit',
    title: 'a body that nests deeply is refused on one side only',
    what: 'The request nests lists or objects deeper than one decoder goes.',
    request: `POST /v1/things␊${json}␊␊{"any":${'['.repeat(130)}${']'.repeat(130)}}`,
    example: [
      ['Rust (axum)', `400␊${text}␊␊${syntaxPrefix} recursion limit exceeded at line 1 column 134`],
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1}␊`],
    ],
    why: [
      ['Rust (serde_json)', '128 levels, but not inside fields that are ignored'],
      ['Go', '10,000; Jackson 1000, PHP 512, Ruby 100, .NET 64'],
    ],
    breaks: 'Documents that one side has stored cannot be sent to the other.',
    fix: [
      ['Rust (serde_json)', 'Deserializer::disable_recursion_limit with serde_stacker'],
      ['Go', 'count the depth with Decoder.Token before decoding'],
    ],
    proof: 'The request nests at least 60 levels, one side refuses and names a limit of depth, the other accepts.',
    sources: ['https://docs.rs/serde_json/latest/serde_json/struct.Deserializer.html'],
    find: (scene) => refusedFor(scene, 'depth') && nesting(scene.asked.body) >= shallowest,
  },
  {
    ...common,
    id: 'body-limit',
    title: 'a large body is refused on one side only',
    what: 'One side answers 413 to a body that the other one takes.',
    request: `POST /v1/upload␊content-type: application/octet-stream␊␊${'x'.repeat(64)}`,
    example: [
      ['Rust (axum)', `413␊${text}␊␊length limit exceeded`],
      ['Go (net/http)', `201␊${json}␊␊{"id":1}␊`],
    ],
    why: [
      ['Rust (axum)', '2 MB for extractors; actix 2 MB for JSON'],
      ['Node (Express)', '100 kB; Fastify and Koa 1 MiB'],
      ['Go', 'no limit without http.MaxBytesReader'],
      ['.NET (Kestrel)', '30 MB; nginx in front of anything 1 MB'],
    ],
    breaks: 'Uploads that have always worked fail; or a side without a limit runs out of memory.',
    fix: [
      ['Rust (axum)', 'DefaultBodyLimit::max(bytes) as a layer'],
      ['Go (net/http)', 'r.Body = http.MaxBytesReader(w, r.Body, bytes)'],
    ],
    proof: 'The request has a body, one side answers 413, the other accepts.',
    sources: [
      'https://docs.rs/axum/latest/axum/extract/struct.DefaultBodyLimit.html',
      'https://pkg.go.dev/net/http#MaxBytesReader',
    ],
    find: ({ asked, first, second }) => asked.body.length > 0 && first.status === 413 && second.accepts,
  },
  {
    ...common,
    id: 'trailing-data',
    title: 'text behind the JSON is refused on one side, and accepted on the other',
    what: 'The request body goes on after its JSON value. One decoder reads to the end, the other stops at the value.',
    request: `POST /v1/things␊${json}␊␊{"name":"n"} garbage`,
    example: [
      ['Rust (axum 0.8.5)', `400␊${text}␊␊${syntaxPrefix} trailing characters at line 1 column 14`],
      ['Go (json.Decoder)', `201␊${json}␊␊{"id":1,"name":"n"}␊`],
    ],
    why: [
      ['Go', 'Decoder.Decode reads one value and leaves the rest; Unmarshal refuses it'],
      ['Rust (axum)', 'ignored until 0.8.4'],
      ['Java (Jackson 2)', 'ignored unless FAIL_ON_TRAILING_TOKENS'],
    ],
    breaks: 'Two documents sent by mistake are one row on one side, and an error on the other.',
    fix: [
      ['Rust (axum)', 'nothing: a JSON text is one value'],
      ['Go', 'after Decode, a second Decode that must return io.EOF'],
    ],
    proof: 'The body is an object and more behind it, one side refuses with 400 or 422, the other accepts.',
    flips: ['axum 0.8.5 refuses', 'Jackson 3 refuses'],
    sources: ['https://github.com/tokio-rs/axum/pull/3453', 'https://pkg.go.dev/encoding/json#Decoder.Decode'],
    find: (scene) => hasTail(scene.asked) && oneRefuses(scene) && [400, 422].includes(scene.first.status),
  },
  {
    ...common,
    id: 'nonstandard-json',
    title: 'a body that is almost JSON is taken on one side only',
    what: 'The request body holds NaN, a comment or a trailing comma. One decoder takes it, the other refuses.',
    request: `POST /v1/things␊${json}␊␊{"score":NaN}`,
    example: [
      ['Go (encoding/json)', `400␊${text}␊␊invalid character 'N' looking for beginning of value␊`],
      ['Python (Flask)', `201␊${json}␊␊{"id":1}␊`],
    ],
    why: [
      ['Python', 'json.loads takes NaN and Infinity'],
      ['Ruby', 'takes comments'],
      ['Go, Rust, Node, Java', 'refuse'],
    ],
    breaks: 'Clients with a sloppy writer fail after the cutover.',
    fix: [
      ['Go', 'nothing: this is no JSON'],
      ['Python', 'json.loads(text, parse_constant=refuse)'],
    ],
    proof: 'The body claims to be JSON and is none, one side refuses for its syntax, the other accepts.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-6'],
    find: (scene) => {
      const { body, json: tree, type } = scene.asked;
      return body.length > 0 && tree === null && isJsonType(type) && refusedFor(scene, 'syntax');
    },
  },
];
