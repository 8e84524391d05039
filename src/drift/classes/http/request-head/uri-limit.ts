import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const uriLimit = defineClass({
  id: 'uri-limit',
  title: 'a long address is refused on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'request-head',
  rank: 7,
  evidence: 'documented',
  page: {
    what: 'One side answers 414 to an address that the other one takes.',
    request: 'GET /items?q=xxxxxxxx',
    example: [
      ['Rust (hyper)', '414␊content-length: 0'],
      ['Go (net/http)', `200␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Rust (hyper)', '65,534 bytes'],
      ['Go (net/http)', '1 MB together with the headers'],
      ['Node', '16 KB together with the headers'],
    ],
    breaks: 'Searches and filters with long lists of ids fail, and only for those who have many.',
    fix: [
      ['Rust (hyper)', 'send the filter in a body: the limit is fixed'],
      ['Go (net/http)', 'Server.MaxHeaderBytes'],
    ],
    proof: 'One side answers 414 to the address; the other one does not refuse the request at all.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.15'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ first, second }) => first.status === 414 && second.outcome !== 'failure',
  },
});
