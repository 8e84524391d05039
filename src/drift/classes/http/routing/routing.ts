import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { defaultPage } from '../../../http-kit/envelope.ts';
import { anyOf, type Owns, ofPage, ofStatus, ofWhole } from '../../../http-kit/owned.ts';
import type { Answered } from '../../../http-kit/scene.ts';

/** The head of Go's 404 page, which has no body to look at. */
function isGoHead(answer: Answered): boolean {
  return answer.header('x-content-type-options') === 'nosniff' && answer.type.essence === 'text/plain';
}

/** The methods of the route, which one side alone names. */
const ofAllowOnOneSide: Owns = ({ first, second }, { facet, pointer }) =>
  facet === 'headers' && pointer === '/allow' && (first.header('allow') === null) !== (second.header('allow') === null);

/** What a router says where a path, or a method of it, has no route. */
export const routingBehaviours: readonly Behaviour[] = [
  {
    id: 'head-support',
    title: 'the method HEAD is answered on one side, and refused on the other',
    severity: 'risky',
    facet: 'status',
    reach: 'api',
    owns: ofStatus,
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
    find: ({ asked, first, second }) =>
      asked.method === 'HEAD' && first.accepts && [404, 405, 501].includes(second.status),
  },
  {
    id: 'options-default',
    title: 'the method OPTIONS without code of its own is answered in two ways',
    severity: 'risky',
    facet: 'status',
    reach: 'api',
    owns: anyOf(ofStatus, ofWhole, ofAllowOnOneSide),
    even: true,
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
    find: ({ asked, first, second }) =>
      asked.method === 'OPTIONS' &&
      first.status !== second.status &&
      [first, second].every(({ status }) => [200, 204, 404, 405, 501].includes(status)),
  },
  {
    id: 'method-not-allowed',
    title: 'a method that the route does not have is refused in two ways',
    severity: 'risky',
    facet: 'status',
    reach: 'api',
    owns: ofPage,
    even: true,
    what: 'The path has a route, the method does not: 405 with or without a text, or 404 because the router looks for both at once.',
    request: 'POST /health',
    example: [
      ['Rust (axum)', '405␊allow: GET,HEAD␊content-length: 0'],
      [
        'Go (net/http)',
        '405␊allow: GET, HEAD␊content-type: text/plain; charset=utf-8␊x-content-type-options: nosniff␊␊Method Not Allowed␊',
      ],
    ],
    why: [
      ['Rust (axum)', '405, Allow and no body; actix answers 404 for routes made by #[get]'],
      ['Go (net/http)', '405 and a line of text since 1.22; gin answers 404 unless HandleMethodNotAllowed is set'],
      ['Node (Express, Fastify)', '404'],
      ['Python (FastAPI)', '405 and {"detail":"Method Not Allowed"}'],
    ],
    breaks:
      'A client that reads the body of an error as JSON fails on one side; one that takes 404 for "gone" decides otherwise.',
    fix: [
      ['Rust (axum)', 'Router::method_not_allowed_fallback with the error body of the API'],
      [
        'Go (net/http)',
        'a handler around ServeMux that writes the error body of the API; gin: router.HandleMethodNotAllowed = true',
      ],
    ],
    proof:
      'One side answers 405, the other 405 or 404, and both in the words that their routers write by themselves; two without any must be 405 with Allow, and 404.',
    flips: ['Go 1.22 taught ServeMux methods', 'axum 0.8 added method_not_allowed_fallback'],
    sources: ['https://pkg.go.dev/net/http#ServeMux', 'https://docs.rs/axum/latest/axum/struct.Router.html'],
    find: ({ asked, first, second }) => {
      const [a, b] = [defaultPage(first), defaultPage(second)];
      const codes = [first.status, second.status].sort().join();
      if (!['405,405', '404,405'].includes(codes) || a === null || b === null) return false;
      const saysSo = (one: Answered) => one.status === 405 && one.header('allow') !== null;
      // After HEAD no answer has words, whoever wrote it.
      if (a === b && (first.status === second.status || asked.method === 'HEAD')) return false;
      return a !== b || [first, second].some(saysSo);
    },
  },
  {
    id: 'not-found-body',
    title: 'a path without a route gets the 404 page of each framework',
    severity: 'risky',
    facet: 'body',
    reach: 'api',
    owns: ofPage,
    even: true,
    what: 'Both sides answer 404, each with what its router writes by itself: nothing, a line of text, JSON or HTML.',
    request: 'GET /nothing-here',
    example: [
      ['Rust (axum)', '404␊content-length: 0'],
      [
        'Go (net/http)',
        '404␊content-type: text/plain; charset=utf-8␊x-content-type-options: nosniff␊␊404 page not found␊',
      ],
    ],
    why: [
      ['Rust (axum, actix)', 'no body and no content type'],
      ['Go (net/http)', '"404 page not found" as text, and nosniff'],
      ['Python (FastAPI)', '{"detail":"Not Found"}; Flask and Django a page of HTML'],
      [
        'Node (Fastify)',
        '{"message":"Route GET:/x not found","error":"Not Found","statusCode":404}; Express a page of HTML',
      ],
    ],
    breaks: 'A client that reads every answer as JSON fails with a syntax error instead of "not found".',
    fix: [
      ['Rust (axum)', 'Router::fallback with the error body of the API'],
      ['Go (net/http)', 'mux.HandleFunc("/", …) that writes the error body of the API'],
      ['Python (FastAPI)', '@app.exception_handler(404)'],
      ['Node (Fastify)', 'app.setNotFoundHandler'],
    ],
    proof:
      'Both status codes are 404 and both bodies are, letter by letter, what two different routers write by themselves; after HEAD, exactly one has the headers of such a page.',
    sources: [
      'https://pkg.go.dev/net/http#NotFound',
      'https://docs.rs/axum/latest/axum/struct.Router.html#method.fallback',
    ],
    find: ({ asked, first, second }) => {
      const [a, b] = [defaultPage(first), defaultPage(second)];
      if (first.status !== 404 || second.status !== 404) return false;
      return asked.method === 'HEAD' ? isGoHead(first) !== isGoHead(second) : a !== null && b !== null && a !== b;
    },
  },
];
