import { defineClass } from '../../../definition/define-class.ts';
import { anyOpen } from './added-headers.ts';

const cors = [
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'access-control-max-age',
];

export const corsDefault = defineClass({
  id: 'cors-default',
  title: 'what other origins may do differs',
  severity: 'breaking',
  reach: 'api',
  pass: 'added-header',
  rank: 5,
  evidence: 'documented',
  page: {
    request: 'GET /v1/things␊origin: https://app.example',
    what: 'Headers of CORS differ: * or the origin itself, a list of methods or *, or nothing. Some servers send them with every answer, others only where the request names an origin.',
    example: [
      ['Rust (tower-http, permissive)', `200␊access-control-allow-origin: *␊content-type: application/json␊␊[]`],
      ['Go (rs/cors)', `200␊access-control-allow-origin: https://app.example␊content-type: application/json␊␊[]`],
    ],
    why: [
      ['Rust (tower-http)', 'permissive() says *, very_permissive() repeats the origin'],
      ['Go (rs/cors), Node (cors)', '* by default, the origin with credentials'],
    ],
    breaks: 'With credentials browsers do not take *, and scripts cannot read the answer.',
    fix: [
      ['Rust (tower-http)', 'AllowOrigin::list or mirror_request, and allow_credentials'],
      ['Go (rs/cors)', 'cors.Options{AllowedOrigins, AllowCredentials}'],
    ],
    proof: 'One of these headers differs, whether the request names an origin or not.',
    sources: ['https://fetch.spec.whatwg.org/#http-cors-protocol'],
  },
  recognise: {
    facet: 'headers',
    owns: cors,
    even: true,
    oneSetting: true,
    find: (scene) => anyOpen(scene, cors),
  },
});
