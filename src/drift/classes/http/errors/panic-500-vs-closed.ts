import { defineClass } from '../../../definition/define-class.ts';

export const panic500VsClosed = defineClass({
  id: 'panic-500-vs-closed',
  title: 'code that fails is 500 on one side, and a closed connection on the other',
  severity: 'breaking',
  reach: 'route',
  pass: 'crash',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'The request makes the code behind it fail. One side catches that and answers 5xx, the other closes the connection without a word.',
    request: 'GET /v1/things/1/owner',
    example: [
      ['Python (FastAPI)', `500␊content-type: text/plain; charset=utf-8␊␊Internal Server Error`],
      ['Go (net/http)', 'closed'],
    ],
    why: [
      ['Go (net/http)', 'a panic in a handler is logged, and the connection closed'],
      ['Rust (axum, hyper)', 'a panic ends the task of the connection, and the connection with it'],
      ['Python, Node (Express, Fastify), Java, .NET', 'an exception that nobody catches is answered with 500'],
      ['PHP', 'a fatal error with display_errors is 200 and a page of HTML'],
    ],
    breaks:
      'Clients see a broken connection, which many send again at once: what failed half way is done twice. Proxies answer 502 in its place, and no count of 5xx shows it.',
    fix: [
      ['Python (FastAPI)', 'mend the code that fails; an exception handler that writes the error body of the API'],
      [
        'Go (net/http)',
        'mend the code that fails; a handler around the mux with recover() that answers 500 (chi: middleware.Recoverer, gin: gin.Recovery)',
      ],
      ['Rust (axum)', 'tower_http::catch_panic::CatchPanicLayer; unwrap nothing that a client can send'],
    ],
    proof:
      'One side answers 5xx; the other takes the request, and closes the connection before it has sent one byte. Where the other side does not answer 5xx, the case is inconclusive.',
    sources: [
      'https://pkg.go.dev/net/http#Handler',
      'https://docs.rs/tower-http/latest/tower_http/catch_panic/index.html',
    ],
  },
  recognise: {
    owns: (_, { facet }) => facet === 'transport',
    facet: 'transport',
    find: ({ first, second }) => first.status >= 500 && second.isClosed,
  },
});
