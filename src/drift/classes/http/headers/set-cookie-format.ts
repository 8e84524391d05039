import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { headerDivergence } from '../../../http-kit/predicates.ts';
import { defineClass } from '../../../kit/define-class.ts';

/** Cookies as `name=value`, without attributes, quotes and percent-escapes; sorted. */
function cookies(answer: Answered): string {
  const pairs = answer.headers('set-cookie').map((value) => (value.split(';', 1)[0] ?? '').trim().replaceAll('"', ''));
  return JSON.stringify(pairs.map((pair) => pair.replaceAll('%20', ' ')).sort());
}

export const setCookieFormat = defineClass({
  id: 'set-cookie-format',
  title: 'the same cookies have other attributes, or are quoted otherwise',
  severity: 'risky',
  reach: 'api',
  pass: 'header-value',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'Express 4 and Express 5',
  page: {
    request: 'GET /v1/things',
    what: 'Names and values of all cookies are the same; Path, SameSite, how long they last or the quoting differ.',
    example: [
      ['Go (http.SetCookie)', `200␊set-cookie: sid=1; Path=/; Max-Age=60; HttpOnly␊content-type: application/json␊␊[]`],
      [
        'Node (Express)',
        `200␊set-cookie: sid=1; Max-Age=60; Path=/; HttpOnly; SameSite=Lax␊content-type: application/json␊␊[]`,
      ],
    ],
    why: [
      ['Python (Starlette)', 'adds SameSite=lax'],
      ['Go', 'quotes values with spaces, and drops bytes that are not allowed'],
    ],
    breaks: 'Without SameSite or Path the browser sends the cookie elsewhere.',
    fix: [
      ['Go', 'set SameSite, Path and MaxAge in http.Cookie'],
      ['Node (Express)', 'res.append("Set-Cookie", …) with the text itself'],
    ],
    proof: 'The cookies of both sides, without attributes, quotes and escaped spaces, are the same.',
    sources: ['https://www.rfc-editor.org/rfc/rfc6265#section-4.1'],
  },
  recognise: {
    facet: 'headers',
    owns: ['set-cookie'],
    even: true,
    find: (scene) =>
      headerDivergence(scene, 'set-cookie') !== null &&
      scene.first.header('set-cookie') !== null &&
      cookies(scene.first) === cookies(scene.second),
  },
});
