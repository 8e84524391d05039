import { sameNumber } from '../../../json/number.ts';
import type { JsonNode } from '../../../json/tree.ts';
import { type DriftRule, type Fix, losing, type Site } from '../../kit/drift-rule.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { sharedOf, uniteMaps } from '../../kit/map-utils.ts';
import { isInteger, numberNode, numberOf } from '../../kit/nodes.ts';
import { type Normaliser, normalising } from '../../kit/normalising.ts';
import { printerNames, printerOf, printFloat } from '../../kit/printers.ts';
import { respelling } from '../../kit/respelling.ts';

/** Printers that give the spellings of each side, all that fit; the first one counts. */
interface Printed {
  /** What becomes of the value on the way. */
  readonly turn: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Longer than any double is printed. */
const longestFloat = 330;

/** Printers that spell the number just so. */
function printersOf(raw: string): string[] {
  const value = raw.length > longestFloat ? Number.NaN : Number(raw);
  return Number.isFinite(value) ? printerNames.filter((name) => printFloat(name, value) === raw) : [];
}

function hasExponent(raw: string): boolean {
  return /e/i.test(raw);
}

/** What sets one rule between printers apart. */
interface Printing {
  /** What becomes of the value on the way, by name; null where that does not concern it. */
  readonly turns: Readonly<Record<string, (value: number) => number | null>>;
  /** Whether the rule speaks for two spellings. */
  readonly between: (from: string, to: string) => boolean;
  readonly advice?: (turn: string, site: Site) => readonly Fix[];
}

function printing(id: string, { turns, between, advice }: Printing): DriftRule<Printed> {
  return {
    id,
    learns: false,
    kinds: alike('number'),
    locate(a, b) {
      const [x, y] = [numberOf(a), numberOf(b)];
      if (x === null || y === null || x === y || !between(x, y)) return null;
      const turn = Object.keys(turns).find((name) => turns[name]!(Number(x)) === Number(y));
      if (turn === undefined) return null;
      const printed = { turn, from: printersOf(x), to: printersOf(y) };
      return printed.from.length === 0 || printed.to.length === 0 ? null : printed;
    },
    rewrite(a, { turn, from: [from], to: [to] }) {
      const raw = numberOf(a);
      if (raw === null || raw.length > longestFloat || printFloat(from!, Number(raw)) !== raw) return a;
      const value = turns[turn]!(Number(raw));
      const printed = value === null ? raw : printFloat(to!, value);
      return between(raw, printed) ? numberNode(printed) : a;
    },
    unite(found) {
      const { turn } = found[0]!;
      const [from, to] = [sharedOf(found.map((one) => one.from)), sharedOf(found.map((one) => one.to))];
      const isOne = from.length > 0 && to.length > 0 && found.every((one) => one.turn === turn);
      return isOne ? { turn, from, to } : null;
    },
    owns: () => 'place',
    terms: ({ turn, from, to }) => ({ turn: [turn], from, to }),
    fixes: ({ turn, from, to }, site) => advice?.(turn, site) ?? printerFixes([from[0]!, to[0]!], site),
  };
}

function printerFixes([from, to]: readonly [string, string], { reference, candidate }: Site): Fix[] {
  const [x, y] = [printerOf(from), printerOf(to)];
  return [
    { target: reference, text: `print floats as ${y.label} does: ${x.change}` },
    { target: candidate, text: `print floats as ${x.label} does: ${y.change}` },
  ];
}

const unturned = { same: (value: number) => value };

/** `1e16` and `10000000000000000`: one side begins to use an exponent earlier. */
const floatExponentThreshold = printing('float-exponent-threshold', {
  turns: unturned,
  between: (from, to) => hasExponent(from) !== hasExponent(to),
});

/** `1e21`, `1e+21`, `1.0E21`; `1e-7` and `1e-07`. */
const floatExponentSpelling = printing('float-exponent-spelling', {
  turns: unturned,
  between: (from, to) => from !== to && hasExponent(from) && hasExponent(to),
});

/** `1.0` and `1`: the same number, with one zero as its fraction on one side only. */
const floatIntegralSuffix = respelling('float-integral-suffix', {
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

function isZero(raw: string): boolean {
  return /^-?0(?:\.0+)?$/.test(raw);
}

/** `-0.0` and `0`: one side drops the sign of zero. */
const negativeZero = respelling('negative-zero', {
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

/** The shortest decimal that reads back as the same single-precision float. */
function shortestSingle(value: number): number {
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** `0.1` and `0.10000000149011612`: one side made a double of a single-precision float before it wrote it. */
const float32Widening = printing('float32-widening', {
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

/** The shortest digits of a number that has more than the double needs, as a printer spells them. */
function shortened(name: string): Normaliser {
  return (node) => {
    const raw = numberOf(node);
    if (raw === null || raw.length > longestFloat || !/[.e]/i.test(raw)) return null;
    const digits = raw.replace(/e.*$/i, '').replace(/^[-.0]+|[-.]/g, '');
    const printed = printFloat(name, Number(raw));
    return digits.length >= 15 && digits.length <= 18 && !sameNumber(printed, raw) ? numberNode(printed) : null;
  };
}

/** `8.409999999999999E21` and `8.41E21`: the same double, with more digits than it needs on one side. */
const floatNonshortest = normalising('float-nonshortest', {
  kinds: alike('number'),
  ways: Object.fromEntries(printerNames.map((name) => [name, shortened(name)])),
  advice: ({ normaliser, keeper }) => [
    { target: keeper, text: 'print the shortest digits: JDK 19 or newer in Java, std::to_chars in C++, not %.17g' },
    { target: normaliser, text: 'or nothing: both spellings read back as the same double' },
  ],
});

/** How many doubles lie between two that are finite and not far from each other. */
function distance(x: number, y: number): bigint {
  const bits = new DataView(new ArrayBuffer(16));
  bits.setFloat64(0, x);
  bits.setFloat64(8, y);
  const apart = bits.getBigInt64(0) - bits.getBigInt64(8);
  return apart < 0n ? -apart : apart;
}

const mostApart = 2n;

/** Both have so many digits that only the last bits of a double can tell them apart. */
function isNear(a: JsonNode, b: JsonNode): boolean {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x === null || y === null || Math.max(x.length, y.length) > longestFloat) return false;
  if (!/[.e]/i.test(x) || !/[.e]/i.test(y) || Math.max(x.length, y.length) < 16) return false;
  const apart = distance(Number(x), Number(y));
  return apart > 0n && apart <= mostApart;
}

/** One side is a neighbour of the other's double: a reader or a sum that rounds otherwise. No rewrite can foresee it. */
const floatParseUlp: DriftRule<{ readonly kept: ReadonlyMap<string, string> }> = {
  id: 'float-parse-ulp',
  kinds: alike('number'),
  learns: true,
  ...losing('the last bits'),
  locate: (a, b) => (isNear(a, b) ? { kept: new Map([[numberOf(a)!, numberOf(b)!]]) } : null),
  rewrite(a, { kept }) {
    const to = kept.get(numberOf(a) ?? '');
    return to === undefined ? a : numberNode(to);
  },
  unite(found) {
    const kept = uniteMaps(found.map((one) => one.kept));
    return kept === null ? null : { kept };
  },
  doubts: () => true,
  owns: () => 'place',
  fixes: (_, { reference, candidate }) =>
    [reference, candidate].map((target) => ({
      target,
      text: 'read floats exactly: serde_json = { features = ["float_roundtrip"] } in Rust; or add them up in one order',
    })),
};

/** Numbers that are equal, or as good as: who prints a double, and how. */
export const floatRules: readonly DriftRule[] = [
  float32Widening,
  floatExponentThreshold,
  floatExponentSpelling,
  negativeZero,
  floatIntegralSuffix,
  floatNonshortest,
  floatParseUlp,
];
