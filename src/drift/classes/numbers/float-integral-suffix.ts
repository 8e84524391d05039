import { defineClass } from '../../definition/define-class.ts';
import { alike } from '../../kit/kinds.ts';
import { isInteger, numberNode, numberOf } from '../../kit/nodes.ts';
import { respelling } from '../../kit/respelling.ts';

/** `1.0` and `1`: the same number, with one zero as its fraction on one side only. */
const rule = respelling('float-integral-suffix', {
  kinds: alike('number'),
  locate(a, b) {
    const [x, y] = [numberOf(a), numberOf(b)];
    if (x === null || y === null) return null;
    if (x === `${y}.0`) return 'dropped';
    return y === `${x}.0` ? 'added' : null;
  },
  rewrite(a, to) {
    const raw = numberOf(a);
    if (raw === null) return a;
    if (to === 'dropped') return numberNode(raw.replace(/\.0$/, ''));
    return isInteger(raw) ? numberNode(`${raw}.0`) : a;
  },
  advice({ reference, candidate }, to) {
    const [whole, float] = to === 'dropped' ? [candidate, reference] : [reference, candidate];
    return [
      { target: float, text: 'use an integer type where the value is always whole (Rust f64 writes 1.0)' },
      { target: whole, text: 'or a float type that keeps the fraction (Go float64 and JavaScript write 1)' },
    ];
  },
});

export const floatIntegralSuffix = defineClass({
  id: 'float-integral-suffix',
  title: 'a whole number is spelled with .0 on one side and without on the other',
  severity: 'risky',
  reach: 'api',
  pass: 'float',
  rank: 5,
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
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
  rule,
});
