import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const authStatus = defineClass({
  id: 'auth-status',
  title: 'a request without credentials is 401 on one side, and 403 on the other',
  severity: 'breaking',
  reach: 'api',
  pass: 'request-head',
  rank: 8,
  evidence: 'documented',
  page: {
    what: 'Both sides refuse, but one says "log in" and the other "you may not".',
    request: 'GET /me',
    example: [
      ['Rust (axum)', '401␊www-authenticate: Bearer␊content-length: 0'],
      ['Python (FastAPI, HTTPBearer)', `403␊content-type: application/json␊␊{"detail":"Not authenticated"}`],
    ],
    why: [
      ['Python (FastAPI)', 'HTTPBearer said 403 in older releases'],
      ['Django REST framework', '401 if the first authenticator has a challenge, else 403'],
      ['Java (Spring Security)', '403 without an entry point'],
    ],
    breaks: 'Clients renew their token on 401 only; on 403 they give up.',
    fix: [
      ['Rust (axum)', '401 with WWW-Authenticate where credentials are missing'],
      ['Python (FastAPI)', 'HTTPBearer(auto_error=False), and an HTTPException with 401'],
    ],
    proof: 'One status is 401, the other 403, and the request has no Authorization header.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    even: true,
    find: ({ asked, first, second }) =>
      asked.header('authorization') === null &&
      asked.header('cookie') === null &&
      [first.status, second.status].sort().join() === '401,403',
  },
});
