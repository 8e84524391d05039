import { defineClass } from '../../../definition/define-class.ts';
import type { ExchangePair } from '../../../http-kit/exchange-pair.ts';
import { anyOf, type Owns, ofHeaders, ofStatus } from '../../../http-kit/owned.ts';
import { headerDivergence } from '../../../http-kit/predicates.ts';
import { decides, ofAnswerTo, statusesOf } from './conditions.ts';

/** The sides sent another part, or one of them the whole. */
function isOtherPart(scene: ExchangePair): boolean {
  const sent = statusesOf(scene);
  return sent.includes(206) && (sent[0] !== sent[1] || headerDivergence(scene, 'content-range') !== null);
}

/** A body that is another part of the thing, with the headers that tell which. */
const ofPart: Owns = (scene, divergence) =>
  isOtherPart(scene) &&
  (divergence.facet === 'body' || ofHeaders('content-type', 'content-length', 'content-encoding')(scene, divergence));

const ofRange = anyOf(ofStatus, ofHeaders('content-range', 'accept-ranges'), ofPart, ofAnswerTo(416));

export const rangeRequests = defineClass({
  id: 'range-requests',
  title: 'a request for a part is answered in two ways',
  severity: 'risky',
  reach: 'api',
  pass: 'condition',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'httpbin and go-httpbin',
  page: {
    what: 'The request asks for a range of bytes. The sides differ in whether they take it, in the status, or in what they send with 416.',
    request: 'GET /v1/objects/a␊range: bytes=50-60',
    example: [
      [
        'Rust (hand-written)',
        `416␊content-type: application/json␊content-range: bytes */10␊␊{"error":"range not satisfiable"}`,
      ],
      [
        'Go (http.ServeContent)',
        `416␊content-type: text/plain; charset=utf-8␊content-range: bytes */10␊x-content-type-options: nosniff␊␊invalid range: failed to overlap␊`,
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
    proof:
      'The request has a Range or If-Range header, one side answers 206 or 416, and the other decides about it, too.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-14', 'https://pkg.go.dev/net/http#ServeContent'],
  },
  recognise: {
    facet: 'status',
    owns: ofRange,
    even: true,
    find: ({ asked, first, second }) =>
      (asked.header('range') ?? asked.header('if-range')) !== null &&
      [first, second].every(({ status }) => decides(status)) &&
      [first, second].some(({ status }) => status === 206 || status === 416),
  },
});
