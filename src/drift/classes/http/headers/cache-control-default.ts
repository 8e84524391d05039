import { defineClass } from '../../../definition/define-class.ts';
import { onlyFirstSends } from '../../../http-kit/predicates.ts';

const cacheDefaults = new Set([
  'no-cache, private',
  'max-age=0, private, must-revalidate',
  'no-cache',
  'no-cache, no-store, max-age=0, must-revalidate',
  'no-store',
  'private',
  'public, max-age=0',
]);

export const cacheControlDefault = defineClass({
  id: 'cache-control-default',
  title: 'the header Cache-Control is what a framework sends by itself, on one side only',
  severity: 'risky',
  reach: 'api',
  pass: 'header-value',
  rank: 4,
  evidence: 'observed',
  observedBetween: 'json-server 0.17 and json-server 1.0',
  page: {
    request: 'GET /v1/things',
    what: 'One side sends a value that its framework adds to every answer, the other sends none.',
    example: [
      ['Ruby (Rails)', `200␊cache-control: max-age=0, private, must-revalidate␊content-type: application/json␊␊[]`],
      ['Rust (axum)', `200␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Ruby (Rails), PHP (Laravel, Symfony), Java (Spring Security)', 'a value that forbids shared caches'],
      ['Rust (axum), Go, Express, FastAPI', 'none'],
    ],
    breaks: 'Without the header caches keep answers as long as they please.',
    fix: [
      ['Ruby (Rails)', 'expires_in, or response.headers.delete("Cache-Control")'],
      ['Rust (axum)', 'SetResponseHeaderLayer::if_not_present of tower-http'],
    ],
    proof: 'Exactly one side sends the header, with a value that a framework is known to add.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9111#section-5.2'],
  },
  recognise: {
    facet: 'headers',
    owns: ['cache-control'],
    find: (scene) =>
      onlyFirstSends(scene, 'cache-control') && cacheDefaults.has(scene.first.header('cache-control') ?? ''),
  },
});
