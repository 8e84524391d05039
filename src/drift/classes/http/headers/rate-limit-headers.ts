import { defineClass } from '../../../definition/define-class.ts';
import { headerDivergence, onlyFirstSends } from '../../../http-kit/predicates.ts';

const limits = [
  'ratelimit',
  'ratelimit-policy',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
];

export const rateLimitHeaders = defineClass({
  id: 'rate-limit-headers',
  title: 'how much a client may still ask is said on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'repeated-header',
  rank: 3,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things',
    what: 'One side sends RateLimit or X-RateLimit headers, the other none.',
    example: [
      [
        'Node (express-rate-limit)',
        `200␊ratelimit-limit: 100␊ratelimit-remaining: 99␊content-type: application/json␊␊[]`,
      ],
      ['Rust (tower_governor)', `200␊content-type: application/json␊␊[]`],
    ],
    why: [
      [
        'Node (express-rate-limit, @fastify/rate-limit)',
        'sends them by default; which names depends on standardHeaders',
      ],
      ['Rust (tower_governor)', 'only with use_headers(); Go (x/time/rate) has none'],
    ],
    breaks: 'Clients that slow down by these headers run into 429.',
    fix: [
      ['Node (express-rate-limit)', 'standardHeaders: false and legacyHeaders: false, or nothing'],
      ['Rust (tower_governor)', 'GovernorConfigBuilder::use_headers()'],
    ],
    proof: 'The header is one of RateLimit or X-RateLimit, and all that differ are sent by the same side alone.',
    sources: ['https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/'],
  },
  recognise: {
    facet: 'headers',
    owns: limits,
    find: (scene) => {
      const open = limits.filter((name) => headerDivergence(scene, name) !== null);
      return open.length > 0 && open.every((name) => onlyFirstSends(scene, name));
    },
  },
});
