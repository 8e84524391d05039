import { splitUnquoted } from '../../../../compare/headers/media-type.ts';
import { defineClass } from '../../../definition/define-class.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { headerDivergence } from '../../../http-kit/predicates.ts';

function schemes(answer: Answered): string {
  const found = answer.headers('www-authenticate').flatMap((value) => splitUnquoted(value, ','));
  const names = found.map((part) =>
    /^\s{0,8}([A-Za-z][A-Za-z0-9-]{0,40})(?:\s[^=]|\s+[a-z]+=|\s*$)/.exec(part)?.[1]?.toLowerCase(),
  );
  return JSON.stringify(names.filter((name) => name !== undefined).sort());
}

export const wwwAuthenticateForm = defineClass({
  id: 'www-authenticate-form',
  title: 'the challenge has the same scheme and other parameters',
  severity: 'risky',
  reach: 'api',
  pass: 'header-value',
  rank: 5,
  evidence: 'observed',
  observedBetween: 'Express 4 and Go net/http',
  page: {
    request: 'GET /v1/things',
    what: 'Both sides ask for the same kind of credentials; realm or other parameters differ.',
    example: [
      ['Go', '401␊www-authenticate: Bearer realm="api"␊content-length: 0'],
      ['Rust (axum)', '401␊www-authenticate: Bearer␊content-length: 0'],
    ],
    why: [
      ['All', 'the header is written by hand, or by a middleware with a realm of its own'],
      ['Rust (axum), Go', 'what the code writes: mostly the bare scheme'],
    ],
    breaks: 'Browsers keep passwords by realm, and ask again.',
    fix: [
      ['Rust (axum)', '[(WWW_AUTHENTICATE, "Bearer realm=\\"api\\"")], one constant for the challenge'],
      ['Go', 'w.Header().Set("WWW-Authenticate", `Bearer realm="api"`)'],
    ],
    proof: 'Both sides send the header, and its schemes are the same.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1'],
  },
  recognise: {
    facet: 'headers',
    owns: ['www-authenticate'],
    even: true,
    find: (scene) =>
      headerDivergence(scene, 'www-authenticate') !== null &&
      schemes(scene.first) === schemes(scene.second) &&
      schemes(scene.first) !== '[]',
  },
});
