import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

/** Words of an encoder that finds a map whose keys it cannot write as text. */
const badKey =
  /key must be a string|unsupported type: map\[|keys must be str, int, float, bool or None|Null key for a Map not allowed/;

export const mapNonstringKey = defineClass({
  id: 'map-nonstring-key',
  title: 'a map whose keys are no strings fails on one side, and is written on the other',
  severity: 'breaking',
  reach: 'route',
  pass: 'crash',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'The answer holds a map that is keyed by a boolean, a tuple, a struct or nothing. One encoder refuses it while it answers, the other makes text of the keys.',
    request: 'GET /v1/grid',
    example: [
      ['Rust (serde_json)', `500␊content-type: text/plain; charset=utf-8␊␊key must be a string`],
      ['Python (json)', `200␊content-type: application/json␊␊{"true":1}`],
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
  },
  recognise: {
    owns: ofStatus,
    facet: 'status',
    find: ({ first, second }) => first.status >= 500 && badKey.test(first.text) && second.accepts,
  },
});
