import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const headSupport = defineClass({
  id: 'head-support',
  title: 'the method HEAD is answered on one side, and refused on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'routing',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'A route that answers GET answers HEAD too on one side; the other one refuses the method or finds no route.',
    request: 'HEAD /items/1',
    example: [
      ['Go (net/http)', '200␊content-type: application/json'],
      ['Python (FastAPI)', '405␊allow: GET␊content-type: application/json'],
    ],
    why: [
      ['Go, axum, Express, Fastify', 'a route for GET answers HEAD'],
      ['Python (FastAPI)', 'only methods that are named; 405. Rust (actix): 404'],
    ],
    breaks: 'Health checks, caches and download managers that ask with HEAD see an error.',
    fix: [
      ['Go (net/http)', 'nothing, or a pattern for HEAD of its own that answers 405'],
      ['Python (FastAPI)', '@app.api_route(path, methods=["GET", "HEAD"])'],
      ['Rust (actix)', '.route(web::head().to(handler)) beside the route for GET'],
    ],
    proof: 'The method is HEAD, one side answers 2xx and the other 404, 405 or 501.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ asked, first, second }) =>
      asked.method === 'HEAD' && first.accepts && [404, 405, 501].includes(second.status),
  },
});
