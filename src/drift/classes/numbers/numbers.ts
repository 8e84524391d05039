import { sameNumber } from '../../../json/number.ts';
import { type JsonNode, stringNode } from '../../../json/tree.ts';
import type { DriftRule, Fix, Site } from '../../kit/drift-rule.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike, either } from '../../kit/kinds.ts';
import { isInteger, numberNode, numberOf, textOf } from '../../kit/nodes.ts';
import { type Normaliser, normalising } from '../../kit/normalising.ts';
import { printerNames, printFloat } from '../../kit/printers.ts';
import { respelling } from '../../kit/respelling.ts';

/** Longer than any amount or count is written. */
const longestDecimal = 400;
const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** A number without an exponent, as JSON spells it. */
export function isDecimal(text: string | null): text is string {
  return text !== null && text.length <= longestDecimal && decimal.test(text);
}

/** The fixes for a number that one side quotes. */
function quotingFixes({ reference, candidate, key }: Site, to: string, types: { go: string; rust: string }): Fix[] {
  const [text, number] = to === 'string' ? [candidate, reference] : [reference, candidate];
  const field = fieldOf(key);
  const quoted = `${field.go(types.go, ',string')} in Go, ${field.rust(types.rust, 'with = "…"')} with serde_with::DisplayFromStr in Rust`;
  return [
    { target: text, text: `write a number: ${field.go(types.go)} in Go, ${field.rust(types.rust)} in Rust` },
    { target: number, text: `or write a string: ${quoted}` },
  ];
}

/** `"9007199254740993"` and `9007199254740993`: the digits are the same, the kind is not. */
const bigintAsString = respelling('bigint-as-string', {
  kinds: either(['string'], ['number']),
  locate(a, b) {
    if (a.kind === 'number' && isInteger(a.raw) && b.kind === 'string' && b.raw === `"${a.raw}"`) return 'string';
    if (b.kind === 'number' && isInteger(b.raw) && a.kind === 'string' && a.raw === `"${b.raw}"`) return 'number';
    return null;
  },
  rewrite(a, to) {
    if (to === 'string') return a.kind === 'number' && isInteger(a.raw) ? { kind: 'string', raw: `"${a.raw}"` } : a;
    const digits = a.kind === 'string' ? a.raw.slice(1, -1) : '';
    return isInteger(digits) ? numberNode(digits) : a;
  },
  advice: (site, to) => quotingFixes(site, to, { go: 'int64', rust: 'i64' }),
});

/** `"1.10"` and `1.10`, or `1.1`: an amount is a string on one side. */
const decimalStringVsNumber = respelling('decimal-string-vs-number', {
  kinds: either(['string'], ['number']),
  locate(a, b) {
    const [text, number] = a.kind === 'string' ? [textOf(a), numberOf(b)] : [textOf(b), numberOf(a)];
    if (!isDecimal(text) || !isDecimal(number) || isInteger(text) || !sameNumber(text, number)) return null;
    return a.kind === 'string' ? 'number' : 'string';
  },
  rewrite(a, to) {
    if (to === 'string') return a.kind === 'number' && isDecimal(a.raw) ? stringNode(a.raw) : a;
    const text = textOf(a);
    return isDecimal(text) ? numberNode(text) : a;
  },
  advice(site, to) {
    const [text, number] = to === 'string' ? [site.candidate, site.reference] : [site.reference, site.candidate];
    const field = fieldOf(site.key);
    const asText = field.rust('Decimal', 'with = "rust_decimal::serde::str"');
    const asNumber = field.rust('Decimal', 'with = "rust_decimal::serde::arbitrary_precision"');
    return [
      {
        target: text,
        text: `write a number: ${asNumber} in Rust, decimal.MarshalJSONWithoutQuotes = true in Go (shopspring)`,
      },
      {
        target: number,
        text: `or write a string, which no client rounds: ${asText} in Rust, ${field.go('decimal.Decimal')} in Go`,
      },
    ];
  },
});

/** How many digits stand after the point, and nothing else. */
type Scaling = (text: string) => string;

function trimmed(text: string): string {
  if (!text.includes('.')) return text;
  let end = text.length;
  while (text[end - 1] === '0') end -= 1;
  return text.slice(0, text[end - 1] === '.' ? end - 1 : end);
}

const mostPlaces = 30;

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
  return isDecimal(text) && (node.kind === 'number' || text.includes('.')) ? text : null;
}

