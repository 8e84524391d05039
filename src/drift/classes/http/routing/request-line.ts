import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { defaultPage } from '../../../http-kit/envelope.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

const common = { severity: 'risky', facet: 'status', owns: ofStatus, reach: 'api' } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';

/** What the first line of a request makes of it. */
export const requestLineBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'http-method-case',
    title: 'a method in lower case is the same one on one side, and unknown on the other',
    what: 'Methods are case-sensitive: patch is not PATCH. One side serves it all the same, the other refuses it.',
    request: `patch /v1/things/1␊${json}␊␊{"name":"n"}`,
    example: [
      ['Go (net/http)', `405␊allow: GET, HEAD, PATCH␊${text}␊x-content-type-options: nosniff␊␊Method Not Allowed␊`],
      ['PHP (Symfony)', `200␊${json}␊␊{"id":1,"name":"n"}`],
    ],
    why: [
      ['Go (net/http), Rust (axum)', 'methods are compared as they are: 405'],
      ['Node', 'the parser knows a list of methods, and answers 400 to all others'],
      ['PHP (Symfony), Ruby (Rack), .NET', 'the method is put into upper case first'],
    ],
    breaks:
      'Browsers (fetch) put get, post, put and delete into upper case, but not patch: such clients fail on the strict side.',
    fix: [
      [
        'Go (net/http)',
        'mend the client: method: "PATCH"; or a handler around the mux that puts r.Method into upper case',
      ],
      ['PHP (Symfony)', 'refuse what is not in upper case, with 405'],
    ],
    proof: 'The method has small letters, one side refuses with 400, 404, 405 or 501, the other accepts.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc9110#section-9.1',
      'https://fetch.spec.whatwg.org/#concept-method-normalize',
    ],
    find: ({ asked, first, second }) =>
      /[a-z]/.test(asked.method) && [400, 404, 405, 501].includes(first.status) && second.accepts,
  },
  {
    ...common,
    id: 'fragment-in-target',
    severity: 'cosmetic',
    title: 'a fragment in the request is cut off on one side, and part of the path on the other',
    what: 'The request names a fragment, which no client should send. One side drops it, the other looks for a path with # in it.',
    request: 'GET /health#f',
    example: [
      ['Go (net/http)', `404␊${text}␊x-content-type-options: nosniff␊␊404 page not found␊`],
      ['Rust (axum)', `200␊${json}␊␊{"ok":true}`],
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
    find: ({ asked, first, second }) =>
      `${asked.path}?${asked.query ?? ''}`.includes('#') &&
      second.accepts &&
      (first.status === 400 || (first.status === 404 && defaultPage(first) !== null)),
  },
];
