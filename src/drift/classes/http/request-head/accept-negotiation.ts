import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const acceptNegotiation = defineClass({
  id: 'accept-negotiation',
  title: 'a format that the client asks for is refused on one side, and accepted on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'request-head',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'express-graphql and graphql-yoga',
  page: {
    what: 'The request accepts a format that the service does not write. One side answers 406, the other what it always writes.',
    request: 'GET /items␊accept: text/xml',
    example: [
      ['Java (Spring)', '406␊content-length: 0'],
      ['Rust (axum)', `200␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Java (Spring), Django REST framework, Rails', 'negotiate, and answer 406 if nothing fits'],
      ['Rust (axum), Go, Express', 'write what the handler writes'],
    ],
    breaks: 'Clients with a careless Accept header get an error on one side.',
    fix: [
      ['Java (Spring)', 'ContentNegotiationConfigurer.ignoreAcceptHeader(true)'],
      ['Rust (axum)', 'check the Accept header and answer 406'],
    ],
    proof: 'The request has an Accept header, one side answers 406 and the other accepts.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ asked, first, second }) => asked.header('accept') !== null && first.status === 406 && second.accepts,
  },
});
