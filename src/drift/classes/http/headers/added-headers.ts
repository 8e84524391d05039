import type { Behaviour } from '../../../http-kit/behaviour.ts';
import type { Owns } from '../../../http-kit/owned.ts';
import { bodiesDiffer, headerDivergence, onlyFirstSends } from '../../../http-kit/predicates.ts';
import type { Scene } from '../../../http-kit/scene.ts';

const common = { facet: 'headers', reach: 'api', request: 'GET /v1/things' } as const;
const json = 'content-type: application/json';

/** One of these headers is still open. */
function anyOpen(scene: Scene, names: readonly string[]): boolean {
  return names.some((name) => headerDivergence(scene, name) !== null);
}

const identity = ['server', 'x-powered-by', 'x-aspnet-version', 'x-aspnetmvc-version', 'via', 'date'];
const framing = ['content-length', 'transfer-encoding', 'connection', 'keep-alive'];
const security = [
  'x-frame-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'content-security-policy',
  'strict-transport-security',
  'x-xss-protection',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-permitted-cross-domain-policies',
  'origin-agent-cluster',
  'permissions-policy',
  'pragma',
];
const cors = [
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'access-control-max-age',
];

/** A content-coding, what it does to the length, and that caches must know of it. */
const ofCoding: Owns = ({ first, second }, { facet, pointer }) => {
  if (facet !== 'headers') return false;
  if (pointer !== '/vary') return ['/content-encoding', '/content-length', '/transfer-encoding'].includes(pointer);
  const others = [first, second].map((side) =>
    side
      .headers('vary')
      .flatMap((value) => value.toLowerCase().split(','))
      .map((name) => name.trim())
      .filter((name) => name !== 'accept-encoding')
      .sort()
      .join(),
  );
  return others[0] === others[1];
};

