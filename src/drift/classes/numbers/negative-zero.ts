import { defineClass } from '../../definition/define-class.ts';
import { alike } from '../../kit/kinds.ts';
import { numberNode, numberOf } from '../../kit/nodes.ts';
import { respelling } from '../../kit/respelling.ts';

function isZero(raw: string): boolean {
  return /^-?0(?:\.0+)?$/.test(raw);
}

/** `-0.0` and `0`: one side drops the sign of zero. */
const rule = respelling('negative-zero', {
  kinds: alike('number'),
  lossy: 'the sign of zero',
  locate(a, b) {
    const [x, y] = [numberOf(a), numberOf(b)];
    if (x === null || y === null || !isZero(x) || !isZero(y) || x.startsWith('-') === y.startsWith('-')) return null;
    return y.startsWith('-') ? 'negative' : 'plain';
  },
  rewrite(a, to) {
    const raw = numberOf(a);
    if (raw === null || !isZero(raw)) return a;
    return numberNode(`${to === 'negative' ? '-' : ''}${raw.replace('-', '')}`);
  },
  advice({ reference, candidate }, to) {
    const [signed, plain] = to === 'negative' ? [candidate, reference] : [reference, candidate];
    return [
      { target: signed, text: 'add 0.0 to the value before it is written: that takes the sign away from zero' },
      { target: plain, text: 'or nothing: JSON.stringify cannot write -0, and clients compare it equal to 0' },
    ];
  },
});

export const negativeZero = defineClass({
  id: 'negative-zero',
  title: 'zero has a sign on one side',
  severity: 'risky',
  pass: 'float',
  rank: 4,
  evidence: 'observed',
  observedBetween: 'axum and Express',
  page: {
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
  rule,
});
