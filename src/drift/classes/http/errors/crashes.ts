import type { Behaviour } from '../../../http-kit/behaviour.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

const common = { severity: 'breaking', owns: ofStatus, reach: 'route' } as const;
const json = 'content-type: application/json';
const text = 'content-type: text/plain; charset=utf-8';

/** Words of an encoder that finds a map whose keys it cannot write as text. */
const badKey =
  /key must be a string|unsupported type: map\[|keys must be str, int, float, bool or None|Null key for a Map not allowed/;

/** Requests on which the code of one side fails. */
export const crashBehaviours: readonly Behaviour[] = [
  {
    ...common,
    id: 'panic-500-vs-closed',
    facet: 'transport',
    owns: (_, { facet }) => facet === 'transport',
    title: 'code that fails is 500 on one side, and a closed connection on the other',
    what: 'The request makes the code behind it fail. One side catches that and answers 5xx, the other closes the connection without a word.',
    request: 'GET /v1/things/1/owner',
    example: [
      ['Python (FastAPI)', `500␊${text}␊␊Internal Server Error`],
      ['Go (net/http)', 'closed'],
    ],
    why: [
      ['Go (net/http)', 'a panic in a handler is logged, and the connection closed'],
      ['Rust (axum, hyper)', 'a panic ends the task of the connection, and the connection with it'],
      ['Python, Node (Express, Fastify), Java, .NET', 'an exception that nobody catches is answered with 500'],
      ['PHP', 'a fatal error with display_errors is 200 and a page of HTML'],
    ],
    breaks:
      'Clients see a broken connection, which many send again at once: what failed half way is done twice. Proxies answer 502 in its place, and no count of 5xx shows it.',
    fix: [
      ['Python (FastAPI)', 'mend the code that fails; an exception handler that writes the error body of the API'],
      [
        'Go (net/http)',
        'mend the code that fails; a handler around the mux with recover() that answers 500 (chi: middleware.Recoverer, gin: gin.Recovery)',
      ],
      ['Rust (axum)', 'tower_http::catch_panic::CatchPanicLayer; unwrap nothing that a client can send'],
    ],
    proof:
      'One side answers 5xx; the other takes the request, and closes the connection before it has sent one byte. Where the other side does not answer 5xx, the case is inconclusive.',
    sources: [
      'https://pkg.go.dev/net/http#Handler',
      'https://docs.rs/tower-http/latest/tower_http/catch_panic/index.html',
    ],
    find: ({ first, second }) => first.status >= 500 && second.isClosed,
  },
  {
    ...common,
    id: 'map-nonstring-key',
    facet: 'status',
    title: 'a map whose keys are no strings fails on one side, and is written on the other',
    what: 'The answer holds a map that is keyed by a boolean, a tuple, a struct or nothing. One encoder refuses it while it answers, the other makes text of the keys.',
    request: 'GET /v1/grid',
    example: [
      ['Rust (serde_json)', `500␊${text}␊␊key must be a string`],
      ['Python (json)', `200␊${json}␊␊{"true":1}`],
    ],
    why: [
      [
        'Rust (serde_json)',
        'keys may be strings, numbers, booleans, characters and unit variants; tuples and Option fail at run time',
      ],
      ['Go', 'keys may be strings, integers and encoding.TextMarshaler; map[bool] and map[[2]int] fail at run time'],
      ['Python', 'True, None and 1.5 become text, a tuple raises TypeError'],
      ['Node', 'a Map is {}; keys of an object are text'],
    ],
    breaks: 'The whole answer is lost, and only for data with such a key in it.',
    fix: [
      ['Rust (serde_json)', '#[serde_as(as = "Vec<(_, _)>")] of serde_with: a list of pairs'],
      ['Python (json)', 'write a list of pairs, or keys as text on both sides, spelled the same way'],
      ['Go', 'MarshalText on the type of the key'],
    ],
    proof:
      'One side answers 5xx and says, in the words of its encoder, that a key cannot be written; the other accepts.',
    sources: ['https://docs.rs/serde_json/latest/serde_json/', 'https://pkg.go.dev/encoding/json#Marshal'],
    find: ({ first, second }) => first.status >= 500 && badKey.test(first.text) && second.accepts,
  },
];
