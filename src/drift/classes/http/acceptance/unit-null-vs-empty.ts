import { defineClass } from '../../../definition/define-class.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { ofWhole } from '../../../http-kit/owned.ts';

function saysNull({ json: tree }: Answered): boolean {
  return tree?.kind === 'null' || (tree?.kind === 'object' && tree.members.length === 0);
}

export const unitNullVsEmpty = defineClass({
  id: 'unit-null-vs-empty',
  title: 'a handler that returns nothing answers null on one side, and an empty body on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'absence',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and FastAPI',
  page: {
    what: 'Both sides answer with the same status, one with no body, the other with null or {}.',
    request: 'POST /v1/things/1/touch',
    example: [
      ['Rust (axum)', '200␊content-length: 0'],
      ['Python (FastAPI)', `200␊content-type: application/json␊␊null`],
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
  },
  recognise: {
    facet: 'body',
    owns: ofWhole,
    find: ({ first, second }) =>
      first.accepts && first.status === second.status && first.body.length === 0 && saysNull(second),
  },
});
