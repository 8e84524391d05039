import { defineClass } from '../../../definition/define-class.ts';
import type { Asked } from '../../../http-kit/exchange-pair.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { oneRefuses } from '../../../http-kit/predicates.ts';

/** A JSON value and something behind it: cut off before the rest, it would be JSON. */
function hasTail({ body, json: tree }: Asked): boolean {
  if (tree !== null || body.length > 1 << 16) return false;
  return /^\s*\{[^{}]{0,4000}\}\s*\S/.test(body.toString('latin1', 0, 4200));
}

export const trailingData = defineClass({
  id: 'trailing-data',
  title: 'text behind the JSON is refused on one side, and accepted on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'body-bytes',
  rank: 5,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The request body goes on after its JSON value. One decoder reads to the end, the other stops at the value.',
    request: `POST /v1/things␊content-type: application/json␊␊{"name":"n"} garbage`,
    example: [
      [
        'Rust (axum 0.8.5)',
        `400␊content-type: text/plain; charset=utf-8␊␊Failed to parse the request body as JSON: trailing characters at line 1 column 14`,
      ],
      ['Go (json.Decoder)', `201␊content-type: application/json␊␊{"id":1,"name":"n"}␊`],
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
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => hasTail(scene.asked) && oneRefuses(scene) && [400, 422].includes(scene.first.status),
  },
});
