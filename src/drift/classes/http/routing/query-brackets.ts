import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import { oneRefuses } from '../../../http-kit/predicates.ts';

export const queryBrackets = defineClass({
  id: 'query-brackets',
  title: 'brackets in a parameter name make a list on one side, and are part of the name on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'query',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'One side reads a[]=1 or a[b]=1 as a list or an object, the other one as a parameter with this very name.',
    request: 'GET /items?id[]=1',
    example: [
      [
        'Rust (axum)',
        '400␊content-type: text/plain; charset=utf-8␊␊Failed to deserialize query string: missing field `id`',
      ],
      ['Node (Express 4)', '200␊content-type: application/json; charset=utf-8␊␊{"id":["1"]}'],
    ],
    why: [
      ['Node (Express 4), PHP, Rails', 'brackets nest'],
      ['Rust, Go, Fastify, Express 5', 'brackets are letters like any other'],
    ],
    breaks: 'Filters sent as lists are ignored or refused.',
    fix: [
      ['Rust (axum)', 'serde_qs::axum::QsQuery instead of Query'],
      ['Node (Express)', 'app.set("query parser", "simple")'],
    ],
    proof: 'A parameter name holds brackets, and one side refuses while the other accepts.',
    flips: ['Express 5 made the simple parser the default'],
    sources: ['https://expressjs.com/en/guide/migrating-5.html'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: (scene) =>
      scene.asked.pairs.some(({ name }) => /(?:\[|%5B)[^&]{0,80}(?:\]|%5D)$/i.test(name)) && oneRefuses(scene),
  },
});
