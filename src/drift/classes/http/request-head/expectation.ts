import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const expectation = defineClass({
  id: 'expectation',
  title: 'an expectation in the request is refused on one side, and accepted on the other',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'request-head',
  rank: 4,
  evidence: 'documented',
  page: {
    what: 'The request has an Expect header other than 100-continue.',
    request: `POST /v1/things␊expect: foo␊content-type: application/json␊␊{"name":"n"}`,
    example: [
      ['Go (net/http)', '417␊content-length: 0'],
      ['Rust (axum)', `201␊content-type: application/json␊␊{"id":1}`],
    ],
    why: [
      ['Go (net/http), Node', '417'],
      ['Rust (hyper)', 'ignored'],
    ],
    breaks: 'Hardly anybody: clients that send it are tests.',
    fix: [
      ['Go (net/http)', 'nothing: RFC 9110 allows both'],
      ['Rust (axum)', 'a layer that answers 417'],
    ],
    proof: 'The request has an Expect header, and exactly one side answers 417.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ asked, first, second }) => asked.header('expect') !== null && first.status === 417 && second.accepts,
  },
});