/** Headers that servers and middleware add by themselves. */
export const addedHeaderBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'compression-default',
    severity: 'cosmetic',
    owns: ofCoding,
    title: 'the answer is compressed on one side only',
    what: 'One side has a content-coding, the other none; what is inside does not differ.',
    request: 'GET /v1/things␊accept-encoding: gzip',
    example: [
      ['Ruby (Rack::Deflater)', `200␊content-encoding: identity␊${json}␊␊[]`],
      ['Go', `200␊${json}␊␊[]`],
    ],
    why: [
      ['Ruby (Rack), Java (Spring with server.compression), .NET', 'compress where they are told to, from a size on'],
      ['Rust (axum), Go, Express', 'only with a layer or middleware'],
    ],
    breaks: 'Hardly anybody, if clients say what they take; sizes and times change.',
    fix: [
      ['Ruby (Rack)', 'remove Rack::Deflater'],
      ['Go', 'a gzip handler around the mux'],
    ],
    proof: 'Exactly one side sends Content-Encoding, and the decoded bodies do not differ.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-8.4'],
    find: (scene) => onlyFirstSends(scene, 'content-encoding') && !bodiesDiffer(scene),
  },
  {
    ...common,
    id: 'framing-header',
    severity: 'cosmetic',
    owns: framing,
    even: true,
    title: 'the same body is framed otherwise',
    what: 'One side sends the length, the other chunks; or they keep the connection in other ways.',
    example: [
      ['Rust (hyper)', `200␊content-length: 2␊${json}␊␊[]`],
      ['Go (net/http)', `200␊transfer-encoding: chunked␊${json}␊␊[]`],
    ],
    why: [
      ['Go (net/http)', 'chunks beyond 2048 bytes, unless the length is set'],
      ['Rust (axum)', 'the length where the body is whole, chunks where it is streamed'],
      ['Node', 'Connection: keep-alive and Keep-Alive: timeout=5'],
    ],
    breaks: 'Clients that show progress, or ask with HEAD how much there is, miss the length.',
    fix: [
      ['Rust (hyper)', 'nothing'],
      ['Go (net/http)', 'w.Header().Set("Content-Length", strconv.Itoa(len(body)))'],
    ],
    proof: 'Only headers of framing differ, and the bodies do not.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9112#section-6'],
    find: (scene) => anyOpen(scene, framing) && !bodiesDiffer(scene),
  },
  {
    ...common,
    id: 'server-identity',
    severity: 'cosmetic',
    owns: identity,
    even: true,
    title: 'the servers name themselves',
    what: 'Server, X-Powered-By, Via or Date differ: they say who answers and when, not what.',
    example: [
      ['Python (uvicorn)', `200␊server: uvicorn␊${json}␊␊[]`],
      ['Node (Express)', `200␊x-powered-by: Express␊${json}␊␊[]`],
    ],
    why: [
      ['Python (uvicorn, Werkzeug), .NET (Kestrel)', 'Server'],
      ['Node (Express), PHP', 'X-Powered-By'],
      ['Rust (axum), Go', 'neither'],
    ],
    breaks: 'No client; scanners look at it, and logs that tell the servers apart.',
    fix: [
      ['Python (uvicorn)', 'uvicorn --no-server-header, or leave these names out of compare.headers'],
      ['Node (Express)', 'app.disable("x-powered-by")'],
    ],
    proof: 'The header is one of those that name the software.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.4'],
    find: (scene) => anyOpen(scene, identity),
  },
  {
    ...common,
    id: 'security-headers',
    severity: 'risky',
    owns: security,
    title: 'headers that protect browsers are sent on one side only',
    what: 'A framework or middleware adds them on one side, and the other has none.',
    example: [
      ['Python (Django)', `200␊x-frame-options: DENY␊referrer-policy: same-origin␊${json}␊␊[]`],
      ['Rust (axum)', `200␊${json}␊␊[]`],
    ],
    why: [
      ['Python (Django)', 'SecurityMiddleware and XFrameOptionsMiddleware'],
      ['Node (helmet), Java (Spring Security)', 'a set of a dozen'],
      ['Rust (axum), Go', 'none'],
    ],
    breaks: 'Pages can be framed or sniffed where the headers are gone.',
    fix: [
      ['Python (Django)', 'keep them'],
      ['Rust (axum)', 'SetResponseHeaderLayer::if_not_present of tower-http for each'],
    ],
    proof: 'Each of these headers that differs is sent by the same side alone.',
    sources: ['https://docs.djangoproject.com/en/stable/ref/middleware/#module-django.middleware.security'],
    find: (scene) =>
      anyOpen(scene, security) &&
      security.every((name) => headerDivergence(scene, name) === null || onlyFirstSends(scene, name)),
  },
  {
    ...common,
    id: 'cors-default',
    severity: 'breaking',
    owns: cors,
    even: true,
    title: 'what other origins may do differs',
    what: 'Headers of CORS differ on a request that names an origin: * or the origin itself, a list of methods or *, or nothing.',
    request: 'GET /v1/things␊origin: https://app.example',
    example: [
      ['Rust (tower-http, permissive)', `200␊access-control-allow-origin: *␊${json}␊␊[]`],
      ['Go (rs/cors)', `200␊access-control-allow-origin: https://app.example␊${json}␊␊[]`],
    ],
    why: [
      ['Rust (tower-http)', 'permissive() says *, very_permissive() repeats the origin'],
      ['Go (rs/cors), Node (cors)', '* by default, the origin with credentials'],
    ],
    breaks: 'With credentials browsers do not take *, and scripts cannot read the answer.',
    fix: [
      ['Rust (tower-http)', 'AllowOrigin::list or mirror_request, and allow_credentials'],
      ['Go (rs/cors)', 'cors.Options{AllowedOrigins, AllowCredentials}'],
    ],
    proof: 'The request names an origin, and one of these headers differs.',
    sources: ['https://fetch.spec.whatwg.org/#http-cors-protocol'],
    find: (scene) => scene.asked.header('origin') !== null && anyOpen(scene, cors),
  },
];
