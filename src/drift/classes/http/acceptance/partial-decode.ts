import { defineClass } from '../../../definition/define-class.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';
import { valueAt, zeroes } from './absence.ts';

/** The member that the first side refuses for its type is empty in the answer of the second. */
function isLeftEmpty(scene: ExchangePair): boolean {
  const { asked, first, second } = scene;
  const field = first.error?.field ?? null;
  if (field === null || !refusedFor(scene, 'wrong-type')) return false;
  const [sent, stored] = [valueAt(asked.json, field), valueAt(second.json, field)];
  if (sent === null || sent.kind === 'null' || stored === null || !('raw' in stored)) return false;
  return zeroes.has(stored.raw) && !('raw' in sent && zeroes.has(sent.raw));
}

export const partialDecode = defineClass({
  id: 'partial-decode',
  title: 'a member of the wrong type is refused on one side, and left empty on the other',
  severity: 'breaking',
  reach: 'route',
  pass: 'absence',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'One side refuses the type of a member. The other accepts the request, and answers as if that member had not been sent.',
    request: `POST /v1/things␊content-type: application/json␊␊{"name":"n","size":"big"}`,
    example: [
      [
        'Rust (axum)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: size: invalid type: string "big", expected u32 at line 1 column 24`,
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1,"name":"n","size":0}␊`],
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
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: isLeftEmpty,
  },
});
