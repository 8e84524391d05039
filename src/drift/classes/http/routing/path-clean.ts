import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { cleanedPath, locationPath, redirects3xx } from '../../../http-kit/predicates.ts';

export const pathClean = defineClass({
  id: 'path-clean',
  title: 'a path that is not clean is redirected on one side, and taken as it is on the other',
  severity: 'breaking',
  reach: 'api',
  pass: 'path',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'The path holds an empty segment, a single dot or two dots. One side redirects to the path without them, the other looks for a route that fits the path as it is.',
    request: 'GET //health',
    example: [
      [
        'Go (net/http)',
        '307␊location: /health␊content-type: text/html; charset=utf-8␊␊<a href="/health">Temporary Redirect</a>.␊␊',
      ],
      ['Rust (axum)', '404␊content-length: 0'],
    ],
    why: [
      ['Go (net/http)', 'ServeMux cleans every path before it looks for a route, and redirects if that changed it'],
      ['Rust (axum)', 'the router matches the path as it came; so do actix, Express, Fastify and FastAPI'],
      ['Go (chi)', 'does not clean, as gorilla/mux does unless SkipClean is set'],
    ],
    breaks:
      'Keys with a double slash or a dot cannot be stored or read on the side that redirects; a client that follows writes under another name.',
    fix: [
      ['Go (net/http)', 'route such paths before ServeMux sees them: a handler that switches on r.URL.EscapedPath()'],
      ['Rust (axum)', 'a layer that answers with a redirect to the cleaned path'],
    ],
    proof:
      'One side redirects to exactly the cleaned path of the request, which is another one; the other side does not redirect.',
    flips: ['Go 1.26 redirects with 307, before with 301'],
    sources: ['https://pkg.go.dev/net/http#ServeMux', 'https://pkg.go.dev/path#Clean'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ asked, first, second }) => {
      const cleaned = cleanedPath(asked.path);
      return redirects3xx(first) && !redirects3xx(second) && cleaned !== asked.path && locationPath(first) === cleaned;
    },
  },
});
