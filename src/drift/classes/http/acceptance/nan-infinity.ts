import { defineClass } from '../../../definition/define-class.ts';
import { ofStatus } from '../../../http-kit/owned.ts';

export const nanInfinity = defineClass({
  id: 'nan-infinity',
  title: 'a number that JSON does not have is an error on one side, and null on the other',
  severity: 'breaking',
  reach: 'route',
  pass: 'success',
  rank: 1,
  evidence: 'documented',
  page: {
    what: 'The answer holds NaN or an infinity. One encoder fails, the other writes null or the bare word.',
    request: 'GET /stats',
    example: [
      ['Go (encoding/json)', `500␊content-type: text/plain; charset=utf-8␊␊json: unsupported value: NaN␊`],
      ['Rust (serde_json)', `200␊content-type: application/json␊␊{"mean":null}`],
    ],
    why: [
      ['Go', 'encoding/json returns an error'],
      ['Rust (serde_json), Node', 'null'],
      ['Python', 'NaN, which is not JSON; FastAPI fails with 500'],
    ],
    breaks: 'A statistic over nothing takes the whole answer down on one side.',
    fix: [
      ['Go', '*float64, and nil where math.IsNaN or math.IsInf'],
      ['Rust', 'Option<f64>, which says in the type what serde_json does'],
    ],
    proof: 'One side fails and says that a value cannot be written, the other accepts.',
    sources: ['https://pkg.go.dev/encoding/json#UnsupportedValueError'],
  },
  recognise: {
    facet: 'status',
    owns: ofStatus,
    find: ({ first, second }) => first.status >= 500 && first.error?.kind === 'unsupported-value' && second.accepts,
  },
});
