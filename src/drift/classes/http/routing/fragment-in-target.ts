import { defineClass } from '../../../definition/define-class.ts';
import { defaultPage } from '../../../http-kit/envelope.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const fragmentInTarget = defineClass({
  id: 'fragment-in-target',
  title: 'a fragment in the request is cut off on one side, and part of the path on the other',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'request-line',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'The request names a fragment, which no client should send. One side drops it, the other looks for a path with # in it.',
    request: 'GET /health#f',
    example: [
      [
        'Go (net/http)',
        `404␊content-type: text/plain; charset=utf-8␊x-content-type-options: nosniff␊␊404 page not found␊`,
      ],
      ['Rust (axum)', `200␊content-type: application/json␊␊{"ok":true}`],
    ],
    why: [
      ['Rust (hyper)', 'http::Uri drops what follows #'],
      ['Go (net/http)', 'url.ParseRequestURI takes # for a character of the path'],
    ],
    breaks: 'Hand-written clients that never cut the fragment off find nothing.',
    fix: [
      ['Go (net/http)', 'mend the client; or cut r.URL.Path at # in a handler around the mux'],
      ['Rust (axum)', 'nothing'],
    ],
    proof: 'The target of the request has a # in it, one side accepts, the other answers 400 or finds no route.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9112#section-3.2'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ asked, first, second }) =>
      `${asked.path}?${asked.query ?? ''}`.includes('#') &&
      second.accepts &&
      (first.status === 400 || (first.status === 404 && defaultPage(first) !== null)),
  },
});
