import type { JsonNode } from '../../../../json/tree.ts';
import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { keysIn, refusedFor, someNode } from '../../../http-kit/predicates.ts';
import type { Scene } from '../../../http-kit/scene.ts';

const common = { severity: 'breaking', facet: 'status', owns: ofStatus } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';
const prefix = 'Failed to deserialize the JSON body into the target type:';

function hasNullMember(node: JsonNode, field: string | null): boolean {
  return (
    node.kind === 'object' &&
    node.members.some(({ key, value }) => value.kind === 'null' && (field === null || key === field))
  );
}

function refusesNull(scene: Scene): boolean {
  return refusedFor(scene, 'wrong-type') && scene.first.error?.got === 'null';
}

/** Keys of the request under another case than the field that the error names. */
function inAnotherCase({ asked, first }: Scene): boolean {
  const field = first.error?.field ?? null;
  if (field === null) return false;
  const keys = keysIn(asked);
  const missing = first.error?.kind === 'missing-field';
  if (missing === keys.has(field)) return false;
  return missing ? [...keys].some((key) => key.toLowerCase() === field.toLowerCase()) : field !== field.toLowerCase();
}

/** Which members of a JSON request are taken, and which are refused. */
export const fieldBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'case-insensitive-key',
    reach: 'api',
    title: 'a key in another case is accepted on one side, and refused on the other',
    what: 'The request spells a key in another case. One side reads it all the same, the other says that the field is missing or unknown.',
    request: `POST /v1/things␊${json}␊␊{"NAME":"n"}`,
    example: [
      ['Rust (serde)', `422␊${text}␊␊${prefix} missing field \`name\` at line 1 column 12`],
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1,"name":"n"}␊`],
    ],
    why: [
      ['Go', 'encoding/json prefers the exact key, and else takes one that differs in case alone'],
      ['Rust (serde), FastAPI, Jackson', 'keys match byte for byte'],
    ],
    breaks: 'Clients that never spelled the key right were served for years, and fail after the cutover.',
    fix: [
      ['Rust (serde)', '#[serde(alias = "NAME")] for the spellings that clients use'],
      ['Go', 'encoding/json/v2, which matches exactly, or a check of the keys in UnmarshalJSON'],
    ],
    proof: 'One side refuses for a field that the request has in another case only; the other side accepts.',
    flips: ['Go with encoding/json/v2 is exact'],
    sources: ['https://pkg.go.dev/encoding/json#Unmarshal', 'https://go.dev/doc/jsonv2-migration'],
    find: (scene) => refusedFor(scene, 'missing-field', 'unknown-field') && inAnotherCase(scene),
  },
  {
    ...common,
    id: 'missing-required',
    reach: 'route',
    title: 'a member that is not there is required on one side only',
    what: 'The request leaves a member out. One side refuses and names it, the other goes on with an empty value.',
    request: `POST /v1/things␊${json}␊␊{}`,
    example: [
      ['Rust (axum)', `422␊${text}␊␊${prefix} missing field \`name\` at line 1 column 2`],
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1,"name":""}␊`],
    ],
    why: [
      ['Rust (serde)', 'a field is required unless it is an Option or has a default'],
      ['Go', 'what is not there leaves the zero value, and no error'],
      ['Python (FastAPI)', 'required unless it has a default, 422; Node (Express) checks nothing'],
    ],
    breaks: 'The lenient side stores rows with empty values that the strict one would never have written.',
    fix: [
      ['Rust (serde)', '#[serde(default)] on the field'],
      ['Go', 'a pointer field and a check for nil, or a validator with `validate:"required"`'],
    ],
    proof: 'One side refuses and names a field that no object of the request has; the other side accepts.',
    sources: ['https://serde.rs/attr-default.html', 'https://pkg.go.dev/encoding/json#Unmarshal'],
    find: (scene) => {
      const field = scene.first.error?.field ?? null;
      return (
        refusedFor(scene, 'missing-field') &&
        scene.asked.json !== null &&
        (field === null || !keysIn(scene.asked).has(field))
      );
    },
  },
  {
    ...common,
    id: 'null-for-required',
    reach: 'route',
    title: 'null for a member that must have a value is refused on one side, and accepted on the other',
    what: 'A member of the request is null. One side refuses it, the other one reads it as zero, empty or not given.',
    request: `POST /v1/things␊${json}␊␊{"name":null}`,
    example: [
      ['Rust (axum)', `422␊${text}␊␊${prefix} name: invalid type: null, expected a string at line 1 column 12`],
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1,"name":""}␊`],
    ],
    why: [
      ['Rust (serde)', 'null is a value of its own, that only Option takes'],
      ['Go', 'null leaves a field as it was'],
      ['Java (Jackson 2)', 'null is 0 for primitives; Node (Fastify, ajv) makes it "" or 0'],
    ],
    breaks: 'The lenient side stores empty values in silence.',
    fix: [
      ['Rust (serde)', 'Option<T>, or deserialize_with a function that turns null into the default'],
      ['Go', 'a pointer field and a check for nil'],
    ],
    proof: 'The request has a member that is null, one side refuses null by name, the other accepts.',
    flips: ['Jackson 3 refuses null for primitives'],
    sources: ['https://pkg.go.dev/encoding/json#Unmarshal'],
    find: (scene) =>
      refusesNull(scene) &&
      (scene.asked.json?.kind === 'null' ||
        someNode(scene.asked, (node) => hasNullMember(node, scene.first.error?.field ?? null))),
  },
  {
    ...common,
    id: 'null-element',
    reach: 'route',
    title: 'null in a list is refused on one side, and accepted on the other',
    what: 'A list in the request holds null. One side refuses it, the other one reads it as a zero or empty item.',
    request: `POST /v1/things␊${json}␊␊{"tags":["a",null]}`,
    example: [
      ['Rust (axum)', `422␊${text}␊␊${prefix} tags[1]: invalid type: null, expected a string at line 1 column 17`],
      ['Go (encoding/json)', `201␊${json}␊␊{"tags":["a",""]}␊`],
    ],
    why: [
      ['Rust (serde)', 'an item of Vec<T> must be a T'],
      ['Go', 'null leaves the item at its zero value'],
    ],
    breaks: 'The lenient side stores items that are empty, and that the strict one would never have written.',
    fix: [
      ['Rust (serde)', 'Vec<Option<T>>, or a newtype for lists as Go reads them'],
      ['Go', 'a slice of pointers and a check for nil'],
      ['Go', '[]*string and a check for nil'],
      ['Rust (serde)', 'Vec<Option<String>>, or #[serde(deserialize_with)] that drops null'],
    ],
    proof: 'A list of the request holds null, one side refuses null by name, the other accepts.',
    sources: ['https://pkg.go.dev/encoding/json#Unmarshal'],
    find: (scene) =>
      refusesNull(scene) &&
      someNode(scene.asked, (node) => node.kind === 'array' && node.items.some((item) => item.kind === 'null')),
  },
];
