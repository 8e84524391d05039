import { defineClass } from '../../../definition/define-class.ts';
import { anyOf, type Owns, ofStatus, ofWhole } from '../../../http-kit/owned.ts';
import { headerDivergence, redirects3xx } from '../../../http-kit/predicates.ts';
import { writesRedirect } from './redirects.ts';

/** The lines that frameworks write for people who do not follow: they name the code. */
const ofRedirectPage: Owns = (scene, divergence) =>
  [scene.first, scene.second].every(writesRedirect) && ofWhole(scene, divergence);

export const redirectCode = defineClass({
  id: 'redirect-code',
  title: 'a redirect to the same place has another code',
  severity: 'breaking',
  reach: 'api',
  pass: 'redirect',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
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
  },
  recognise: {
    facet: 'status',
    owns: anyOf(ofStatus, ofRedirectPage),
    even: true,
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
});
