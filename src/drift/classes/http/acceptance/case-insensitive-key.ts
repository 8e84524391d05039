import { defineClass } from '../../../definition/define-class.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { keysIn, refusedFor } from '../../../http-kit/predicates.ts';

/** Keys of the request under another case than the field that the error names. */
function inAnotherCase({ asked, first }: ExchangePair): boolean {
  const field = first.error?.field ?? null;
  if (field === null) return false;
  const keys = keysIn(asked);
  const missing = first.error?.kind === 'missing-field';
  if (missing === keys.has(field)) return false;
  return missing ? [...keys].some((key) => key.toLowerCase() === field.toLowerCase()) : field !== field.toLowerCase();
}

export const caseInsensitiveKey = defineClass({
  id: 'case-insensitive-key',
  title: 'a key in another case is accepted on one side, and refused on the other',
  severity: 'breaking',
  reach: 'api',
  pass: 'field',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The request spells a key in another case. One side reads it all the same, the other says that the field is missing or unknown.',
    request: `POST /v1/things␊content-type: application/json␊␊{"NAME":"n"}`,
    example: [
      [
        'Rust (serde)',
        `422␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize the JSON body into the target type: missing field \`name\` at line 1 column 12`,
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1,"name":"n"}␊`],
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
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => refusedFor(scene, 'missing-field', 'unknown-field') && inAnotherCase(scene),
  },
});
