import { defineClass } from '../../../definition/define-class.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { headerDivergence, locationPath, redirects3xx } from '../../../http-kit/predicates.ts';

export const redirectLocation = defineClass({
  id: 'redirect-location',
  title: 'a redirect leads to the same path on another host',
  severity: 'risky',
  reach: 'api',
  pass: 'redirect',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'Both sides redirect to the same path and query, but one of them names a host that is not its own.',
    request: 'GET /old',
    example: [
      ['Go (http.Redirect)', '302␊location: /new'],
      ['Python (FastAPI)', '302␊location: http://localhost/new'],
    ],
    why: [
      ['Python (FastAPI, Flask)', 'an absolute address made from the Host header, or from the proxy'],
      ['Go', 'an address as it was given, made absolute by path only'],
    ],
    breaks: 'Behind a proxy the client is sent to a host that it cannot reach.',
    fix: [
      ['Go', 'nothing: RFC 9110 allows relative references'],
      ['Python (FastAPI)', 'uvicorn --proxy-headers, or a RedirectResponse with a path'],
    ],
    proof: 'Both sides redirect, the addresses differ, and without scheme and host they are the same.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2'],
  },
  recognise: {
    facet: 'headers',
    owns: ['location'],
    even: true,
    find: (scene) => {
      const { first, second } = scene;
      const query = (answer: Answered) => /\?[^#]*/.exec(answer.header('location') ?? '')?.[0] ?? '';
      return (
        redirects3xx(first) &&
        redirects3xx(second) &&
        headerDivergence(scene, 'location') !== null &&
        locationPath(first) === locationPath(second) &&
        query(first) === query(second)
      );
    },
  },
});
