import { defineClass } from '../../../definition/define-class.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { headerDivergence } from '../../../http-kit/predicates.ts';
import { apart, listed } from './content-headers.ts';

export const varyDefault = defineClass({
  id: 'vary-default',
  title: 'the header Vary names what a framework looks at by itself, on one side only',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'content-header',
  rank: 7,
  evidence: 'documented',
  page: {
    what: 'The lists differ only in names that middleware adds: Accept, Accept-Encoding, Origin, Cookie and the headers of a preflight.',
    request: 'GET /v1/things',
    example: [
      [
        'Rust (tower-http, CorsLayer)',
        `200␊vary: origin, access-control-request-method, access-control-request-headers␊content-type: application/json␊␊[]`,
      ],
      ['Go', `200␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Rust (tower-http)', 'CorsLayer names three headers on every answer'],
      ['Node (Express)', 'res.redirect and res.format add Accept'],
      ['Python (Django)', 'sessions add Cookie'],
    ],
    breaks: 'Caches keep a copy for each value of the header, or give one client the answer that was made for another.',
    fix: [
      ['Rust (tower-http)', 'CorsLayer::vary([])'],
      ['Go', 'w.Header().Add("Vary", "Origin") where the answer depends on it'],
    ],
    proof: 'The sets differ in these names alone.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5'],
  },
  recognise: {
    facet: 'headers',
    owns: ['vary'],
    even: true,
    find: (scene) => {
      const lower = (answer: Answered) => listed(answer, 'vary').map((name) => name.toLowerCase());
      const usual =
        /^(?:accept|accept-encoding|accept-language|origin|cookie|access-control-request-(?:method|headers))$/;
      return (
        headerDivergence(scene, 'vary') !== null &&
        apart(lower(scene.first), lower(scene.second)).every((name) => usual.test(name))
      );
    },
  },
});
