import { defineClass } from '../../../definition/define-class.ts';
import { onlyFirstSends } from '../../../http-kit/predicates.ts';

export const contentTypeMissing = defineClass({
  id: 'content-type-missing',
  title: 'an answer with a body has no content type on one side',
  severity: 'breaking',
  reach: 'api',
  pass: 'content-header',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'httpbin and go-httpbin',
  page: {
    what: 'Both sides send a body. One of them does not say what it is.',
    request: 'GET /v1/things',
    example: [
      ['Rust (axum)', `200␊content-type: application/json␊␊[]`],
      ['Node (http)', '200␊␊[]'],
    ],
    why: [
      ['Node (http)', 'adds no content type'],
      ['Go', 'never: net/http guesses one'],
    ],
    breaks: 'Clients that choose the decoder by the header cannot; browsers guess.',
    fix: [
      ['Rust (axum)', 'nothing'],
      ['Node (http)', 'res.setHeader("Content-Type", "application/json")'],
    ],
    proof: 'Both bodies have bytes, and exactly one side sends the header.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-8.3'],
  },
  recognise: {
    facet: 'headers',
    owns: ['content-type'],
    find: (scene) =>
      onlyFirstSends(scene, 'content-type') && scene.first.body.length > 0 && scene.second.body.length > 0,
  },
});
