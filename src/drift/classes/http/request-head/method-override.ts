import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const methodOverride = defineClass({
  id: 'method-override',
  title: 'a request that names another method in a header is refused on one side, and accepted on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'request-head',
  rank: 5,
  evidence: 'documented',
  page: {
    what: 'The request names another method in X-HTTP-Method-Override.',
    request: `POST /v1/things/1␊x-http-method-override: DELETE␊content-type: application/json␊␊{}`,
    example: [
      ['Rust (axum)', '405␊allow: DELETE,GET,HEAD␊content-length: 0'],
      ['Ruby (Rails)', '204'],
    ],
    why: [
      ['Ruby (Rails), PHP (Symfony, Laravel)', 'obey it'],
      ['Rust (axum), Go', 'ignore it'],
    ],
    breaks: 'Clients behind proxies that let only GET and POST through cannot delete any more.',
    fix: [
      ['Rust (axum)', 'a layer that rewrites the method before the router'],
      ['Ruby (Rails)', 'config.middleware.delete Rack::MethodOverride'],
    ],
    proof: 'The request has the header, one side refuses it, the other accepts.',
    sources: ['https://guides.rubyonrails.org/rails_on_rack.html'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ asked, first, second }) =>
      asked.header('x-http-method-override') !== null && first.refuses && second.accepts,
  },
});
