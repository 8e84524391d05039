import { defineClass } from '../../../definition/define-class.ts';
import { defaultPage } from '../../../http-kit/envelope.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { ofPage } from '../../../http-kit/owned.ts';

export const methodNotAllowed = defineClass({
  id: 'method-not-allowed',
  title: 'a method that the route does not have is refused in two ways',
  severity: 'risky',
  reach: 'api',
  pass: 'routing',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
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
      [
        'Node (Express)',
        'app.all(path, (req, res) => res.set("Allow", "GET").sendStatus(405)) after the methods of the path',
      ],
      ['Rust (actix)', 'web::resource(path).default_service(web::to(HttpResponse::MethodNotAllowed))'],
      ['Python (Django)', '@require_http_methods(["GET"])'],
    ],
    proof:
      'One side answers 405, the other 405 or 404, and both in the words that their routers write by themselves; two without any must be 405 with Allow, and 404.',
    flips: ['Go 1.22 taught ServeMux methods', 'axum 0.8 added method_not_allowed_fallback'],
    sources: ['https://pkg.go.dev/net/http#ServeMux', 'https://docs.rs/axum/latest/axum/struct.Router.html'],
  },
  recognise: {
    facet: 'status',
    owns: ofPage,
    even: true,
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
});
