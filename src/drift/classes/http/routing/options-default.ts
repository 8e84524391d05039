import { defineClass } from '../../../definition/define-class.ts';
import { anyOf, type Owns, ofStatus, ofWhole } from '../../../http-kit/owned.ts';

/** The methods of the route, which one side alone names. */
const ofAllowOnOneSide: Owns = ({ first, second }, { facet, pointer }) =>
  facet === 'headers' && pointer === '/allow' && (first.header('allow') === null) !== (second.header('allow') === null);

export const optionsDefault = defineClass({
  id: 'options-default',
  title: 'the method OPTIONS without code of its own is answered in two ways',
  severity: 'risky',
  reach: 'api',
  pass: 'routing',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'Nobody wrote an answer to OPTIONS, so each framework gives its own: 200 or 204 with a list of methods, 404 or 405.',
    request: 'OPTIONS /items',
    example: [
      ['Rust (axum)', '405␊allow: GET,HEAD,POST␊content-length: 0'],
      [
        'Python (Flask)',
        '200␊allow: GET, HEAD, OPTIONS, POST␊content-type: text/html; charset=utf-8␊content-length: 0',
      ],
    ],
    why: [
      ['Rust (axum), Go, FastAPI', '405'],
      ['Python (Flask), Node (Express)', '200 and Allow; Express 4 sends the list as a body, too'],
      ['Node (Fastify), Rust (actix)', '404'],
    ],
    breaks: 'A browser whose preflight is refused does not send the request at all.',
    fix: [
      ['Rust (axum)', 'tower_http::cors::CorsLayer, or .options(handler) on the route'],
      ['Python (Flask)', 'provide_automatic_options=False on the route'],
    ],
    proof: 'The method is OPTIONS and the two status codes are different ones of 200, 204, 404, 405 and 501.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-9.3.7'],
  },
  recognise: {
    facet: 'status',
    owns: anyOf(ofStatus, ofWhole, ofAllowOnOneSide),
    even: true,
    find: ({ asked, first, second }) =>
      asked.method === 'OPTIONS' &&
      first.status !== second.status &&
      [first, second].every(({ status }) => [200, 204, 404, 405, 501].includes(status)),
  },
});
