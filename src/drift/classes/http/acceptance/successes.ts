import { isJsonType } from '../../../../compare/headers/media-type.ts';
import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { anyOf, ofStatus, ofWhole } from '../../../http-kit/owned.ts';
import { bodiesDiffer } from '../../../http-kit/predicates.ts';
import type { Answered } from '../../../http-kit/scene.ts';

const common = { severity: 'risky', facet: 'status', owns: ofStatus, reach: 'api' } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';

function isEmpty({ body, text: shown }: Answered): boolean {
  return body.length === 0 || /^(?:null|\{\}|""|OK)\s?$/.test(shown);
}

/** A body that ends before its JSON does. */
function isCutOff({ body, json: tree, type, text: shown }: Answered): boolean {
  return (
    isJsonType(type) &&
    tree === null &&
    (body.length === 0 || (body.length < 4096 && /^\s?[[{]/.test(shown) && !/[\]}]\s*$/.test(shown)))
  );
}

/** Answers that say a success otherwise, or fail while they are written. */
export const successBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'nan-infinity',
    reach: 'route',
    severity: 'breaking',
    title: 'a number that JSON does not have is an error on one side, and null on the other',
    what: 'The answer holds NaN or an infinity. One encoder fails, the other writes null or the bare word.',
    request: 'GET /stats',
    example: [
      ['Go (encoding/json)', `500␊${text}␊␊json: unsupported value: NaN␊`],
      ['Rust (serde_json)', `200␊${json}␊␊{"mean":null}`],
    ],
    why: [
      ['Go', 'encoding/json returns an error'],
      ['Rust (serde_json), Node', 'null'],
      ['Python', 'NaN, which is no JSON; FastAPI fails with 500'],
    ],
    breaks: 'A statistic over nothing takes the whole answer down on one side.',
    fix: [
      ['Go', '*float64, and nil where math.IsNaN or math.IsInf'],
      ['Rust', 'Option<f64>, which says in the type what serde_json does'],
    ],
    proof: 'One side fails and says that a value cannot be written, the other accepts.',
    sources: ['https://pkg.go.dev/encoding/json#UnsupportedValueError'],
    find: ({ first, second }) => first.status >= 500 && first.error?.kind === 'unsupported-value' && second.accepts,
  },
  {
    ...common,
    id: 'partial-body-on-encode-error',
    reach: 'route',
    severity: 'breaking',
    facet: 'body',
    owns: ofWhole,
    title: 'an answer ends in the middle of its JSON',
    what: 'One side says 2xx and JSON, but its body is empty or ends too soon: writing it failed after the status was sent.',
    request: 'GET /stats',
    example: [
      ['Go (json.Encoder)', `200␊${json}`],
      ['Rust (serde_json)', `200␊${json}␊␊{"mean":null}`],
    ],
    why: [
      ['Go', 'Encode fails on NaN, a channel or a cycle after WriteHeader; the error is logged and forgotten'],
      ['All that stream', 'an error in the middle can only cut the answer off'],
    ],
    breaks: 'Clients fail with a syntax error, and nothing shows in the statistics of status codes.',
    fix: [
      ['Go', 'json.Marshal into a buffer first, and 500 if that fails'],
      ['Rust', 'axum::Json serialises before it answers: nothing to do'],
    ],
    proof: 'One side says 2xx and JSON with a body that is empty or cut off, the other sends whole JSON.',
    sources: ['https://pkg.go.dev/encoding/json#Encoder.Encode'],
    find: ({ first, second }) =>
      first.accepts && first.status !== 204 && isCutOff(first) && second.accepts && second.json !== null,
  },
  {
    ...common,
    id: 'status-with-empty-body',
    owns: anyOf(ofStatus, ofWhole),
    even: true,
    title: 'a success without content is 204 on one side, and 200 with an empty answer on the other',
    what: 'One side answers 204. The other one answers 200 or 202 with no body, null, {} or OK.',
    request: 'DELETE /v1/things/1',
    example: [
      ['Rust (axum)', '204'],
      ['Node (Express, sendStatus)', '200␊content-type: text/plain; charset=utf-8␊␊OK'],
    ],
    why: [
      ['Rust (axum)', 'a handler that returns () answers 200, StatusCode::NO_CONTENT 204'],
      ['Node (Express)', 'sendStatus(200) writes OK'],
      ['Python (FastAPI)', 'a handler that returns None answers 200 and null'],
    ],
    breaks:
      'Clients that read JSON from every 200 fail on an empty body; those that wait for 204 take 200 for a failure.',
    fix: [
      ['Rust (axum)', 'return StatusCode::NO_CONTENT, or StatusCode::OK'],
      ['Node (Express)', 'res.status(204).end()'],
      ['Python (FastAPI)', 'status_code=204, response_class=Response'],
    ],
    proof: 'Both accept, exactly one with 204, and the body of the other says nothing.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.3.5'],
    find: ({ first, second }) =>
      first.accepts &&
      second.accepts &&
      (first.status === 204) !== (second.status === 204) &&
      isEmpty(first) &&
      isEmpty(second),
  },
  {
    ...common,
    id: 'created-status',
    even: true,
    title: 'a write that went well is another success on the other side',
    what: 'Both sides accept the write and answer with the same body, one with 200 and the other with 201 or 202.',
    request: `POST /v1/things␊${json}␊␊{"name":"n"}`,
    example: [
      ['Rust (axum)', `200␊${json}␊␊{"id":1}`],
      ['Node (Nest)', `201␊${json}␊␊{"id":1}`],
    ],
    why: [
      ['Node (Nest)', '201 for every POST'],
      ['Rust (axum), Go, Express, FastAPI', '200 unless the handler says otherwise'],
    ],
    breaks: 'Clients that wait for 201 take 200 for a failure.',
    fix: [
      ['Rust (axum)', '(StatusCode::CREATED, Json(thing))'],
      ['Node (Nest)', '@HttpCode(200)'],
    ],
    proof: 'The request is a write, both codes are different ones of 200, 201 and 202, and the bodies do not differ.',
    sources: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2'],
    find: (scene) => {
      const { asked, first, second } = scene;
      const successes = [first, second].every(({ status }) => [200, 201, 202].includes(status));
      return asked.writes && successes && first.status !== second.status && !bodiesDiffer(scene);
    },
    detail: ({ first, second }) => `${first.status} ${second.status}`,
  },
];
