import { pointerToken } from '../../../../json/pointer.ts';
import type { JsonNode } from '../../../../json/tree.ts';
import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { type Owns, ofStatus, ofWhole } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';
import type { Answered, Scene } from '../../../http-kit/scene.ts';

const common = { severity: 'breaking', facet: 'body', owns: ofWhole } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';
const prefix = 'Failed to deserialize the JSON body into the target type:';

const zeroes = new Set(['0', '0.0', 'false', '""', 'null']);

type Member = { readonly key: string; readonly value: JsonNode };

function membersOf(node: JsonNode | null): readonly Member[] {
  return node?.kind === 'object' ? node.members : [];
}

function valueAt(node: JsonNode | null, key: string): JsonNode | null {
  return membersOf(node).find((one) => one.key === key)?.value ?? null;
}

/** Members that the request sets to null, of which the first side shows a value and the second none. */
function filledByFirst({ asked, first, second }: Scene): string[] {
  if (!asked.writes || !first.accepts || !second.accepts || second.json?.kind !== 'object') return [];
  const nulls = membersOf(asked.json).filter(({ value }) => value.kind === 'null');
  return nulls
    .map(({ key }) => key)
    .filter((key) => (valueAt(first.json, key)?.kind ?? 'null') !== 'null')
    .filter((key) => (valueAt(second.json, key)?.kind ?? 'null') === 'null');
}

const updates = new Set(['PATCH', 'PUT']);

/** Of these the ones that must have been there before: the request changes a thing, and the value is not an empty one. */
function keptByFirst(scene: Scene): string[] {
  return updates.has(scene.asked.method)
    ? filledByFirst(scene).filter((key) => !isBlank(valueAt(scene.first.json, key)))
    : [];
}

/** The others: the value was made from null. */
function madeByFirst(scene: Scene): string[] {
  const kept = new Set(keptByFirst(scene));
  return filledByFirst(scene).filter((key) => !kept.has(key));
}

function isBlank(node: JsonNode | null): boolean {
  if (node === null) return true;
  if (node.kind === 'object') return node.members.length === 0;
  return node.kind === 'array' ? node.items.length === 0 : zeroes.has(node.raw);
}

/** The divergences at these members, whichever side they were found on. */
function at(found: (scene: Scene) => string[]): Owns {
  return (scene, { facet, pointer }) =>
    facet === 'body' && found(scene).some((key) => pointer === `/${pointerToken(key)}`);
}

function saysNull({ json: tree }: Answered): boolean {
  return tree?.kind === 'null' || (tree?.kind === 'object' && tree.members.length === 0);
}

/** The member that the first side refuses for its type is empty in the answer of the second. */
function isLeftEmpty(scene: Scene): boolean {
  const { asked, first, second } = scene;
  const field = first.error?.field ?? null;
  if (field === null || !refusedFor(scene, 'wrong-type')) return false;
  const [sent, stored] = [valueAt(asked.json, field), valueAt(second.json, field)];
  if (sent === null || sent.kind === 'null' || stored === null || !('raw' in stored)) return false;
  return zeroes.has(stored.raw) && !('raw' in sent && zeroes.has(sent.raw));
}

