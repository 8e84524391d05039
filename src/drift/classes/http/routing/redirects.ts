import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { anyOf, type Owns, ofStatus, ofWhole } from '../../../http-kit/owned.ts';
import { bodiesDiffer, headerDivergence, locationPath, redirects3xx } from '../../../http-kit/predicates.ts';
import type { Answered } from '../../../http-kit/scene.ts';

const common = { severity: 'risky', facet: 'status', owns: ofStatus, reach: 'api' } as const;

const redirectPage =
  /^<a href="[^"]{0,2000}">[A-Z][A-Za-z ]{1,40}<\/a>\.\s*$|^(?:Found|Moved Permanently|See Other|Temporary Redirect|Permanent Redirect)\. Redirecting to /;

function writesRedirect(answer: Answered): boolean {
  return answer.body.length === 0 || redirectPage.test(answer.text);
}

/** The lines that frameworks write for people who do not follow: they name the code. */
const ofRedirectPage: Owns = (scene, divergence) =>
  [scene.first, scene.second].every(writesRedirect) && ofWhole(scene, divergence);

/** Redirects: codes, bodies and addresses that nobody chose. */
export const redirectBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'redirect-code',
    owns: anyOf(ofStatus, ofRedirectPage),
    severity: 'breaking',
    even: true,
    title: 'a redirect to the same place has another code',
    what: 'Both sides redirect to the same address, with different ones of 301, 302, 303, 307 and 308.',
    request: 'GET /old',
    example: [
      ['Rust (axum, Redirect::to)', '303␊location: /new␊content-length: 0'],
      ['Go (http.Redirect)', '302␊location: /new␊content-type: text/html; charset=utf-8␊␊<a href="/new">Found</a>.␊␊'],
    ],
    why: [
      ['Rust (axum)', 'Redirect::to is 303, temporary 307, permanent 308'],
      ['Go', 'the code is an argument: mostly 301 or 302'],
      ['Node (Express, Fastify), Python (Django, Flask), PHP', '302; FastAPI 307'],
    ],
    breaks:
      'The codes 301, 302 and 303 turn POST into GET and drop the body, 307 and 308 keep both; 301 and 308 are cached for good.',
    fix: [
      ['Rust (axum)', '(StatusCode::FOUND, [(LOCATION, "/new")])'],
      ['Go', 'http.Redirect(w, r, "/new", http.StatusSeeOther)'],
    ],
    proof: 'Both status codes are redirects, they differ, and both addresses are the same when resolved.',
    sources: [
      'https://docs.rs/axum/latest/axum/response/struct.Redirect.html',
      'https://www.rfc-editor.org/rfc/rfc9110#section-15.4',
    ],
    find: (scene) => {
      const { first, second } = scene;
      return (
        redirects3xx(first) &&
        redirects3xx(second) &&
        first.status !== second.status &&
        headerDivergence(scene, 'location') === null
      );
    },
  },
  {
    ...common,
    id: 'redirect-location',
    facet: 'headers',
    owns: ['location'],
    even: true,
    title: 'a redirect leads to the same path on another host',
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
  {
    ...common,
    id: 'redirect-body',
    severity: 'cosmetic',
    facet: 'body',
    owns: ofWhole,
    even: true,
    title: 'a redirect has a body that the framework wrote, or none',
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
];
