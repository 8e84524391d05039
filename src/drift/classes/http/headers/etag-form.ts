import { defineClass } from '../../../definition/define-class.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { headerDivergence } from '../../../http-kit/predicates.ts';

const opaque = (answer: Answered) => (answer.header('etag') ?? '').replace(/^W\//, '');

/** ETags that Express and Rack make of the body. */
const madeByFramework = /^W\/"(?:[0-9a-f]{1,8}-[A-Za-z0-9+/]{27}|[0-9a-f]{32})"$/;

export const etagForm = defineClass({
  id: 'etag-form',
  title: 'an ETag is weak on one side and strong on the other, or made by the framework',
  severity: 'risky',
  reach: 'api',
  pass: 'header-value',
  rank: 2,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things',
    what: 'Both ETags have the same opaque text, one of them marked weak; or one side sends an ETag that its framework made of the body, and the other none.',
    example: [
      ['Node (Express)', `200␊etag: W/"2-l9Fw4VUO7kr8CvBlt4zaMCqXZ0w"␊content-type: application/json␊␊[]`],
      ['Rust (axum)', `200␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Node (Express, Nest), Ruby (Rack)', 'a weak ETag for every answer'],
      ['Java (Spring, ShallowEtagHeaderFilter)', 'a strong one'],
      ['Rust (axum), Go', 'none'],
    ],
    breaks: 'A weak ETag does not match in If-Match and If-Range: writes are refused, downloads begin again.',
    fix: [
      ['Node (Express)', 'app.disable("etag"), or app.set("etag", "strong")'],
      ['Rust (axum)', 'a layer that hashes the body'],
    ],
    proof:
      'The opaque texts are the same and one is weak; or one side sends none and the other one in the form that Express or Rack makes.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3',
      'https://expressjs.com/en/api.html#etag.options.table',
    ],
  },
  recognise: {
    facet: 'headers',
    owns: ['etag'],
    find: (scene) => {
      const { first, second } = scene;
      if (headerDivergence(scene, 'etag') === null) return false;
      if (second.header('etag') === null) return madeByFramework.test(first.header('etag') ?? '');
      return (first.header('etag') ?? '').startsWith('W/') && opaque(first) === opaque(second);
    },
  },
});
