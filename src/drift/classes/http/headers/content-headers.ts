import { charsetOf, isJsonType, splitUnquoted } from '../../../../compare/headers/media-type.ts';
import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { headerDivergence, onlyFirstSends } from '../../../http-kit/predicates.ts';
import type { Answered, Scene } from '../../../http-kit/scene.ts';

const common = { facet: 'headers', reach: 'api' } as const;
const json = 'content-type: application/json';

function listed(answer: Answered, name: string): string[] {
  return answer
    .headers(name)
    .flatMap((value) => splitUnquoted(value, ','))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** What one list has and the other has not. */
function apart(a: readonly string[], b: readonly string[]): string[] {
  return [...a.filter((one) => !b.includes(one)), ...b.filter((one) => !a.includes(one))];
}

function otherParameters(answer: Answered): string {
  return JSON.stringify(answer.type.parameters.filter(([name]) => name !== 'charset'));
}

/** The side with the charset, and that it is the one that everybody means. */
function namesUtf8({ first, second }: Scene): boolean {
  return (
    charsetOf(first.type) === 'utf-8' &&
    charsetOf(second.type) === null &&
    otherParameters(first) === otherParameters(second)
  );
}

const charsetClass: Behaviour = {
  ...common,
  id: 'content-type-charset',
  severity: 'cosmetic',
  owns: ['content-type'],
  proved: true,
  title: 'the content type names the charset utf-8 on one side only',
  what: 'Both sides send the same media type; one adds charset=utf-8.',
  request: 'GET /v1/things',
  example: [
    ['Node (Express)', `200␊${json}; charset=utf-8␊␊[]`],
    ['Rust (axum)', `200␊${json}␊␊[]`],
  ],
  why: [
    ['Node (Express, Fastify, Koa, Nest)', 'add it'],
    ['Rust (axum), FastAPI, Flask, Django, Spring', 'do not: application/json has no such parameter'],
    ['Rust (tower-http, ServeDir)', 'text/plain where Go (FileServer) says text/plain; charset=utf-8'],
  ],
  breaks:
    'Clients that compare the header as a text; for text/* also those that take no charset for another one than UTF-8.',
  fix: [
    ['Node (Express)', 'res.setHeader("Content-Type", "application/json") and res.end(JSON.stringify(value))'],
    ['Rust (axum)', '([(CONTENT_TYPE, "application/json; charset=utf-8")], body)'],
  ],
  proof: 'Both values are read as media types; with charset=utf-8 added to the bare one they are the same.',
  sources: ['https://www.rfc-editor.org/rfc/rfc8259#section-11'],
  find: (scene) =>
    headerDivergence(scene, 'content-type') !== null &&
    scene.first.type.essence !== '' &&
    scene.first.type.essence === scene.second.type.essence &&
    namesUtf8(scene),
};

const typeClasses: readonly Behaviour[] = [
  {
    ...common,
    id: 'content-type-on-empty',
    severity: 'cosmetic',
    owns: ['content-type'],
    title: 'an answer without a body has a content type on one side only',
    what: 'Both bodies are empty. One side names a content type all the same.',
    request: 'GET /v1/things/1',
    example: [
      ['Python (FastAPI)', `204␊${json}`],
      ['Rust (axum)', '204'],
    ],
    why: [
      ['Python (FastAPI)', 'sends the type of the response class even with 204'],
      ['Node (Fastify)', 'sends what the handler set'],
    ],
    breaks: 'Clients that read JSON whenever the type says so fail on the empty text.',
    fix: [
      ['Python (FastAPI)', 'response_class=Response on the route'],
      ['Rust (axum)', 'nothing: an empty body has no type'],
    ],
    proof: 'Both bodies are empty, and exactly one side sends the header.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-8.3'],
    find: (scene) =>
      onlyFirstSends(scene, 'content-type') &&
      scene.asked.method !== 'HEAD' &&
      scene.first.body.length === 0 &&
      scene.second.body.length === 0,
  },
  {
    ...common,
    id: 'content-type-missing',
    severity: 'breaking',
    owns: ['content-type'],
    title: 'an answer with a body has no content type on one side',
    what: 'Both sides send a body. One of them does not say what it is.',
    request: 'GET /v1/things',
    example: [
      ['Rust (axum)', `200␊${json}␊␊[]`],
      ['Node (http)', '200␊␊[]'],
    ],
    why: [
      ['Node (http)', 'adds no content type'],
      ['Go', 'never: net/http guesses one'],
    ],
    breaks: 'Clients that choose the decoder by the header cannot; browsers guess.',
    fix: [
      ['Rust (axum)', 'nothing'],
      ['Node (http)', 'res.setHeader("Content-Type", "application/json")'],
    ],
    proof: 'Both bodies have bytes, and exactly one side sends the header.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-8.3'],
    find: (scene) =>
      onlyFirstSends(scene, 'content-type') && scene.first.body.length > 0 && scene.second.body.length > 0,
  },
  {
    ...common,
    id: 'content-type-sniffed',
    severity: 'breaking',
    owns: ['content-type'],
    title: 'a body of JSON goes by another name on one side, because nobody set the content type',
    what: 'Both bodies are JSON. One side calls it text, HTML or bytes.',
    request: 'GET /v1/things',
    example: [
      ['Rust (axum)', `200␊${json}␊␊[1]`],
      ['Go (net/http)', '200␊content-type: text/plain; charset=utf-8␊␊[1]␊'],
    ],
    why: [
      ['Go', 'net/http looks at the first 512 bytes, and JSON looks like text'],
      ['PHP', 'text/html unless a header is set'],
      ['Rust (axum)', 'Vec<u8> is application/octet-stream, String is text/plain'],
    ],
    breaks: 'Clients that check the header refuse the answer; with nosniff browsers do, too.',
    fix: [
      ['Rust (axum)', 'nothing'],
      ['Go', 'w.Header().Set("Content-Type", "application/json") before WriteHeader'],
    ],
    proof:
      'One side says JSON, the other text/plain, text/html or application/octet-stream, and its body is JSON all the same.',
    sources: ['https://pkg.go.dev/net/http#DetectContentType'],
    find: ({ first, second }) =>
      isJsonType(first.type) &&
      first.json !== null &&
      second.json !== null &&
      ['text/plain', 'text/html', 'application/octet-stream'].includes(second.type.essence),
  },
];