/** What is not there: null, nothing at all, and the difference between them. */
export const absenceBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'option-nesting-collapse',
    reach: 'route',
    owns: at(keptByFirst),
    title: 'null clears a member on one side, and leaves it as it was on the other',
    what: 'The request sets a member to null. One side clears it; the other cannot tell null from a member that is not there, and keeps the old value.',
    request: `PATCH /v1/things/1␊${json}␊␊{"note":null}`,
    example: [
      ['Rust (serde, Option<String>)', `200␊${json}␊␊{"id":1,"note":"old"}`],
      ['Node (Express)', `200␊${json}␊␊{"id":1,"note":null}`],
    ],
    why: [
      [
        'Rust (serde)',
        'Option<T> is None both for null and for a member that is not there; Option<Option<T>> collapses the same way without a deserialize_with',
      ],
      ['Go', 'a nil pointer is both; only json.RawMessage, a map or an UnmarshalJSON sees null'],
      ['Python (pydantic)', 'model_fields_set tells them apart; Node has null and undefined'],
    ],
    breaks: 'JSON Merge Patch (RFC 7396) clears with null: what a user removed is still there.',
    fix: [
      ['Rust (serde)', 'Option<Option<T>> with #[serde(default, with = "serde_with::rust::double_option")]'],
      ['Node (Express)', 'keep it, and say in the contract that null clears'],
      ['Go', 'a generic type with Set and Null flags and an UnmarshalJSON, which is called for null too'],
    ],
    proof:
      'The request is a PATCH or PUT with a member that is null; both accept, and the answer of one has a value there that is not empty, that of the other none. It speaks for these members alone.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc7396',
      'https://docs.rs/serde_with/latest/serde_with/rust/double_option/index.html',
    ],
    find: (scene) => keptByFirst(scene).length > 0,
  },
  {
    ...common,
    id: 'null-coerced',
    reach: 'route',
    owns: at(madeByFirst),
    title: 'null is taken as an empty value on one side, and kept on the other',
    what: 'Both sides accept a member that is null. One answers with null, the other with zero, an empty text or list, or its default.',
    request: `POST /v1/things␊${json}␊␊{"name":"n","size":null}`,
    example: [
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1,"name":"n","size":0}␊`],
      ['Node (Express)', `201␊${json}␊␊{"id":1,"name":"n","size":null}`],
    ],
    why: [
      ['Go', 'null leaves a field that is no pointer at its zero value, without an error'],
      ['Node (Fastify, ajv with coerceTypes)', 'null becomes 0, "" or false; Express keeps what it was sent'],
      ['Java (Jackson 2)', 'null is 0 for primitives'],
    ],
    breaks:
      'What was unknown is zero from then on: sums and averages count it, and nobody can tell the two apart again.',
    fix: [
      ['Go', 'a pointer field (*int), which keeps null, or a check that refuses it'],
      ['Node (Express)', 'refuse null where a value is due: zod or ajv with nullable: false and coerceTypes: false'],
    ],
    proof:
      'The request is a write with a member that is null; both accept, and one answers with a value there (an empty one, if the request changes a thing), the other with none. It speaks for these members alone.',
    flips: ['Jackson 3 refuses null for primitives'],
    sources: ['https://pkg.go.dev/encoding/json#Unmarshal', 'https://ajv.js.org/coercion.html'],
    find: (scene) => madeByFirst(scene).length > 0,
  },
  {
    ...common,
    id: 'unit-null-vs-empty',
    severity: 'risky',
    reach: 'api',
    title: 'a handler that returns nothing answers null on one side, and an empty body on the other',
    what: 'Both sides answer with the same status, one with no body, the other with null or {}.',
    request: 'POST /v1/things/1/touch',
    example: [
      ['Rust (axum)', '200␊content-length: 0'],
      ['Python (FastAPI)', `200␊${json}␊␊null`],
    ],
    why: [
      ['Rust (axum), Go', 'a handler that returns or writes nothing has an empty body and no content type'],
      ['Python (FastAPI)', 'None is written as JSON: null'],
      ['Node', 'res.json(null) writes null; res.json(undefined) and Nest write nothing, under a content type of JSON'],
    ],
    breaks: 'Clients that read JSON from every 200 fail with a syntax error on the empty body.',
    fix: [
      ['Rust (axum)', 'Json(()) to write null, or better StatusCode::NO_CONTENT on both sides'],
      ['Python (FastAPI)', 'status_code=204 and response_class=Response'],
    ],
    proof: 'Both accept with one status, one body has no bytes, and the other is null or {} and nothing else.',
    sources: ['https://fastapi.tiangolo.com/advanced/response-directly/'],
    find: ({ first, second }) =>
      first.accepts && first.status === second.status && first.body.length === 0 && saysNull(second),
  },
  {
    ...common,
    id: 'partial-decode',
    facet: 'status',
    owns: ofStatus,
    reach: 'route',
    title: 'a member of the wrong type is refused on one side, and left empty on the other',
    what: 'One side refuses the type of a member. The other accepts the request, and answers as if that member had not been sent.',
    request: `POST /v1/things␊${json}␊␊{"name":"n","size":"big"}`,
    example: [
      ['Rust (axum)', `422␊${text}␊␊${prefix} size: invalid type: string "big", expected u32 at line 1 column 24`],
      ['Go (encoding/json)', `201␊${json}␊␊{"id":1,"name":"n","size":0}␊`],
    ],
    why: [
      [
        'Go',
        'Unmarshal reads all that it can before it returns an UnmarshalTypeError; a handler that logs the error and goes on has the rest',
      ],
      ['Rust (serde)', 'stops at the first fault, and gives nothing'],
      ['Node (ajv with coerceTypes)', 'fails, but null becomes 0 or ""'],
    ],
    breaks: 'Rows are stored with zeros that nobody sent.',
    fix: [
      ['Rust (axum)', 'nothing; or #[serde_as(deserialize_as = "DefaultOnError")] of serde_with'],
      ['Go (encoding/json)', 'return 400 for every error of Decode'],
    ],
    proof:
      'One side refuses the type of a member in known words; the request has a value there that is not empty; the other side accepts and answers with an empty one in its place.',
    sources: ['https://pkg.go.dev/encoding/json#UnmarshalTypeError'],
    find: isLeftEmpty,
  },
];
