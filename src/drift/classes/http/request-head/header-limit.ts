import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const headerLimit = defineClass({
  id: 'header-limit',
  title: 'a request with large or many headers is refused on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'request-head',
  rank: 6,
  evidence: 'documented',
  page: {
    what: 'One side answers 431 to headers that the other one takes.',
    request: 'GET /items␊x-big: xxxxxxxx',
    example: [
      ['Node', '431␊connection: close'],
      ['Go (net/http)', `200␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Rust (hyper)', '100 headers'],
      ['Node', '16 KB in all'],
      ['Go (net/http)', '1 MB in all'],
    ],
    breaks: 'Users with large cookies or tokens are locked out, and nobody else sees it.',
    fix: [
      ['Node', 'node --max-http-header-size, or maxHeaderSize of http.createServer'],
      ['Go (net/http)', 'Server.MaxHeaderBytes'],
    ],
    proof: 'One side answers 431 to the headers; the other one does not refuse the request at all.',
    sources: ['https://www.rfc-editor.org/rfc/rfc6585#section-5', 'https://pkg.go.dev/net/http#Server'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ first, second }) => first.status === 431 && second.outcome !== 'failure',
  },
});
