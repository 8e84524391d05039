import { sameNumber } from '../../../json/number.ts';
import { type JsonNode, stringNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { numberNode, textOf } from '../../kit/nodes.ts';
import { isDecimal } from './numbers.ts';

/** How many digits stand after the point, and nothing else. */
type Scaling = (text: string) => string;

function trimmed(text: string): string {
  if (!text.includes('.')) return text;
  let end = text.length;
  while (text[end - 1] === '0') end -= 1;
  return text.slice(0, text[end - 1] === '.' ? end - 1 : end);
}

const maxPlaces = 30;

function scalingOf(name: string): Scaling {
  if (name === 'trimmed') return trimmed;
  if (name === 'trimmed to one') return (text) => (trimmed(text).includes('.') ? trimmed(text) : `${trimmed(text)}.0`);
  const places = Number(name);
  return (text) => {
    const [whole = '', fraction = ''] = trimmed(text).split('.');
    return fraction.length > places ? text : `${whole}.${fraction.padEnd(places, '0')}`;
  };
}

interface Scaled {
  readonly scalings: readonly string[];
  readonly seen: string;
}

/** The text of a decimal, as a number or as a string. */
function decimalOf(node: JsonNode): string | null {
  const text = node.kind === 'number' ? node.raw : textOf(node);
  return isDecimal(text) ? text : null;
}

/** Of two texts one may be whole, where the other has the digits of a currency: `1` and `1.0` may be versions. */
function isAmount(x: string, y: string): boolean {
  return [x, y].every((text) => text.includes('.')) || [x, y].some((text) => /\.\d\d/.test(text));
}

/** `1.10` and `1.1`: the same amount, with other digits after the point. */
const rule: DriftRule<Scaled> = {
  id: 'decimal-scale',
  kinds: alike('string', 'number'),
  learns: true,
  locate(a, b) {
    const [x, y] = [decimalOf(a), decimalOf(b)];
    if (x === null || y === null || x === y || a.kind !== b.kind || !sameNumber(x, y)) return null;
    if (a.kind === 'string' && !isAmount(x, y)) return null;
    const places = y.split('.')[1]?.length ?? 0;
    const names = ['trimmed', 'trimmed to one', ...(places > 0 && places <= maxPlaces ? [String(places)] : [])];
    const scalings = names.filter((name) => scalingOf(name)(x) === y);
    return scalings.length === 0 ? null : { scalings, seen: x };
  },
  rewrite(a, { scalings: [name] }) {
    const text = decimalOf(a);
    if (text === null) return a;
    const scaled = scalingOf(name!)(text);
    return a.kind === 'number' ? numberNode(scaled) : stringNode(scaled);
  },
  unite(found) {
    const [first, ...rest] = found;
    const scalings = first!.scalings.filter((name) => rest.every((one) => one.scalings.includes(name)));
    return scalings.length === 0 ? null : { scalings, seen: first!.seen };
  },
  evidence: ({ seen }) => seen,
  owns: () => 'place',
  terms: ({ scalings }) => ({ scalings }),
  fixes: (_, { reference, candidate, key }) => {
    const field = fieldOf(key);
    const text = `set one scale before writing: ${field.rust('Decimal')} with rescale(2) in Rust, StringFixed(2) in Go, setScale(2) in Java`;
    return [reference, candidate].map((target) => ({ target, text }));
  },
};

export const decimalScale = defineClass({
  id: 'decimal-scale',
  title: 'the same amount, with other digits after the point',
  severity: 'cosmetic',
  pass: 'decimal-scale',
  rank: 1,
  evidence: 'observed',
  observedBetween: 'axum and actix',
  page: {
    what: 'Both sides write the same decimal; one has zeros at its end that the other has not.',
    example: [
      ['Java (BigDecimal), rust_decimal', '{"price":1.10}'],
      ['Go (float64), Python (float)', '{"price":1.1}'],
    ],
    why: [
      ['Rust', 'rust_decimal keeps the scale that it was made with'],
      ['Go, JavaScript', 'a float has no scale'],
      ['Java', 'BigDecimal keeps its scale; stripTrailingZeros() does not'],
    ],
    breaks:
      'Clients that show the text show 1.1; signatures over the text differ. As strings the two are not equal at all.',
    fix: [
      ['Java', 'setScale(2)'],
      ['Rust', 'rescale(2)'],
      ['Go', 'StringFixed(2) of shopspring/decimal'],
      ['Node', 'value.toFixed(2) as text'],
      ['Python', 'value.quantize(Decimal("0.01"))'],
      ['PHP', 'number_format($price, 2, ".", "")'],
    ],
    proof:
      'One rule (zeros trimmed, or so many digits after the point) must give every candidate spelling of the place; one amount alone makes a hypothesis.',
    sources: ['https://docs.rs/rust_decimal/latest/rust_decimal/struct.Decimal.html'],
  },
  rule,
});
