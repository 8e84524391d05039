import { defineClass } from '../../definition/define-class.ts';
import { hasExponent, printing, unturned } from './floats.ts';

/** `1e21`, `1e+21`, `1.0E21`; `1e-7` and `1e-07`. */
const rule = printing('float-exponent-spelling', {
  turns: unturned,
  between: (from, to) => from !== to && hasExponent(from) && hasExponent(to),
});

export const floatExponentSpelling = defineClass({
  id: 'float-exponent-spelling',
  title: 'the same number, with its exponent spelled otherwise',
  severity: 'cosmetic',
  reach: 'api',
  pass: 'float',
  rank: 3,
  evidence: 'observed',
  observedBetween: 'axum and Javalin',
  page: {
    what: 'Both sides print the same double with an exponent: 1e21, 1e+21, 1.0E21; 1e-7, 1e-07.',
    example: [
      ['Rust (serde_json before 1.0.147)', '{"x":1e21}'],
      ['Go, JavaScript, serde_json from 1.0.147', '{"x":1e+21}'],
    ],
    why: [
      ['Rust', 'ryu prints no plus sign; zmij, which serde_json uses from 1.0.147 on, does'],
      ['Python', 'at least two digits: 1e-07; orjson and pydantic as ryu'],
      ['Java', '1.0E21'],
      ['PHP, Ruby', '1.0e+21'],
      ['.NET', '1E+21'],
    ],
    breaks: 'Golden files and hashes over the body; parsers of numbers by hand that know one spelling of the exponent.',
    fix: [
      ['Rust', 'pin serde_json, or a serde_json::ser::Formatter of your own with write_f64 and write_f32'],
      ['Go', 'a MarshalJSON that uses strconv.AppendFloat'],
    ],
    proof:
      'Both spellings must be what the printer of some runtime gives for the double, byte for byte, and both have an exponent.',
    flips: ['Serde_json 1.0.147 changes it for one and the same source'],
    sources: ['https://github.com/serde-rs/json/pull/1304', 'https://pkg.go.dev/encoding/json#Marshal'],
  },
  rule,
});
