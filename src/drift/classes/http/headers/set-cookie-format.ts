import { defineClass } from '../../../definition/define-class.ts';
import type { Answered } from '../../../http-kit/exchange-pair.ts';
import { headerDivergence } from '../../../http-kit/predicates.ts';

/** The names of the cookies that an answer sets, sorted. Their values are any value in the comparison, too. */
const names = (answer: Answered): string =>
  JSON.stringify(
    answer
      .headers('set-cookie')
      .map((value) => (value.split(/[=;]/, 1)[0] ?? '').trim())
      .sort(),
  );

export const setCookieFormat = defineClass({
  id: 'set-cookie-format',
  title: 'the same cookies have other attributes',
  severity: 'risky',
  reach: 'api',
  pass: 'header-value',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'Express 4 and Express 5',
  page: {
    request: 'GET /v1/things',
    what: 'The names of all cookies are the same; Path, SameSite, how long they last or another attribute differs.',
    example: [
      ['Go (http.SetCookie)', `200␊set-cookie: sid=1; Path=/; Max-Age=60; HttpOnly␊content-type: application/json␊␊[]`],
      [
        'Node (Express)',
        `200␊set-cookie: sid=1; Max-Age=60; Path=/; HttpOnly; SameSite=Lax␊content-type: application/json␊␊[]`,
      ],
    ],
    why: [
      ['Python (Starlette)', 'adds SameSite=lax'],
      ['Go', 'writes no SameSite unless http.Cookie says so'],
    ],
    breaks: 'Without SameSite or Path the browser sends the cookie elsewhere.',
    fix: [
      ['Go', 'set SameSite, Path and MaxAge in http.Cookie'],
      ['Node (Express)', 'res.append("Set-Cookie", …) with the text itself'],
    ],
    proof: 'Both sides set cookies of the same names, and an attribute of one of them differs.',
    sources: ['https://www.rfc-editor.org/rfc/rfc6265#section-4.1'],
  },
  recognise: {
    facet: 'headers',
    owns: ['set-cookie'],
    even: true,
    find: (scene) =>
      headerDivergence(scene, 'set-cookie') !== null &&
      scene.first.header('set-cookie') !== null &&
      names(scene.first) === names(scene.second),
  },
});
