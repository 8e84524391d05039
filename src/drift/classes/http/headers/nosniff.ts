import { defineClass } from '../../../definition/define-class.ts';
import { onlyFirstSends } from '../../../http-kit/predicates.ts';

export const nosniff = defineClass({
  id: 'nosniff',
  title: 'nosniff is sent on one side only',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'header-value',
  rank: 1,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things',
    what: 'One side sends X-Content-Type-Options: nosniff.',
    example: [
      ['Go (http.Error)', '404␊content-type: text/plain␊x-content-type-options: nosniff␊␊gone'],
      ['Rust (axum)', '404␊content-type: text/plain␊␊gone'],
    ],
    why: [
      ['Go', 'http.Error and the errors of ServeMux send it'],
      ['Python (Django)', 'SecurityMiddleware sends it always; Express with errors'],
    ],
    breaks: 'Browsers refuse scripts and styles with a wrong content type where it is sent.',
    fix: [
      ['Go', 'w.Header().Del("X-Content-Type-Options") after http.Error, or nothing'],
      ['Rust (axum)', 'SetResponseHeaderLayer::if_not_present of tower-http'],
    ],
    proof: 'Exactly one side sends the header, with the value nosniff.',
    sources: ['https://pkg.go.dev/net/http#Error', 'https://fetch.spec.whatwg.org/#x-content-type-options-header'],
  },
  recognise: {
    facet: 'headers',
    owns: ['x-content-type-options'],
    find: (scene) =>
      onlyFirstSends(scene, 'x-content-type-options') && scene.first.header('x-content-type-options') === 'nosniff',
  },
});
