import { defineClass } from '../../../definition/define-class.ts';
import { onlyFirstSends } from '../../../http-kit/predicates.ts';

export const allowMissing = defineClass({
  id: 'allow-missing',
  title: 'a refusal with 405 comes without the list of methods on one side',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'content-header',
  rank: 6,
  evidence: 'documented',
  page: {
    what: 'Both sides refuse the method with 405. One of them does not say which ones there are.',
    request: 'PATCH /health',
    example: [
      ['Rust (axum)', '405␊allow: GET,HEAD␊content-length: 0'],
      ['Hand-written', '405␊content-length: 0'],
    ],
    why: [
      ['Hand-written handlers', 'a switch over the method that forgets the header'],
      ['Go', 'ServeMux sends it since 1.22'],
    ],
    breaks: 'RFC 9110 wants the header; clients that read it learn nothing.',
    fix: [
      ['Rust (axum)', 'nothing'],
      ['Hand-written', 'Allow with the methods of the route'],
      ['Go', 'w.Header().Set("Allow", "GET, HEAD")'],
      ['Node (Express)', 'res.set("Allow", "GET, HEAD").sendStatus(405)'],
    ],
    proof: 'Both answer 405, and exactly one side sends Allow.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6'],
  },
  recognise: {
    facet: 'headers',
    owns: ['allow'],
    find: (scene) => onlyFirstSends(scene, 'allow') && scene.first.status === 405 && scene.second.status === 405,
  },
});
