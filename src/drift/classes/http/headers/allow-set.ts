import { defineClass } from '../../../definition/define-class.ts';
import { headerDivergence } from '../../../http-kit/predicates.ts';
import { apart, listed } from './content-headers.ts';

export const allowSet = defineClass({
  id: 'allow-set',
  title: 'the header Allow names HEAD or OPTIONS on one side only',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'content-header',
  rank: 5,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
    what: 'Both lists name the same methods but for HEAD and OPTIONS, which frameworks add or leave out by themselves.',
    request: 'PATCH /health',
    example: [
      ['Rust (axum)', '405␊allow: GET,HEAD␊content-length: 0'],
      ['Python (FastAPI)', '405␊allow: GET␊content-length: 0'],
    ],
    why: [
      ['Rust (axum), Go', 'a route for GET answers HEAD, and says so'],
      ['Python (Flask)', 'adds OPTIONS'],
      ['Python (FastAPI)', 'names what is declared'],
    ],
    breaks: 'Hardly anybody: clients seldom read Allow.',
    fix: [
      ['Rust (axum)', 'nothing'],
      ['Python (FastAPI)', 'methods=["GET", "HEAD"] on the route'],
    ],
    proof: 'Both lists, as sets, differ in HEAD, OPTIONS and TRACE alone.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1'],
  },
  recognise: {
    facet: 'headers',
    owns: ['allow'],
    even: true,
    find: (scene) => {
      const [a, b] = [listed(scene.first, 'allow'), listed(scene.second, 'allow')];
      const open = headerDivergence(scene, 'allow') !== null && a.length > 0 && b.length > 0;
      return open && apart(a, b).every((method) => ['HEAD', 'OPTIONS', 'TRACE'].includes(method));
    },
  },
});
