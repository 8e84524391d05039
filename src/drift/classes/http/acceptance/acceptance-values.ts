import type { JsonNode } from '../../../../json/tree.ts';
import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { hasDuplicate, oneRefuses, refusedFor, someNode } from '../../../http-kit/predicates.ts';

const common = { severity: 'breaking', facet: 'status', owns: ofStatus } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';
const prefix = 'Failed to deserialize the JSON body into the target type:';

function isScalar(node: JsonNode | null): boolean {
  return node !== null && node.kind !== 'object' && node.kind !== 'array';
}

/** Which objects and values of a JSON request are taken, and which are refused. */
export const valueBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'unknown-field',
    reach: 'route',
    severity: 'risky',
    title: 'a member that nobody knows is refused on one side, and accepted on the other',
    what: 'The request has a member more. One side refuses it by name, the other ignores it.',
    request: `POST /v1/things␊${json}␊␊{"name":"n","extra":1}`,
    example: [
      [
        'Rust (serde, deny_unknown_fields)',
        `422␊${text}␊␊${prefix} unknown field \`extra\`, expected \`name\` at line 1 column 19`,
      ],
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1,"name":"n"}␊`],
    ],
    why: [
      ['Rust (serde)', 'ignored unless #[serde(deny_unknown_fields)]'],
      ['Go', 'ignored unless Decoder.DisallowUnknownFields'],
      ['Java', 'refused by Jackson 2 alone, ignored in Spring Boot'],
    ],
    breaks:
      'Newer clients, that send what older servers do not know, fail on the strict side; typos go through on the other.',
    fix: [
      ['Rust (serde)', 'remove #[serde(deny_unknown_fields)]'],
      ['Go', 'decoder.DisallowUnknownFields()'],
    ],
    proof: 'One side refuses and names a field that it does not know; the other side accepts.',
    sources: [
      'https://serde.rs/container-attrs.html',
      'https://pkg.go.dev/encoding/json#Decoder.DisallowUnknownFields',
    ],
    find: (scene) => refusedFor(scene, 'unknown-field') && scene.asked.json !== null,
  },
  {
    ...common,
    id: 'duplicate-key-request',
    reach: 'api',
    title: 'a key that is there twice is refused on one side, and accepted on the other',
    what: 'An object of the request has a key twice. One side refuses it, the other takes one of the values.',
    request: `POST /v1/things␊${json}␊␊{"name":"n","name":"m"}`,
    example: [
      ['Rust (axum)', `422␊${text}␊␊${prefix} duplicate field \`name\` at line 1 column 18`],
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1,"name":"m"}␊`],
    ],
    why: [
      ['Rust (serde)', 'structs refuse duplicates; maps and Value take the last'],
      ['Go, Node, Python, Jackson', 'the last wins'],
    ],
    breaks: 'What one side checks and the other stores may be two values: a way around validation.',
    fix: [
      ['Rust (serde)', 'a map or Value first, then the struct from it'],
      ['Go', 'encoding/json/v2, which refuses duplicates'],
      ['Rust (serde)', 'serde_json::Map first, which keeps the last, and serde_json::from_value'],
      ['Go', 'jsontext.AllowDuplicateNames(false) of encoding/json/v2'],
    ],
    proof: 'An object of the request has a key twice, one side refuses with 400 or 422, the other accepts.',
    flips: ['Go with encoding/json/v2 refuses'],
    sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-4', 'https://go.dev/doc/jsonv2-migration'],
    find: (scene) =>
      oneRefuses(scene) &&
      [400, 422].includes(scene.first.status) &&
      someNode(scene.asked, hasDuplicate) &&
      (scene.first.error === null || ['duplicate-field', 'syntax'].includes(scene.first.error.kind)),
  },
  {
    ...common,
    id: 'array-for-struct',
    reach: 'api',
    title: 'a list where an object is due is accepted on one side, and refused on the other',
    what: 'The request sends a list where an object is due. One side reads its items as the fields in their order.',
    request: `POST /v1/things␊${json}␊␊["n",null]`,
    example: [
      ['Go (encoding/json)', `400␊${text}␊␊json: cannot unmarshal array into Go value of type main.In␊`],
      ['Rust (axum)', `201␊${json}␊␊{"id":1,"name":"n"}`],
    ],
    why: [
      ['Rust (serde)', 'a derived struct can be read from a sequence, field by field'],
      ['Go', 'a list is no struct'],
    ],
    breaks: 'The lenient side writes rows for requests that the strict one refused, with values in the wrong fields.',
    fix: [
      ['Go', 'nothing: this is what clients expect'],
      ['Rust (serde)', 'a newtype whose Deserialize calls deserialize_map'],
    ],
    proof: 'The request holds a list, one side refuses a list by name, the other accepts.',
    sources: ['https://github.com/serde-rs/serde/issues/1587'],
    find: (scene) =>
      refusedFor(scene, 'wrong-type') &&
      /^array\b/.test(scene.first.error?.got ?? '') &&
      someNode(scene.asked, ({ kind }) => kind === 'array'),
  },
  {
    ...common,
    id: 'enum-unknown-request',
    reach: 'route',
    title: 'a word that is none of the allowed ones is refused on one side only',
    what: 'The request names a value that an enum does not have. One side refuses it, the other stores it.',
    request: `POST /v1/things␊${json}␊␊{"kind":"Zed"}`,
    example: [
      [
        'Rust (axum)',
        `422␊${text}␊␊${prefix} kind: unknown variant \`Zed\`, expected \`Unit\` or \`Schema\` at line 1 column 13`,
      ],
      ['Go', `201␊${json}␊␊{"id":1,"kind":"Zed"}␊`],
    ],
    why: [
      ['Rust (serde)', 'an enum takes its variants and nothing else'],
      ['Go', 'a string type takes every string'],
      ['Java (Jackson)', 'refuses unknown names, but takes an ordinal'],
    ],
    breaks: 'The lenient side stores words that the strict one cannot even read back.',
    fix: [
      ['Rust (serde)', '#[serde(other)] on a variant for all the rest'],
      ['Go', 'UnmarshalText on the type, with a switch over the constants'],
    ],
    proof: 'One side refuses an unknown variant, in the words of its enum decoder; the other side accepts.',
    sources: ['https://serde.rs/variant-attrs.html'],
    find: (scene) => refusedFor(scene, 'unknown-variant'),
  },
  {
    ...common,
    id: 'root-scalar',
    reach: 'api',
    severity: 'risky',
    title: 'a body that is one bare value is refused on one side only',
    what: 'The request body is null, a number or a string where an object is due.',
    request: `POST /v1/things␊${json}␊␊null`,
    example: [
      [
        'Node (Express)',
        `400␊content-type: text/html; charset=utf-8␊␊<pre>SyntaxError: Unexpected token &#39;n&#39;, &quot;null&quot; is not valid JSON</pre>`,
      ],
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1,"name":""}␊`],
    ],
    why: [
      ['Go', 'null leaves everything as it was, and is no error'],
      ['Node (Express)', 'express.json is strict: objects and lists only'],
      ['Rust (axum)', '422'],
    ],
    breaks: 'A client that sends null by mistake gets an error on one side, and an empty row on the other.',
    fix: [
      ['Node (Express)', 'express.json({ strict: false })'],
      ['Go', 'read into json.RawMessage and refuse what does not begin with a brace'],
    ],
    proof: 'The body is one value without structure, one side refuses it, the other accepts.',
    sources: ['https://expressjs.com/en/api.html#express.json'],
    find: (scene) => isScalar(scene.asked.json) && oneRefuses(scene),
  },
  {
    ...common,
    id: 'type-coercion',
    reach: 'route',
    title: 'a value of another type is accepted on one side, and refused on the other',
    what: 'The request sends a string for a number, a number for a string or the like. One side converts it, the other refuses.',
    request: `POST /v1/things␊${json}␊␊{"age":"1"}`,
    example: [
      ['Rust (axum)', `422␊${text}␊␊${prefix} age: invalid type: string "1", expected u8 at line 1 column 10`],
      ['Python (FastAPI)', `201␊${json}␊␊{"id":1,"age":1}`],
    ],
    why: [
      ['Rust (serde), Go', 'no conversion'],
      [
        'Python (pydantic), Java (Jackson), Node (ajv in Fastify), .NET',
        'strings become numbers where they can; Jackson cuts 1.9 to 1',
      ],
    ],
    breaks: 'Clients that send every value as a string fail on the strict side.',
    fix: [
      ['Rust (serde)', '#[serde_as(as = "PickFirst<(_, DisplayFromStr)>")] of serde_with'],
      ['Python (pydantic)', 'ConfigDict(strict=True)'],
      ['Java (Jackson)', 'MapperFeature.ALLOW_COERCION_OF_SCALARS off'],
    ],
    proof: 'The request is JSON, one side refuses the type of a value in known words, the other accepts.',
    sources: ['https://docs.pydantic.dev/latest/concepts/conversion_table/'],
    find: (scene) => refusedFor(scene, 'wrong-type') && scene.asked.json !== null,
  },
];
