import type { JsonNode } from '../../../json/tree.ts';
import type { DriftRule, Found } from '../../kit/drift-rule.ts';
import { type Field, fieldOf } from '../../kit/field.ts';
import { alike, either } from '../../kit/kinds.ts';
import { uniteMaps } from '../../kit/map-utils.ts';
import { isInteger, numberNode, numberOf, textOf } from '../../kit/nodes.ts';
import { respelling } from '../../kit/respelling.ts';

type ScalarKind = 'string' | 'number' | 'boolean' | 'null';

/** The candidate's value by the reference's, as spelled. */
interface Pairs {
  readonly values: ReadonlyMap<string, string>;
  readonly from: ScalarKind;
  readonly to: ScalarKind;
}

/** What sets one rule about paired values apart. */
interface Pairing extends Pick<DriftRule, 'kinds'> {
  /** Whether two values can be a pair. */
  readonly pairs: (a: JsonNode, b: JsonNode) => boolean;
  readonly doubts: NonNullable<DriftRule<Pairs>['doubts']>;
  /** How to write values of a kind. */
  readonly recipe: (kind: ScalarKind, field: Field) => string;
}

/** An enumeration has fewer values. */
const mostValues = 64;

/** A rule that learns which value of one side stands for which of the other, one to one. */
function pairing(id: string, { kinds, pairs, doubts, recipe }: Pairing): DriftRule<Pairs> {
  return {
    id,
    learns: true,
    ...(kinds && { kinds }),
    locate(a, b) {
      if (!('raw' in a) || !('raw' in b) || (a.kind === b.kind && a.raw === b.raw) || !pairs(a, b)) return null;
      return { values: new Map([[a.raw, b.raw]]), from: a.kind, to: b.kind };
    },
    rewrite(a, { values, to }) {
      const raw = 'raw' in a ? values.get(a.raw) : undefined;
      return raw === undefined ? a : { kind: to, raw };
    },
    unite: unitePairs,
    doubts,
    owns: () => 'place',
    terms: ({ values }) => Object.fromEntries([...values].map(([from, to]) => [`value ${from}`, [to]])),
    fixes: ({ from, to }, { reference, candidate, key }) => [
      { target: reference, text: `write it as ${candidate} does: ${recipe(to, fieldOf(key))}` },
      { target: candidate, text: `write it as ${reference} does: ${recipe(from, fieldOf(key))}` },
    ],
  };
}

function unitePairs(found: readonly Pairs[]): Pairs | null {
  const { from, to } = found[0]!;
  const values = uniteMaps(found.map((one) => one.values));
  if (values === null || values.size > mostValues) return null;
  if (found.some((one) => one.from !== from || one.to !== to)) return null;
  const isOneToOne = new Set(values.values()).size === values.size;
  // One pair alone could be any text and any number.
  return isOneToOne && (values.size > 1 || !(from === 'string' || to === 'string')) ? { values, from, to } : null;
}

/** Any two lists without repetition can be paired: at least two pairs, and each of them, must come again in another body. */
function isUnrepeated(found: readonly Found<Pairs>[]): boolean {
  const bodies = new Map<string, Set<string>>();
  for (const { parameters, body } of found)
    for (const value of parameters.values.keys()) {
      const seen = bodies.get(value) ?? new Set<string>();
      bodies.set(value, seen.add(body));
    }
  return bodies.size < 2 || [...bodies.values()].some((seen) => seen.size < 2);
}

/** A name that a programmer gives: words of letters, no sentence. */
const variant = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;
const mostNumber = 1000;

function isVariant(node: JsonNode): boolean {
  const text = textOf(node);
  return text !== null && variant.test(text);
}

function isOrdinal(node: JsonNode): boolean {
  const raw = numberOf(node);
  return raw !== null && raw.length < 6 && isInteger(raw) && Math.abs(Number(raw)) <= mostNumber;
}

function enumRecipe(kind: ScalarKind, field: Field): string {
  return kind === 'number'
    ? `a number: ${field.rust('E')} deriving serde_repr::Serialize_repr in Rust, ${field.go('E')} without MarshalText in Go`
    : `a name: ${field.rust('E')} deriving Serialize in Rust, MarshalText on the type of ${field.go('E')} in Go`;
}

/** `"Closed"` and `1`. */
const enumStringVsInt = pairing('enum-string-vs-int', {
  kinds: either(['string'], ['number']),
  pairs: (a, b) => (isVariant(a) && isOrdinal(b)) || (isOrdinal(a) && isVariant(b)),
  doubts: isUnrepeated,
  recipe: enumRecipe,
});

interface Counting {
  /** What the candidate adds to the reference's numbers; null where it is anything else. */
  readonly step: 1 | -1 | null;
  readonly seen: ReadonlySet<string>;
}

