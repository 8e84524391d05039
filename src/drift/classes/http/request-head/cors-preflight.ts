import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const corsPreflight = defineClass({
  id: 'cors-preflight',
  title: 'a preflight is answered in two ways',
  severity: 'breaking',
  reach: 'api',
  pass: 'request-head',
  rank: 9,
  evidence: 'observed',
  observedBetween: 'express-graphql and graphql-yoga',
  page: {
    what: 'The request is a CORS preflight. One side answers 200, the other 204, or refuses it.',
    request: 'OPTIONS /items␊origin: https://app.example␊access-control-request-method: PUT',
    example: [
      ['Rust (tower-http)', '200␊access-control-allow-origin: *␊access-control-allow-methods: *␊content-length: 0'],
      ['Go (rs/cors)', '204␊access-control-allow-origin: *␊access-control-allow-methods: PUT'],
    ],
    why: [
      ['Rust (tower-http)', '200, and * for what is not named'],
      ['Go (rs/cors), Node (cors)', '204, and what was asked for'],
    ],
    breaks: 'With credentials a browser does not take *, and the request is never sent.',
    fix: [
      ['Rust (tower-http)', 'CorsLayer with allow_methods and allow_headers as lists'],
      ['Go (rs/cors)', 'cors.Options{OptionsSuccessStatus: 200}'],
    ],
    proof: 'The method is OPTIONS with an Origin and a method that is asked for; the status codes differ.',
    sources: ['https://fetch.spec.whatwg.org/#cors-preflight-request'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    even: true,
    find: ({ asked, first, second }) =>
      asked.method === 'OPTIONS' &&
      asked.header('origin') !== null &&
      asked.header('access-control-request-method') !== null &&
      first.status !== second.status &&
      [first, second].every(({ status }) => status < 500),
  },
});
