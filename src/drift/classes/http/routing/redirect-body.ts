import { defineClass } from '../../../definition/define-class.ts';
import { ofWhole } from '../../../http-kit/owned.ts';
import { bodiesDiffer, redirects3xx } from '../../../http-kit/predicates.ts';
import { writesRedirect } from './redirects.ts';

export const redirectBody = defineClass({
  id: 'redirect-body',
  title: 'a redirect has a body that the framework wrote, or none',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'redirect',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'Go net/http and Fastify',
  page: {
    what: 'Both sides redirect with one code. One sends a line of HTML or text for people, the other nothing or another line.',
    request: 'GET /old',
    example: [
      ['Rust (axum)', '303␊location: /new␊content-length: 0'],
      [
        'Go (http.Redirect)',
        '303␊location: /new␊content-type: text/html; charset=utf-8␊␊<a href="/new">See Other</a>.␊␊',
      ],
    ],
    why: [
      ['Go', 'http.Redirect writes a link for GET and HEAD, unless a content type is set'],
      ['Node (Express)', '"Found. Redirecting to …", as text or HTML'],
      ['Rust (axum), FastAPI, Fastify', 'nothing'],
    ],
    breaks: 'Hardly anybody: clients follow, and do not read it.',
    fix: [
      ['Rust (axum)', 'nothing: the body of a redirect is for people'],
      ['Go', 'w.Header().Set("Content-Type", …) and Location by hand, to write none'],
    ],
    proof: 'Both sides redirect with one code, and each body is empty or what a framework writes for a redirect.',
    sources: ['https://pkg.go.dev/net/http#Redirect'],
  },
  recognise: {
    facet: 'body',
    owns: ofWhole,
    even: true,
    find: (scene) => {
      const { first, second } = scene;
      return (
        redirects3xx(first) &&
        first.status === second.status &&
        bodiesDiffer(scene) &&
        [first, second].every(writesRedirect)
      );
    },
  },
});
