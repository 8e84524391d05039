import { isJsonType } from '../../../../compare/headers/media-type.ts';
import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { anyOf, type Owns, ofHeaders, ofStatus, ofWhole, ofWords } from '../../../http-kit/owned.ts';
import { headerDivergence } from '../../../http-kit/predicates.ts';
import type { Scene } from '../../../http-kit/scene.ts';

const common = { severity: 'risky', facet: 'status', reach: 'api' } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';

function statusesOf({ first, second }: Scene): readonly number[] {
  return [first.status, second.status];
}

/** The sides sent another part, or one of them the whole. */
function isOtherPart(scene: Scene): boolean {
  const sent = statusesOf(scene);
  return sent.includes(206) && (sent[0] !== sent[1] || headerDivergence(scene, 'content-range') !== null);
}

/** A body that is another part of the thing, with the headers that tell which. */
const ofPart: Owns = (scene, divergence) =>
  isOtherPart(scene) &&
  (divergence.facet === 'body' || ofHeaders('content-type', 'content-length', 'content-encoding')(scene, divergence));

/** After HEAD the type alone tells that one side writes JSON where the other writes text. */
const ofHeadType: Owns = (scene, divergence) =>
  scene.asked.method === 'HEAD' &&
  isJsonType(scene.first.type) !== isJsonType(scene.second.type) &&
  ofHeaders('content-type')(scene, divergence);

/** What both say with the code that means that the part is not there, or that the condition does not hold. */
function ofAnswerTo(code: number): Owns {
  const owns = anyOf(ofWhole, ofWords, ofHeadType);
  return (scene, divergence) => statusesOf(scene).every((status) => status === code) && owns(scene, divergence);
}

/** What a condition is held against, there on one side only. */
const validators = ['etag', 'last-modified'];
const ofValidators: Owns = ({ first, second }, { facet, pointer }) => {
  const name = pointer.slice(1);
  const isOneSided = (first.header(name) === null) !== (second.header(name) === null);
  return facet === 'headers' && isOneSided && validators.includes(name);
};

const ofRange = anyOf(ofStatus, ofHeaders('content-range', 'accept-ranges'), ofPart, ofAnswerTo(416));
const ofCondition = anyOf(ofStatus, ofValidators, ofAnswerTo(412));

/** Two answers that depend on a condition or a range in the head of the request. */
export const conditionBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'range-requests',
    owns: ofRange,
    even: true,
    title: 'a request for a part is answered in two ways',
    what: 'The request asks for a range of bytes. The sides differ in whether they take it, in the status, or in what they send with 416.',
    request: 'GET /v1/objects/a␊range: bytes=50-60',
    example: [
      ['Rust (hand-written)', `416␊${json}␊content-range: bytes */10␊␊{"error":"range not satisfiable"}`],
      [
        'Go (http.ServeContent)',
        `416␊${text}␊content-range: bytes */10␊x-content-type-options: nosniff␊␊invalid range: failed to overlap␊`,
      ],
    ],
    why: [
      [
        'Go (http.ServeContent)',
        'several ranges give 206 multipart, bytes=-0 an empty 206, a malformed range 416 with a line of text',
      ],
      ['Rust (tower-http, ServeDir)', '416 for all of these'],
      ['RFC 9110', 'a server may ignore any Range header and answer 200'],
    ],
    breaks: 'Downloads cannot be resumed; players that jump show an error.',
    fix: [
      ['Rust', 'ignore ranges that are malformed, or several at once, and answer 200'],
      ['Go', 'check the Range header before http.ServeContent, and delete it where it is to be ignored'],
    ],
    proof: 'The request has a Range or If-Range header, and one side answers 206 or 416.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-14', 'https://pkg.go.dev/net/http#ServeContent'],
    find: ({ asked, first, second }) =>
      (asked.header('range') ?? asked.header('if-range')) !== null &&
      [first, second].some(({ status }) => status === 206 || status === 416),
  },
  {
    ...common,
    id: 'conditional-requests',
    owns: ofCondition,
    even: true,
    title: 'a condition in the request is answered in two ways',
    what: 'The request says "only if it matches" or "only if it changed". The sides differ in whether the condition holds, or in what they send with 304 or 412.',
    request: 'GET /v1/objects/a␊if-match: "0000"',
    example: [
      ['Rust (hand-written)', `412␊${json}␊␊{"error":"precondition failed"}`],
      ['Go (http.ServeContent)', '412␊content-type: text/plain␊etag: "84d8"␊content-length: 0'],
    ],
    why: [
      ['Go (http.ServeContent)', 'checks all conditions, and sends 412 with the headers of the object and no body'],
      ['Rust (tower-http, ServeDir)', 'reads dates strictly: a wrong weekday makes the condition void'],
      ['Node (Express)', 'answers 304 from an ETag that it makes itself'],
    ],
    breaks: 'Caches go stale or never hit; a client that writes only if nothing changed overwrites.',
    fix: [
      ['Rust', 'one function for all four headers in the order of RFC 9110, section 13.2.2'],
      ['Go', 'http.ServeContent with the ETag set before, or the error body of the API on 412'],
      ['Node (Express)', 'app.disable("etag")'],
    ],
    proof:
      'The request has an If-Match, If-None-Match, If-Modified-Since or If-Unmodified-Since header, and one side answers 304 or 412.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-13', 'https://pkg.go.dev/net/http#ServeContent'],
    find: ({ asked, first, second }) =>
      ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'].some(
        (name) => asked.header(name) !== null,
      ) && [first, second].some(({ status }) => status === 304 || status === 412),
  },
];
