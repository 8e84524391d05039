import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { refusedFor } from '../../../http-kit/predicates.ts';

export const emptyBodyRequest = defineClass({
  id: 'empty-body-request',
  title: 'a request without a body is refused on one side, and accepted on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'body-bytes',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'The request should have a body and has none.',
    request: `POST /v1/things␊content-type: application/json`,
    example: [
      [
        'Rust (axum)',
        `400␊content-type: text/plain; charset=utf-8␊␊Failed to parse the request body as JSON: EOF while parsing a value at line 1 column 0`,
      ],
      ['Node (Express)', `201␊content-type: application/json; charset=utf-8␊␊{"id":1}`],
    ],
    why: [
      ['Rust (axum)', '400; Go says EOF, which handlers often let pass'],
      ['Node (Express, Koa, Nest)', 'an empty object; Fastify 400'],
      ['Python (FastAPI)', '422; Django REST framework takes it as {}'],
    ],
    breaks: 'A client that sends nothing gets an error on one side, and an empty row on the other.',
    fix: [
      ['Rust (axum)', 'Option<Json<T>>'],
      ['Node (Express)', 'check req.headers["content-length"] and answer 400'],
    ],
    proof: 'The request has no body, one side refuses because the text ended too soon, the other accepts.',
    sources: ['https://docs.rs/axum/latest/axum/struct.Json.html'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) => scene.asked.body.length === 0 && scene.asked.writes && refusedFor(scene, 'eof'),
  },
});
