import { defineClass } from '../../../definition/define-class.ts';
import { anyOf, type Owns, ofStatus } from '../../../http-kit/owned.ts';
import { decides, ofAnswerTo } from './conditions.ts';

/** What a condition is held against, there on one side only. */
const validators = ['etag', 'last-modified'];

const ofValidators: Owns = ({ first, second }, { facet, pointer }) => {
  const name = pointer.slice(1);
  const isOneSided = (first.header(name) === null) !== (second.header(name) === null);
  return facet === 'headers' && isOneSided && validators.includes(name);
};

const ofCondition = anyOf(ofStatus, ofValidators, ofAnswerTo(412));

export const conditionalRequests = defineClass({
  id: 'conditional-requests',
  title: 'a condition in the request is answered in two ways',
  severity: 'risky',
  reach: 'api',
  pass: 'condition',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'httpbin and go-httpbin',
  page: {
    what: 'The request says "only if it matches" or "only if it changed". The sides differ in whether the condition holds, or in what they send with 304 or 412.',
    request: 'GET /v1/objects/a␊if-match: "0000"',
    example: [
      ['Rust (hand-written)', `412␊content-type: application/json␊␊{"error":"precondition failed"}`],
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
      'The request has an If-Match, If-None-Match, If-Modified-Since or If-Unmodified-Since header, one side answers 304 or 412, and the other decides about it, too.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-13', 'https://pkg.go.dev/net/http#ServeContent'],
  },
  recognise: {
    facet: 'status',
    owns: ofCondition,
    even: true,
    find: ({ asked, first, second }) =>
      ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'].some(
        (name) => asked.header(name) !== null,
      ) &&
      [first, second].every(({ status }) => decides(status)) &&
      [first, second].some(({ status }) => status === 304 || status === 412),
  },
});
