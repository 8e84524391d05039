import { defineClass } from '../../../definition/define-class.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { anyOf, ofStatus, ofWhole } from '../../../http-kit/owned.ts';

function isEmpty({ body, text: shown }: Answered): boolean {
  return body.length === 0 || /^(?:null|\{\}|""|OK)\s?$/.test(shown);
}

export const statusWithEmptyBody = defineClass({
  id: 'status-with-empty-body',
  title: 'a success without content is 204 on one side, and 200 with an empty answer on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'success',
  rank: 3,
  evidence: 'documented',
  page: {
    what: 'One side answers 204. The other one answers 200 or 202 with no body, null, {} or OK.',
    request: 'DELETE /v1/things/1',
    example: [
      ['Rust (axum)', '204'],
      ['Node (Express, sendStatus)', '200␊content-type: text/plain; charset=utf-8␊␊OK'],
    ],
    why: [
      ['Rust (axum)', 'a handler that returns () answers 200, StatusCode::NO_CONTENT 204'],
      ['Node (Express)', 'sendStatus(200) writes OK'],
      ['Python (FastAPI)', 'a handler that returns None answers 200 and null'],
    ],
    breaks:
      'Clients that read JSON from every 200 fail on an empty body; those that wait for 204 take 200 for a failure.',
    fix: [
      ['Rust (axum)', 'return StatusCode::NO_CONTENT, or StatusCode::OK'],
      ['Node (Express)', 'res.status(204).end()'],
      ['Python (FastAPI)', 'status_code=204, response_class=Response'],
    ],
    proof: 'Both accept, exactly one with 204, and the body of the other says nothing.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.3.5'],
  },
  recognise: {
    facet: 'status',
    owns: anyOf(ofStatus, ofWhole),
    even: true,
    find: ({ first, second }) =>
      first.accepts &&
      second.accepts &&
      (first.status === 204) !== (second.status === 204) &&
      isEmpty(first) &&
      isEmpty(second),
  },
});
