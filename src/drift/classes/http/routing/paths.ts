import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { defaultPage } from '../../../http-kit/envelope.ts';
import { ofStatus } from '../../../http-kit/owned.ts';
import {
  brokenEscape,
  cleanedPath,
  escapesBrokenUtf8,
  locationPath,
  redirects3xx,
} from '../../../http-kit/predicates.ts';
import type { Scene } from '../../../http-kit/scene.ts';

/** 404 as a router gives it where no route fits. */
function isUnrouted({ second }: Scene): boolean {
  return second.status === 404 && defaultPage(second) !== null;
}

function otherSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
}

function escapeFault({ asked: { path } }: Scene): string {
  if (brokenEscape.test(path)) return 'malformed';
  return escapesBrokenUtf8(path) ? 'not-utf8' : 'escaped';
}

/** What the path of a request makes of it before any code of the service runs. */
export const pathBehaviours: readonly Behaviour[] = [
  {
    id: 'path-percent-decoding',
    title: 'a percent-escape in the path is read otherwise by the two routers',
    severity: 'risky',
    facet: 'status',
    reach: 'api',
    owns: ofStatus,
    what: 'The path holds an escape that is malformed, that decodes to bytes that are no UTF-8, or that hides a slash; one side refuses it or finds no route, the other serves it.',
    request: 'GET /v1/objects/%FF',
    example: [
      ['Rust (axum)', '400␊content-type: text/plain; charset=utf-8␊␊Invalid URL: Invalid UTF-8 in `key`'],
      ['Go (net/http)', '200␊content-type: application/json␊␊{"key":"\\ufffd"}'],
    ],
    why: [
      ['Rust (axum)', 'a malformed %zz is passed on as it is written; Path<String> refuses bytes that are no UTF-8'],
      [
        'Go (net/http)',
        'url.Parse refuses %zz before any handler, with "400 Bad Request"; bytes that are no UTF-8 become U+FFFD in JSON',
      ],
      ['Go (chi)', 'routes on RawPath, so %2D stays %2D where net/http gives a hyphen'],
      ['Python (FastAPI)', 'an encoded slash divides segments, so the route is not found'],
    ],
    breaks: 'Names with odd bytes are stored by one side under another name, and not found by the other.',
    fix: [
      [
        'Rust (axum)',
        'take Path<Vec<u8>> or read the raw path from OriginalUri, and decide about odd bytes in one place',
      ],
      ['Go (net/http)', 'check utf8.ValidString and r.URL.EscapedPath() before the path is used'],
    ],
    proof:
      'The case writes such an escape in the path, the status codes differ, and one side answers 4xx (for an escape in good order: its router says 404).',
    flips: ['Go 1.22 made ServeMux match on the escaped path'],
    sources: [
      'https://datatracker.ietf.org/doc/html/rfc3986#section-2.1',
      'https://pkg.go.dev/net/url#URL.EscapedPath',
    ],
    find: (scene) => {
      const { asked, first, second } = scene;
      if (!asked.path.includes('%') || asked.fillsEscapes || first.status === second.status) return false;
      if (escapeFault(scene) !== 'escaped') return first.status === 400 && second.status < 500;
      return first.status === 404 && defaultPage(first) !== null && second.accepts;
    },
    detail: escapeFault,
  },
  {
    id: 'trailing-slash',
    title: 'a slash at the end of the path is another route on one side, and the same one on the other',
    severity: 'breaking',
    facet: 'status',
    reach: 'api',
    owns: ofStatus,
    what: 'One side redirects to the path with (or without) the slash, or serves both; the other one finds no route, or no such method.',
    request: 'GET /dir',
    example: [
      [
        'Go (net/http, pattern /dir/)',
        '301␊location: /dir/␊content-type: text/html; charset=utf-8␊␊<a href="/dir/">Moved Permanently</a>.␊␊',
      ],
      ['Rust (axum)', '404␊content-length: 0'],
    ],
    why: [
      ['Go (net/http)', 'a pattern that ends in a slash redirects the path without it'],
      ['Rust (axum)', 'routes match exactly since 0.6'],
      ['Python (FastAPI)', 'redirects both ways with 307 and an absolute URL; Flask and Django with 308 and 301'],
      ['Node (Express)', 'serves both unless strict routing is on'],
      ['Java (Spring)', 'matched both before version 6, answers 404 since'],
    ],
    breaks: 'A client that follows 301 turns POST into GET and drops the body; one that does not follow gets nothing.',
    fix: [
      ['Go (net/http)', 'register "/dir" beside "/dir/", or "/dir/{$}" alone'],
      ['Rust (axum)', 'tower_http::normalize_path::NormalizePathLayer around the router, or both routes'],
      ['Python (FastAPI)', 'FastAPI(redirect_slashes=False)'],
    ],
    proof:
      'One side redirects to the very path of the request but for its last slash, the other does not; or the path ends in a slash, one side serves it and the router of the other says 404.',
    flips: ['Go 1.26 redirects with 307, before with 301', 'axum 0.6 stopped redirecting', 'Spring 6 stopped matching'],
    sources: ['https://pkg.go.dev/net/http#ServeMux', 'https://github.com/tokio-rs/axum/blob/main/axum/CHANGELOG.md'],
    find: (scene) => {
      const { asked, first, second } = scene;
      if (redirects3xx(first))
        return !redirects3xx(second) && asked.path !== '/' && locationPath(first) === otherSlash(asked.path);
      return asked.path.length > 1 && asked.path.endsWith('/') && first.accepts && isUnrouted(scene);
    },
  },
  {
    id: 'path-clean',
    title: 'a path that is not clean is redirected on one side, and taken as it is on the other',
    severity: 'breaking',
    facet: 'status',
    reach: 'api',
    owns: ofStatus,
    what: 'The path holds an empty segment, a single dot or two dots. One side redirects to the path without them, the other looks for a route that fits the path as it is.',
    request: 'GET //health',
    example: [
      [
        'Go (net/http)',
        '307␊location: /health␊content-type: text/html; charset=utf-8␊␊<a href="/health">Temporary Redirect</a>.␊␊',
      ],
      ['Rust (axum)', '404␊content-length: 0'],
    ],
    why: [
      ['Go (net/http)', 'ServeMux cleans every path before it looks for a route, and redirects if that changed it'],
      ['Rust (axum)', 'the router matches the path as it came; so do actix, Express, Fastify and FastAPI'],
      ['Go (chi)', 'does not clean, as gorilla/mux does unless SkipClean is set'],
    ],
    breaks:
      'Keys with a double slash or a dot cannot be stored or read on the side that redirects; a client that follows writes under another name.',
    fix: [
      ['Go (net/http)', 'route such paths before ServeMux sees them: a handler that switches on r.URL.EscapedPath()'],
      ['Rust (axum)', 'a layer that answers with a redirect to the cleaned path'],
    ],
    proof:
      'One side redirects to exactly the cleaned path of the request, which is another one; the other side does not redirect.',
    flips: ['Go 1.26 redirects with 307, before with 301'],
    sources: ['https://pkg.go.dev/net/http#ServeMux', 'https://pkg.go.dev/path#Clean'],
    find: ({ asked, first, second }) => {
      const cleaned = cleanedPath(asked.path);
      return redirects3xx(first) && !redirects3xx(second) && cleaned !== asked.path && locationPath(first) === cleaned;
    },
  },
  {
    id: 'path-case',
    title: 'the case of letters in the path counts on one side only',
    severity: 'risky',
    facet: 'status',
    reach: 'api',
    owns: ofStatus,
    what: 'A path in capitals finds its route on one side, while the router of the other says 404.',
    request: 'GET /HEALTH',
    example: [
      ['Node (Express)', '200␊content-type: application/json; charset=utf-8␊␊{"ok":true}'],
      ['Go (net/http)', '404␊content-type: text/plain; charset=utf-8␊␊404 page not found␊'],
    ],
    why: [
      ['Node (Express)', 'routes ignore case unless "case sensitive routing" is on; ASP.NET ignores it too'],
      ['Go, Rust, Fastify', 'routes match byte for byte'],
    ],
    breaks: 'Links with capitals that have always worked are dead after the cutover.',
    fix: [
      ['Node (Express)', 'app.enable("case sensitive routing"), or express.Router({ caseSensitive: true })'],
      ['Go (net/http)', 'a handler around ServeMux that lowers the case of the path'],
    ],
    proof: 'The path is all capitals, one side serves it, the other answers 404 with the page of its router.',
    sources: ['https://expressjs.com/en/api.html#app.set'],
    find: (scene) =>
      /[A-Z]/.test(scene.asked.path) && !/[a-z]/.test(scene.asked.path) && scene.first.accepts && isUnrouted(scene),
  },
];
