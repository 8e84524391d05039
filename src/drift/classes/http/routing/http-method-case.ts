import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const httpMethodCase = defineClass({
  id: 'http-method-case',
  title: 'a method in lower case is the same one on one side, and unknown on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'request-line',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'Methods are case-sensitive: patch is not PATCH. One side serves it all the same, the other refuses it.',
    request: `patch /v1/things/1␊content-type: application/json␊␊{"name":"n"}`,
    example: [
      [
        'Go (net/http)',
        `405␊allow: GET, HEAD, PATCH␊content-type: text/plain; charset=utf-8␊x-content-type-options: nosniff␊␊Method Not Allowed␊`,
      ],
      ['PHP (Symfony)', `200␊content-type: application/json␊␊{"id":1,"name":"n"}`],
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
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ asked, first, second }) =>
      /[a-z]/.test(asked.method) && [400, 404, 405, 501].includes(first.status) && second.accepts,
  },
});
