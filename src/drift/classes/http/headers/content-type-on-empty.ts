import { defineClass } from '../../../definition/define-class.ts';
import { onlyFirstSends } from '../../../http-kit/predicates.ts';

export const contentTypeOnEmpty = defineClass({
  id: 'content-type-on-empty',
  title: 'an answer without a body has a content type on one side only',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'content-header',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and FastAPI',
  page: {
    what: 'Both bodies are empty. One side names a content type all the same.',
    request: 'GET /v1/things/1',
    example: [
      ['Python (FastAPI)', `204␊content-type: application/json`],
      ['Rust (axum)', '204'],
    ],
    why: [
      ['Python (FastAPI)', 'sends the type of the response class even with 204'],
      ['Node (Fastify)', 'sends what the handler set'],
    ],
    breaks: 'Clients that read JSON whenever the type says so fail on the empty text.',
    fix: [
      ['Python (FastAPI)', 'response_class=Response on the route'],
      ['Rust (axum)', 'nothing: an empty body has no type'],
    ],
    proof: 'Both bodies are empty, and exactly one side sends the header.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-8.3'],
  },
  recognise: {
    facet: 'headers',
    owns: ['content-type'],
    find: (scene) =>
      onlyFirstSends(scene, 'content-type') &&
      scene.asked.method !== 'HEAD' &&
      scene.first.body.length === 0 &&
      scene.second.body.length === 0,
  },
});
