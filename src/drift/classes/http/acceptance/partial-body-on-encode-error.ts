import { isJsonType } from '../../../../compare/headers/media-type.ts';
import { defineClass } from '../../../definition/define-class.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { ofWhole } from '../../../http-kit/owned.ts';

/** A body that ends before its JSON does. */
function isCutOff({ body, json: tree, type, text: shown }: Answered): boolean {
  return (
    isJsonType(type) &&
    tree === null &&
    (body.length === 0 || (body.length < 4096 && /^\s?[[{]/.test(shown) && !/[\]}]\s*$/.test(shown)))
  );
}

export const partialBodyOnEncodeError = defineClass({
  id: 'partial-body-on-encode-error',
  title: 'an answer ends in the middle of its JSON',
  severity: 'breaking',
  reach: 'route',
  pass: 'success',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'One side says 2xx and JSON, but its body is empty or ends too soon: writing it failed after the status was sent.',
    request: 'GET /stats',
    example: [
      ['Go (json.Encoder)', `200␊content-type: application/json`],
      ['Rust (serde_json)', `200␊content-type: application/json␊␊{"mean":null}`],
    ],
    why: [
      ['Go', 'Encode fails on NaN, a channel or a cycle after WriteHeader; the error is logged and forgotten'],
      ['All that stream', 'an error in the middle can only cut the answer off'],
    ],
    breaks: 'Clients fail with a syntax error, and nothing shows in the statistics of status codes.',
    fix: [
      ['Go', 'json.Marshal into a buffer first, and 500 if that fails'],
      ['Rust', 'axum::Json serialises before it answers: nothing to do'],
    ],
    proof: 'One side says 2xx and JSON with a body that is empty or cut off, the other sends whole JSON.',
    sources: ['https://pkg.go.dev/encoding/json#Encoder.Encode'],
  },
  recognise: {
    facet: 'body',
    owns: ofWhole,
    find: ({ first, second }) =>
      first.accepts && first.status !== 204 && isCutOff(first) && second.accepts && second.json !== null,
  },
});
