import { defineClass } from '../../../definition/define-class.ts';
import { defaultPage } from '../../../http-kit/envelope.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { ofPage } from '../../../http-kit/owned.ts';

/** The head of Go's 404 page, which has no body to look at. */
function isGoHead(answer: Answered): boolean {
  return answer.header('x-content-type-options') === 'nosniff' && answer.type.essence === 'text/plain';
}

export const notFoundBody = defineClass({
  id: 'not-found-body',
  title: 'a path without a route gets the 404 page of each framework',
  severity: 'risky',
  reach: 'api',
  pass: 'routing',
  rank: 4,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
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
      ['Node (Express)', 'app.use((req, res) => res.status(404).json({ error: "not found" })) after all routes'],
      ['Rust (actix)', 'App::default_service(web::to(…))'],
      ['Java (Spring)', '@ExceptionHandler(NoResourceFoundException.class)'],
      ['.NET', 'app.UseStatusCodePages(…)'],
    ],
    proof:
      'Both status codes are 404 and both bodies are, letter by letter, what two different routers write by themselves; after HEAD, exactly one has the headers of such a page.',
    sources: [
      'https://pkg.go.dev/net/http#NotFound',
      'https://docs.rs/axum/latest/axum/struct.Router.html#method.fallback',
    ],
  },
  recognise: {
    facet: 'body',
    owns: ofPage,
    even: true,
    find: ({ asked, first, second }) => {
      const [a, b] = [defaultPage(first), defaultPage(second)];
      if (first.status !== 404 || second.status !== 404) return false;
      return asked.method === 'HEAD' ? isGoHead(first) !== isGoHead(second) : a !== null && b !== null && a !== b;
    },
  },
});
