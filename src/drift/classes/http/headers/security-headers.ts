import { defineClass } from '../../../definition/define-class.ts';
import { headerDivergence, onlyFirstSends } from '../../../http-kit/predicates.ts';
import { anyOpen } from './added-headers.ts';

const security = [
  'x-frame-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'content-security-policy',
  'strict-transport-security',
  'x-xss-protection',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-permitted-cross-domain-policies',
  'origin-agent-cluster',
  'permissions-policy',
  'pragma',
];

export const securityHeaders = defineClass({
  id: 'security-headers',
  title: 'headers that protect browsers are sent on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'added-header',
  rank: 4,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things',
    what: 'A framework or middleware adds them on one side, and the other has none.',
    example: [
      ['Python (Django)', `200␊x-frame-options: DENY␊referrer-policy: same-origin␊content-type: application/json␊␊[]`],
      ['Rust (axum)', `200␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Python (Django)', 'SecurityMiddleware and XFrameOptionsMiddleware'],
      ['Node (helmet), Java (Spring Security)', 'a set of a dozen'],
      ['Rust (axum), Go', 'none'],
    ],
    breaks: 'Pages can be framed or sniffed where the headers are gone.',
    fix: [
      ['Python (Django)', 'keep them'],
      ['Rust (axum)', 'SetResponseHeaderLayer::if_not_present of tower-http for each'],
    ],
    proof: 'Each of these headers that differs is sent by the same side alone.',
    sources: ['https://docs.djangoproject.com/en/stable/ref/middleware/#module-django.middleware.security'],
  },
  recognise: {
    facet: 'headers',
    owns: security,
    find: (scene) =>
      anyOpen(scene, security) &&
      security.every((name) => headerDivergence(scene, name) === null || onlyFirstSends(scene, name)),
  },
});
