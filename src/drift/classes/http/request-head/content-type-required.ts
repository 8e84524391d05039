import { isJsonType } from '../../../../compare/headers/media-type.ts';
import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const contentTypeRequired = defineClass({
  id: 'content-type-required',
  title: 'a request without the right content type is refused on one side only',
  severity: 'breaking',
  reach: 'api',
  pass: 'request-head',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The request has a body, but names no content type, or one that is not JSON.',
    request: 'POST /v1/things␊␊{"name":"n"}',
    example: [
      [
        'Rust (axum)',
        `415␊content-type: text/plain; charset=utf-8␊␊Expected request with \`Content-Type: application/json\``,
      ],
      ['Go (encoding/json)', `201␊content-type: application/json␊␊{"id":1,"name":"n"}␊`],
    ],
    why: [
      ['Rust (axum)', 'Json<T> answers 415; actix 400'],
      ['Node (Fastify), Python (Flask)', '415; Express gives an empty or undefined body'],
      ['Go', 'a handler that decodes the body does not look'],
      ['Python (FastAPI)', 'accepted until 0.131, refused since 0.132'],
    ],
    breaks: 'Clients that never set the header, such as curl -d and many scripts, fail after the cutover.',
    fix: [
      ['Rust (axum)', 'take Bytes and serde_json::from_slice, to accept it too'],
      ['Go', 'mime.ParseMediaType(r.Header.Get("Content-Type")), and 415 unless it is application/json'],
    ],
    proof: 'The request has a body and no JSON content type, one side refuses for its content type, the other accepts.',
    flips: ['FastAPI 0.132 refuses'],
    sources: ['https://docs.rs/axum/latest/axum/struct.Json.html', 'https://github.com/fastapi/fastapi/pull/14978'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ asked, first, second }) =>
      asked.body.length > 0 &&
      !isJsonType(asked.type) &&
      (first.status === 415 || (first.refuses && first.error?.kind === 'content-type')) &&
      second.accepts,
  },
});
