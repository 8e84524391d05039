import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { printing } from './floats.ts';

/** The shortest decimal that reads back as the same single-precision float. */
function shortestSingle(value: number): number {
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** `0.1` and `0.10000000149011612`: one side made a double of a single-precision float before it wrote it. */
const rule = printing('float32-widening', {
  turns: {
    widened(value) {
      const single = Math.fround(value);
      return single !== value && shortestSingle(single) === value ? single : null;
    },
    shortened(value) {
      const short = Math.fround(value) === value ? shortestSingle(value) : value;
      return short === value ? null : short;
    },
  },
  between: (from, to) => from !== to,
  advice(turn, { reference, candidate, key }) {
    const [wide, short] = turn === 'widened' ? [candidate, reference] : [reference, candidate];
    const field = fieldOf(key);
    const single = `${field.go('float32')} in Go, ${field.rust('f32')} in Rust`;
    const double = `${field.go('float64')} in Go, ${field.rust('f64')} in Rust`;
    return [
      { target: wide, text: `keep single precision to the end: ${single}; no double and no Value on the way` },
      { target: short, text: `or use double precision everywhere: ${double}` },
    ];
  },
});

export const float32Widening = defineClass({
  id: 'float32-widening',
  title: 'a single-precision float was made a double on one side before it was written',
  severity: 'risky',
  pass: 'float',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and chi',
  page: {
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
  rule,
});
