import { splitUnquoted } from '../../../../compare/headers/media-type.ts';
import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { headerDivergence, onlyFirstSends } from '../../../http-kit/predicates.ts';
import type { Answered } from '../../../http-kit/scene.ts';

const common = { facet: 'headers', reach: 'api', request: 'GET /v1/things' } as const;
const json = 'content-type: application/json';

/** Cookies as `name=value`, without attributes, quotes and percent-escapes; sorted. */
function cookies(answer: Answered): string {
  const pairs = answer.headers('set-cookie').map((value) => (value.split(';', 1)[0] ?? '').trim().replaceAll('"', ''));
  return JSON.stringify(pairs.map((pair) => pair.replaceAll('%20', ' ')).sort());
}

function schemes(answer: Answered): string {
  const found = answer.headers('www-authenticate').flatMap((value) => splitUnquoted(value, ','));
  const names = found.map((part) =>
    /^\s{0,8}([A-Za-z][A-Za-z0-9-]{0,40})(?:\s[^=]|\s+[a-z]+=|\s*$)/.exec(part)?.[1]?.toLowerCase(),
  );
  return JSON.stringify(names.filter((name) => name !== undefined).sort());
}

const opaque = (answer: Answered) => (answer.header('etag') ?? '').replace(/^W\//, '');
/** ETags that Express and Rack make of the body. */
const madeByFramework = /^W\/"(?:[0-9a-f]{1,8}-[A-Za-z0-9+/]{27}|[0-9a-f]{32})"$/;

const cacheDefaults = new Set([
  'no-cache, private',
  'max-age=0, private, must-revalidate',
  'no-cache',
  'no-cache, no-store, max-age=0, must-revalidate',
  'no-store',
  'private',
  'public, max-age=0',
]);

/** Headers whose value is spelled in one way or another. */
export const valueHeaderBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'nosniff',
    severity: 'cosmetic',
    owns: ['x-content-type-options'],
    title: 'nosniff is sent on one side only',
    what: 'One side sends X-Content-Type-Options: nosniff.',
    example: [
      ['Go (http.Error)', '404␊content-type: text/plain␊x-content-type-options: nosniff␊␊gone'],
      ['Rust (axum)', '404␊content-type: text/plain␊␊gone'],
    ],
    why: [
      ['Go', 'http.Error and the errors of ServeMux send it'],
      ['Python (Django)', 'SecurityMiddleware sends it always; Express with errors'],
    ],
    breaks: 'Browsers refuse scripts and styles with a wrong content type where it is sent.',
    fix: [
      ['Go', 'w.Header().Del("X-Content-Type-Options") after http.Error, or nothing'],
      ['Rust (axum)', 'SetResponseHeaderLayer::if_not_present of tower-http'],
    ],
    proof: 'Exactly one side sends the header, with the value nosniff.',
    sources: ['https://pkg.go.dev/net/http#Error', 'https://fetch.spec.whatwg.org/#x-content-type-options-header'],
    find: (scene) =>
      onlyFirstSends(scene, 'x-content-type-options') && scene.first.header('x-content-type-options') === 'nosniff',
  },
  {
    ...common,
    id: 'etag-form',
    severity: 'risky',
    owns: ['etag'],
    title: 'an ETag is weak on one side and strong on the other, or made by the framework',
    what: 'Both ETags have the same opaque text, one of them marked weak; or one side sends an ETag that its framework made of the body, and the other none.',
    example: [
      ['Node (Express)', `200␊etag: W/"2-l9Fw4VUO7kr8CvBlt4zaMCqXZ0w"␊${json}␊␊[]`],
      ['Rust (axum)', `200␊${json}␊␊[]`],
    ],
    why: [
      ['Node (Express, Nest), Ruby (Rack)', 'a weak ETag for every answer'],
      ['Java (Spring, ShallowEtagHeaderFilter)', 'a strong one'],
      ['Rust (axum), Go', 'none'],
    ],
    breaks: 'A weak ETag does not match in If-Match and If-Range: writes are refused, downloads begin again.',
    fix: [
      ['Node (Express)', 'app.disable("etag"), or app.set("etag", "strong")'],
      ['Rust (axum)', 'a layer that hashes the body'],
    ],
    proof:
      'The opaque texts are the same and one is weak; or one side sends none and the other one in the form that Express or Rack makes.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3',
      'https://expressjs.com/en/api.html#etag.options.table',
    ],
    find: (scene) => {
      const { first, second } = scene;
      if (headerDivergence(scene, 'etag') === null) return false;
      if (second.header('etag') === null) return madeByFramework.test(first.header('etag') ?? '');
      return (first.header('etag') ?? '').startsWith('W/') && opaque(first) === opaque(second);
    },
  },
  {
    ...common,
    id: 'set-cookie-format',
    severity: 'risky',
    owns: ['set-cookie'],
    even: true,
    title: 'the same cookies have other attributes, or are quoted otherwise',
    what: 'Names and values of all cookies are the same; Path, SameSite, how long they last or the quoting differ.',
    example: [
      ['Go (http.SetCookie)', `200␊set-cookie: sid=1; Path=/; Max-Age=60; HttpOnly␊${json}␊␊[]`],
      ['Node (Express)', `200␊set-cookie: sid=1; Max-Age=60; Path=/; HttpOnly; SameSite=Lax␊${json}␊␊[]`],
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
    find: (scene) =>
      headerDivergence(scene, 'set-cookie') !== null &&
      scene.first.header('set-cookie') !== null &&
      cookies(scene.first) === cookies(scene.second),
  },
  {
    ...common,
    id: 'cache-control-default',
    severity: 'risky',
    owns: ['cache-control'],
    title: 'the header Cache-Control is what a framework sends by itself, on one side only',
    what: 'One side sends a value that its framework adds to every answer, the other sends none.',
    example: [
      ['Ruby (Rails)', `200␊cache-control: max-age=0, private, must-revalidate␊${json}␊␊[]`],
      ['Rust (axum)', `200␊${json}␊␊[]`],
    ],
    why: [
      ['Ruby (Rails), PHP (Laravel, Symfony), Java (Spring Security)', 'a value that forbids shared caches'],
      ['Rust (axum), Go, Express, FastAPI', 'none'],
    ],
    breaks: 'Without the header caches keep answers as long as they please.',
    fix: [
      ['Ruby (Rails)', 'expires_in, or response.headers.delete("Cache-Control")'],
      ['Rust (axum)', 'SetResponseHeaderLayer::if_not_present of tower-http'],
    ],
    proof: 'Exactly one side sends the header, with a value that a framework is known to add.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9111#section-5.2'],
    find: (scene) =>
      onlyFirstSends(scene, 'cache-control') && cacheDefaults.has(scene.first.header('cache-control') ?? ''),
  },
  {
    ...common,
    id: 'www-authenticate-form',
    severity: 'risky',
    owns: ['www-authenticate'],
    even: true,
    title: 'the challenge has the same scheme and other parameters',
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
    find: (scene) =>
      headerDivergence(scene, 'www-authenticate') !== null &&
      schemes(scene.first) === schemes(scene.second) &&
      schemes(scene.first) !== '[]',
  },
  {
    ...common,
    id: 'retry-after-form',
    severity: 'risky',
    owns: ['retry-after'],
    even: true,
    title: 'the header Retry-After is a number of seconds on one side, and a date on the other',
    what: 'Both sides say when to come back, in the two forms that the header has.',
    example: [
      ['Go', '503␊retry-after: 120␊content-length: 0'],
      ['Java', '503␊retry-after: Sat, 21 Nov 2026 00:02:00 GMT␊content-length: 0'],
    ],
    why: [
      ['All', 'the header allows both'],
      ['Go, Rust (tower)', 'what the code writes; most limiters count in seconds'],
    ],
    breaks: 'Clients that know one form alone come back at once, or never.',
    fix: [
      ['Go', 'strconv.Itoa of the seconds'],
      ['Java', 'seconds: clocks differ'],
    ],
    proof: 'Both sides send the header, one with digits alone and the other with a date.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3'],
    find: (scene) => headerDivergence(scene, 'retry-after')?.kind === 'type',
  },
  {
    ...common,
    id: 'created-location',
    severity: 'risky',
    owns: ['location'],
    title: 'what was created is named in Location on one side only',
    what: 'Both sides answer 201. One of them says where the new thing is.',
    request: 'POST /v1/things',
    example: [
      ['Java (Spring)', `201␊location: /v1/things/1␊${json}␊␊{"id":1}`],
      ['Rust (axum)', `201␊${json}␊␊{"id":1}`],
    ],
    why: [
      ['Java (Spring)', 'ResponseEntity.created(uri) sends it; Django REST framework where there is a field url'],
      ['Rust (axum), Go, Express', 'only if the handler does'],
    ],
    breaks: 'Clients that follow Location have nowhere to go.',
    fix: [
      ['Java (Spring)', 'ResponseEntity.status(201)'],
      ['Rust (axum)', '(StatusCode::CREATED, [(LOCATION, uri)], Json(thing))'],
    ],
    proof: 'Both status codes are 201, and exactly one side sends Location.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2'],
    find: (scene) => scene.first.status === 201 && scene.second.status === 201 && onlyFirstSends(scene, 'location'),
  },
];