/** `1.10` and `1.1`: the same amount, with other digits after the point. */
const decimalScale: DriftRule<Scaled> = {
  id: 'decimal-scale',
  kinds: alike('string', 'number'),
  learns: true,
  locate(a, b) {
    const [x, y] = [decimalOf(a), decimalOf(b)];
    if (x === null || y === null || x === y || a.kind !== b.kind || !sameNumber(x, y)) return null;
    const places = y.split('.')[1]?.length ?? 0;
    const names = ['trimmed', 'trimmed to one', ...(places > 0 && places <= mostPlaces ? [String(places)] : [])];
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

/** A number spelled in no runtime's way, as it came from a client or a store, respelled by a printer. */
function respelled(name: string): Normaliser {
  return (node) => {
    const raw = numberOf(node);
    if (raw === null || raw.length > longestDecimal) return null;
    const value = Number(raw);
    if (!Number.isFinite(value) || printerNames.some((one) => printFloat(one, value) === raw)) return null;
    const printed = printFloat(name, value);
    return sameNumber(printed, raw) ? numberNode(printed) : null;
  };
}

const numberLexemeNormalised = normalising('number-lexeme-normalised', {
  kinds: alike('number'),
  ways: Object.fromEntries(printerNames.map((name) => [name, respelled(name)])),
  advice: ({ normaliser, keeper }, { key }) => [
    {
      target: normaliser,
      text: `keep the source: ${fieldOf(key).rust('Box<RawValue>')} in Rust, ${fieldOf(key).go('json.RawMessage')} or json.Number in Go`,
    },
    { target: keeper, text: 'or read numbers as numbers before they are stored, and write them again' },
  ],
});

/** An integer beyond 2^53, as a double has it. */
function rounded(name: string): Normaliser {
  return (node) => {
    const raw = numberOf(node);
    if (raw === null || raw.length > longestDecimal || !isInteger(raw) || Number.isSafeInteger(Number(raw)))
      return null;
    if (!Number.isFinite(Number(raw))) return null;
    const printed = printFloat(name, Number(raw));
    return sameNumber(printed, raw) ? null : numberNode(printed);
  };
}

const intPrecisionLoss = normalising('int-precision-loss', {
  kinds: alike('number'),
  lossy: 'digits beyond 2^53',
  ways: Object.fromEntries(printerNames.map((name) => [name, rounded(name)])),
  advice: ({ normaliser, keeper }, { key }) => [
    {
      target: normaliser,
      text: `read it as an integer: ${fieldOf(key).go('int64')} or Decoder.UseNumber() in Go, ${fieldOf(key).rust('i64')} or u128 in Rust, BigInt in JavaScript`,
    },
    { target: keeper, text: 'or send a string where clients read numbers as doubles' },
  ],
});

const unwritable = new Set(['NaN', 'Infinity', '-Infinity']);

/** `null` and `"NaN"`: a float that JSON has no number for. */
const nanAsString = respelling('nan-as-string', {
  kinds: either(['string'], ['null']),
  lossy: 'which number it was not',
  locate(a, b) {
    if (b.kind === 'null' && unwritable.has(textOf(a) ?? '')) return 'null';
    const text = textOf(b) ?? '';
    return a.kind === 'null' && unwritable.has(text) ? text : null;
  },
  rewrite(a, to) {
    if (to !== 'null') return a.kind === 'null' ? stringNode(to) : a;
    return unwritable.has(textOf(a) ?? '') ? { kind: 'null', raw: 'null' } : a;
  },
  advice({ reference, candidate, key }, to) {
    const [nil, text] = to === 'null' ? [candidate, reference] : [reference, candidate];
    return [
      {
        target: text,
        text: 'in Java JsonWriteFeature.WRITE_NAN_AS_STRINGS off, and null where there is no number; in .NET no AllowNamedFloatingPointLiterals',
      },
      { target: nil, text: `or make it plain that there is no number: ${fieldOf(key).rust('Option<f64>')} in Rust` },
    ];
  },
});

/** What kind a number has, and the digits that it is written with. */
export const numberRules: readonly DriftRule[] = [nanAsString, decimalStringVsNumber, bigintAsString, intPrecisionLoss];

/** Digits that carry no meaning; after the printers of floats have had their say. */
export const scaleRules: readonly DriftRule[] = [decimalScale, numberLexemeNormalised];
