import type { DriftClass } from '../../kit/class-page.ts';

/** How doubles are printed, and what becomes of them on the way. */
export const floatsPages: readonly DriftClass[] = [
  {
    id: 'float-exponent-threshold',
    title: 'the same number, with an exponent on one side',
    severity: 'cosmetic',
    reach: 'api',
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
  {
    id: 'float-exponent-spelling',
    title: 'the same number, with its exponent spelled otherwise',
    severity: 'cosmetic',
    reach: 'api',
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
  {
    id: 'float32-widening',
    title: 'a single-precision float was made a double on one side before it was written',
    severity: 'risky',
    what: 'One side prints the shortest digits of a single-precision float, the other those of the double that it was widened to.',
    example: [
      ['Rust (f32)', '{"x":0.1}'],
      ['Go (float64 of a float32)', '{"x":0.10000000149011612}'],
    ],
    why: [
      ['Rust', 'f32 as f64, json!(…) and serde_json::Value widen'],
      ['Go', 'float64(f) widens; a float32 field does not'],
      ['JavaScript', 'Math.fround and Float32Array give doubles'],
    ],
    breaks: 'Clients see digits that nobody entered; a comparison with the short number fails.',
    fix: [
      ['Go', 'a float32 field to the end'],
      ['Rust', 'an f32 field, not a Value on the way'],
      ['both', 'double precision from the start'],
      ['Rust', '#[serde(serialize_with)] with f.serialize_f32, so that the shortest digits of the f32 are written'],
      ['Go', 'float32 in the struct: encoding/json prints the shortest digits for its width'],
    ],
    proof:
      'The single-precision float nearest to one number must be the other number exactly, and the printer of some runtime must give the bytes.',
    sources: [
      'https://docs.rs/serde_json/latest/serde_json/value/struct.Number.html',
      'https://pkg.go.dev/encoding/json#Marshal',
    ],
  },
  {
    id: 'negative-zero',
    title: 'zero has a sign on one side',
    severity: 'cosmetic',
    what: 'One side writes -0 or -0.0 where the other writes 0.',
    example: [
      ['Rust (f64), Python, Java', '[-0.0]'],
      ['JavaScript', '[0]'],
    ],
    why: [
      ['JavaScript', 'JSON.stringify(-0) is 0'],
      ['Go', 'writes -0 for a negative zero of float64'],
      ['Rust', 'serde_json writes -0.0'],
    ],
    breaks: 'Clients that take the sign (atan2, 1/x) decide otherwise; all others see the same number.',
    fix: [
      ['any', 'add 0.0 before writing: -0.0 + 0.0 is 0.0'],
      ['Go', 'if f == 0 { f = 0 } before it is marshalled'],
      ['Rust', 'f + 0.0, in a serialize_with'],
    ],
    proof: 'Taking the sign away (or adding it) must give the candidate spelling, byte for byte.',
    lossy: 'The sign of zero.',
    sources: ['https://tc39.es/ecma262/#sec-numeric-types-number-tostring'],
  },
  {
    id: 'float-integral-suffix',
    title: 'a whole number is spelled with .0 on one side and without on the other',
    severity: 'cosmetic',
    reach: 'api',
    what: 'The same number, spelled 1.0 by one side and 1 by the other.',
    example: [
      ['Rust (f64), Python, Java', '1.0'],
      ['Go (float64), JavaScript, PHP, .NET', '1'],
    ],
    why: [
      ['Go', 'encoding/json writes the shortest spelling; serde_json always writes a fraction for floats'],
      ['PHP', 'drops it unless JSON_PRESERVE_ZERO_FRACTION is given'],
    ],
    breaks:
      'A strict integer decoder refuses 1.0 (serde: invalid type: floating point `1.0`, expected u64); everything else reads the same number.',
    fix: [
      ['both', 'use an integer type where the value is always whole'],
      ['Rust', 'a serde_json::ser::Formatter of your own with write_f64 and write_f32'],
    ],
    proof: 'Adding or dropping ".0" must give the candidate spelling, byte for byte.',
    sources: ['https://pkg.go.dev/encoding/json#Marshal'],
  },
  {
    id: 'float-nonshortest',
    title: 'the same double, with more digits than it needs on one side',
    severity: 'cosmetic',
    what: 'Both numbers read back as the same double; one side prints more digits than are needed for that.',
    example: [
      ['Java (JDK 18 and older)', '{"x":2.0000000000000002E-3}'],
      ['Java (JDK 19 and newer)', '{"x":0.002}'],
    ],
    why: [
      ['Java', 'Double.toString was not shortest before JDK 19 (JDK-4511638)'],
      ['C, C++, Lua', '%.17g prints seventeen digits'],
    ],
    breaks: 'Clients that read exact decimals see another number; those that read doubles see the same.',
    fix: [
      ['Java', 'JDK 19 or newer'],
      ['C++', 'std::to_chars'],
    ],
    proof:
      'Both must read as the same double, and one of them must be what a printer of shortest digits gives, byte for byte.',
    flips: ['JDK 19 prints shortest digits'],
    sources: ['https://bugs.openjdk.org/browse/JDK-4511638'],
  },
  {
    id: 'float-parse-ulp',
    title: 'the same number but for the last bits of a double',
    severity: 'risky',
    what: 'Two doubles are at most two steps apart, with so many digits that only their last bits can differ.',
    example: [
      ['Rust (serde_json)', '{"x":1000.6012345629168}'],
      ['Go, as it was sent', '{"x":1000.6012345629169}'],
    ],
    why: [
      ['Rust', 'serde_json reads some floats one step off unless the feature float_roundtrip is on'],
      ['any', 'sums in another order, fused multiply-add, another library for sine'],
    ],
    breaks: 'What was stored is not what was sent, silently; comparisons for equality fail.',
    fix: [
      ['Rust', 'serde_json = { features = ["float_roundtrip"] }'],
      ['both', 'decimal amounts as strings or integers'],
    ],
    proof:
      'The doubles must be one or two steps apart. Since no rewrite can foresee the step it is always called a hypothesis.',
    lossy: 'The last bits of the number.',
    flips: ['The feature float_roundtrip of serde_json'],
    sources: ['https://github.com/serde-rs/json/issues/707', 'https://docs.rs/crate/serde_json/latest/features'],
  },
];
