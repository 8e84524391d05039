import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const bodyLimit = defineClass({
  id: 'body-limit',
  title: 'a large body is refused on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'body-bytes',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'One side answers 413 to a body that the other one takes.',
    request: `POST /v1/upload␊content-type: application/octet-stream␊␊${'x'.repeat(64)}`,
    example: [
      ['Rust (axum)', `413␊content-type: text/plain; charset=utf-8␊␊length limit exceeded`],
      ['Go (net/http)', `201␊content-type: application/json␊␊{"id":1}␊`],
    ],
    why: [
      ['Rust (axum)', '2 MB for extractors; actix 2 MB for JSON'],
      ['Node (Express)', '100 kB; Fastify and Koa 1 MiB'],
      ['Go', 'no limit without http.MaxBytesReader'],
      ['.NET (Kestrel)', '30 MB; nginx in front of anything 1 MB'],
    ],
    breaks: 'Uploads that have always worked fail; or a side without a limit runs out of memory.',
    fix: [
      ['Rust (axum)', 'DefaultBodyLimit::max(bytes) as a layer'],
      ['Go (net/http)', 'r.Body = http.MaxBytesReader(w, r.Body, bytes)'],
    ],
    proof: 'The request has a body, one side answers 413, the other accepts.',
    sources: [
      'https://docs.rs/axum/latest/axum/extract/struct.DefaultBodyLimit.html',
      'https://pkg.go.dev/net/http#MaxBytesReader',
    ],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ asked, first, second }) => asked.body.length > 0 && first.status === 413 && second.accepts,
  },
});