/** Small numbers that have nothing to do with each other are off by one in one pair of seven, and five of them in one of 10,000 routes. */
const fewestCounted = 6;

/** `0`, `1`, `2` and `1`, `2`, `3`: one side counts from zero, the other from one. */
const enumNumbering: DriftRule<Counting> = {
  id: 'enum-numbering',
  kinds: alike('number'),
  learns: true,
  locate(a, b) {
    const [x, y] = [numberOf(a), numberOf(b)];
    if (x === null || y === null || x === y) return null;
    const step = isOrdinal(a) && isOrdinal(b) ? Number(y) - Number(x) : 0;
    return { step: step === 1 || step === -1 ? step : null, seen: new Set([x]) };
  },
  rewrite: (a, { step }) => (isOrdinal(a) ? numberNode(String(Number(numberOf(a)) + (step ?? 0))) : a),
  // One or two numbers that are off by one are a bug like any other.
  unite(found) {
    const { step } = found[0]!;
    const seen = new Set(found.flatMap((one) => [...one.seen]));
    if (step === null || seen.size < 3 || seen.size > mostValues) return null;
    return found.some((one) => one.step !== step) ? null : { step, seen };
  },
  doubts: (found) => found.length < fewestCounted,
  owns: () => 'place',
  terms: ({ step }) => ({ step: [String(step)] }),
  fixes({ step }, { reference, candidate, key }) {
    const field = fieldOf(key);
    const text = `give every variant its number: #[repr(u8)] enum E { Open = 1, … } with Serialize_repr for ${field.rust('E')} in Rust, constants without iota, or iota + 1, for ${field.go('E')} in Go`;
    const [low, high] = step === 1 ? [reference, candidate] : [candidate, reference];
    return [
      { target: low, text: `count from one: ${text}` },
      { target: high, text: `or count from zero: ${text}` },
    ];
  },
};

const bits: Readonly<Record<string, string>> = { true: '1', false: '0' };

/** `true` and `1`. */
const boolVsInt = pairing('bool-vs-int', {
  kinds: either(['boolean'], ['number']),
  pairs: (a, b) =>
    (a.kind === 'boolean' && numberOf(b) === bits[a.raw]) || (b.kind === 'boolean' && numberOf(a) === bits[b.raw]),
  // One value alone could be a count or a state that happens to be 1.
  doubts: (found) => new Set(found.flatMap(({ parameters }) => [...parameters.values.keys()])).size < 2,
  recipe: (kind, field) =>
    kind === 'boolean'
      ? `true or false: ${field.go('bool')} in Go, ${field.rust('bool')} in Rust, tinyInt1isBit or a cast in the database driver`
      : `0 or 1: ${field.go('int')} in Go, ${field.rust('u8')} in Rust`,
});

const texts: Readonly<Record<string, readonly string[]>> = {
  lower: ['true', 'false'],
  capital: ['True', 'False'],
  upper: ['TRUE', 'FALSE'],
};

function truthOf(text: string | null): boolean | null {
  if (text === null) return null;
  const [isTrue, isFalse] = [0, 1].map((at) => Object.values(texts).some((pair) => pair[at] === text));
  return isTrue ? true : isFalse ? false : null;
}

/** `true` and `"true"`, or `"True"`. */
const boolAsString = respelling('bool-as-string', {
  kinds: either(['boolean'], ['string']),
  locate(a, b) {
    if (b.kind === 'boolean' && String(truthOf(textOf(a))) === b.raw) return 'boolean';
    const text = textOf(b);
    if (a.kind !== 'boolean' || String(truthOf(text)) !== a.raw) return null;
    return Object.keys(texts).find((name) => texts[name]!.includes(text!)) ?? null;
  },
  rewrite(a, to) {
    if (to !== 'boolean')
      return a.kind === 'boolean' ? { kind: 'string', raw: `"${texts[to]![a.raw === 'true' ? 0 : 1]}"` } : a;
    const truth = truthOf(textOf(a));
    return truth === null ? a : { kind: 'boolean', raw: String(truth) };
  },
  advice({ reference, candidate, key }, to) {
    const [text, boolean] = to === 'boolean' ? [reference, candidate] : [candidate, reference];
    const field = fieldOf(key);
    return [
      { target: text, text: `write true or false: ${field.go('bool')} in Go, ${field.rust('bool')} in Rust, no str()` },
      { target: boolean, text: `or write text: ${field.go('bool', ',string')} in Go, DisplayFromStr in Rust` },
    ];
  },
});

/** Booleans under another kind. */
export const booleanRules: readonly DriftRule[] = [boolAsString, boolVsInt];

/** Values that stand for one another, one to one; after everything that knows why. */
export const enumerationRules: readonly DriftRule[] = [enumStringVsInt, enumNumbering];