const listClasses: readonly Behaviour[] = [
  {
    ...common,
    id: 'allow-set',
    severity: 'cosmetic',
    owns: ['allow'],
    even: true,
    title: 'the header Allow names HEAD or OPTIONS on one side only',
    what: 'Both lists name the same methods but for HEAD and OPTIONS, which frameworks add or leave out by themselves.',
    request: 'PATCH /health',
    example: [
      ['Rust (axum)', '405␊allow: GET,HEAD␊content-length: 0'],
      ['Python (FastAPI)', '405␊allow: GET␊content-length: 0'],
    ],
    why: [
      ['Rust (axum), Go', 'a route for GET answers HEAD, and says so'],
      ['Python (Flask)', 'adds OPTIONS'],
      ['Python (FastAPI)', 'names what is declared'],
    ],
    breaks: 'Hardly anybody: clients seldom read Allow.',
    fix: [
      ['Rust (axum)', 'nothing'],
      ['Python (FastAPI)', 'methods=["GET", "HEAD"] on the route'],
    ],
    proof: 'Both lists, as sets, differ in HEAD, OPTIONS and TRACE alone.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1'],
    find: (scene) => {
      const [a, b] = [listed(scene.first, 'allow'), listed(scene.second, 'allow')];
      const open = headerDivergence(scene, 'allow') !== null && a.length > 0 && b.length > 0;
      return open && apart(a, b).every((method) => ['HEAD', 'OPTIONS', 'TRACE'].includes(method));
    },
  },
  {
    ...common,
    id: 'allow-missing',
    severity: 'cosmetic',
    owns: ['allow'],
    title: 'a refusal with 405 comes without the list of methods on one side',
    what: 'Both sides refuse the method with 405. One of them does not say which ones there are.',
    request: 'PATCH /health',
    example: [
      ['Rust (axum)', '405␊allow: GET,HEAD␊content-length: 0'],
      ['Hand-written', '405␊content-length: 0'],
    ],
    why: [
      ['Hand-written handlers', 'a switch over the method that forgets the header'],
      ['Go', 'ServeMux sends it since 1.22'],
    ],
    breaks: 'RFC 9110 wants the header; clients that read it learn nothing.',
    fix: [
      ['Rust (axum)', 'nothing'],
      ['Hand-written', 'Allow with the methods of the route'],
      ['Go', 'w.Header().Set("Allow", "GET, HEAD")'],
      ['Node (Express)', 'res.set("Allow", "GET, HEAD").sendStatus(405)'],
    ],
    proof: 'Both answer 405, and exactly one side sends Allow.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6'],
    find: (scene) => onlyFirstSends(scene, 'allow') && scene.first.status === 405 && scene.second.status === 405,
  },
  {
    ...common,
    id: 'vary-default',
    severity: 'cosmetic',
    owns: ['vary'],
    even: true,
    title: 'the header Vary names what a framework looks at by itself, on one side only',
    what: 'The lists differ only in names that middleware adds: Accept, Accept-Encoding, Origin, Cookie and the headers of a preflight.',
    request: 'GET /v1/things',
    example: [
      [
        'Rust (tower-http, CorsLayer)',
        `200␊vary: origin, access-control-request-method, access-control-request-headers␊${json}␊␊[]`,
      ],
      ['Go', `200␊${json}␊␊[]`],
    ],
    why: [
      ['Rust (tower-http)', 'CorsLayer names three headers on every answer'],
      ['Node (Express)', 'res.redirect and res.format add Accept'],
      ['Python (Django)', 'sessions add Cookie'],
    ],
    breaks: 'Caches keep a copy for each value of the header, or give one client the answer that was made for another.',
    fix: [
      ['Rust (tower-http)', 'CorsLayer::vary([])'],
      ['Go', 'w.Header().Add("Vary", "Origin") where the answer depends on it'],
    ],
    proof: 'The sets differ in these names alone.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5'],
    find: (scene) => {
      const lower = (answer: Answered) => listed(answer, 'vary').map((name) => name.toLowerCase());
      const usual =
        /^(?:accept|accept-encoding|accept-language|origin|cookie|access-control-request-(?:method|headers))$/;
      return (
        headerDivergence(scene, 'vary') !== null &&
        apart(lower(scene.first), lower(scene.second)).every((name) => usual.test(name))
      );
    },
  },
];

/** Headers that say what an answer is. */
export const contentHeaderBehaviours: readonly Behaviour[] = [charsetClass, ...typeClasses, ...listClasses];
