import { defineClass } from '../../definition/define-class.ts';
import { hasExponent, printing, unturned } from './floats.ts';

/** `1e16` and `10000000000000000`: one side begins to use an exponent earlier. */
const rule = printing('float-exponent-threshold', {
  turns: unturned,
  between: (from, to) => hasExponent(from) !== hasExponent(to),
});

export const floatExponentThreshold = defineClass({
  id: 'float-exponent-threshold',
  title: 'the same number, with an exponent on one side',
  severity: 'risky',
  reach: 'api',
  pass: 'float',
  rank: 2,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'Both sides print the same double; one of them begins to use an exponent earlier.',
    example: [
      ['Rust (serde_json)', '{"x":1e16}'],
      ['Go (float64)', '{"x":10000000000000000}'],
    ],
    why: [
      ['Rust', 'serde_json writes f64 without an exponent from 1e-5 to below 1e16, f32 from 1e-6 to below 1e13'],
      ['Go, JavaScript', 'without an exponent from 1e-6 to below 1e21'],
      ['Python', 'from 1e-4 to below 1e16'],
      ['Java', 'from 1e-3 to below 1e7'],
      ['PHP', 'from 1e-4 to below 1e17'],
      ['.NET', 'from 1e-4 to below 1e15'],
    ],
    breaks: 'A decoder of integers refuses 1e16; clients that sign or compare text see other bytes.',
    fix: [
      ['Rust', 'a serde_json::ser::Formatter of your own with write_f64 and write_f32'],
      ['Go', 'a MarshalJSON that uses strconv.AppendFloat'],
      ['Java', 'BigDecimal with StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN'],
      ['both', 'an integer type where values are whole'],
    ],
    proof:
      'Both spellings must be what the printer of some runtime gives for the double, byte for byte, and only one of them has an exponent.',
    flips: ['The types f32 and f64 of Rust have other thresholds'],
    sources: [
      'https://pkg.go.dev/encoding/json#Marshal',
      'https://docs.rs/serde_json/latest/serde_json/ser/trait.Formatter.html',
      'https://tc39.es/ecma262/#sec-numeric-types-number-tostring',
    ],
  },
  rule,
});
