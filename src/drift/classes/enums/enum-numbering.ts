import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { fieldOf } from '../../kit/field.ts';
import { alike } from '../../kit/kinds.ts';
import { numberNode, numberOf } from '../../kit/nodes.ts';
import { isOrdinal, maxValues } from './enumerations.ts';

interface Counting {
  /** What the candidate adds to the reference's numbers; null where it is anything else. */
  readonly step: 1 | -1 | null;
  readonly seen: ReadonlySet<string>;
}

/** Small numbers that have nothing to do with each other are off by one in one pair of seven, and five of them in one of 10,000 routes. */
const minCounted = 6;

/** `0`, `1`, `2` and `1`, `2`, `3`: one side counts from zero, the other from one. */
const rule: DriftRule<Counting> = {
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
    if (step === null || seen.size < 3 || seen.size > maxValues) return null;
    return found.some((one) => one.step !== step) ? null : { step, seen };
  },
  doubts: (found) => found.length < minCounted,
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

export const enumNumbering = defineClass({
  id: 'enum-numbering',
  title: 'the same numbers, counted from zero on one side and from one on the other',
  severity: 'breaking',
  pass: 'enumeration',
  rank: 2,
  evidence: 'documented',
  page: {
    what: 'Each number of the place is one more on one side than on the other.',
    example: [
      ['Go (iota), Rust', '[0,1,2]'],
      ['Java (with a field), a database', '[1,2,3]'],
    ],
    why: [
      ['any', 'protobuf and iota begin at 0, tables and people at 1'],
      ['Java, Rust, .NET', 'ordinals and discriminants count from zero'],
    ],
    breaks: 'Clients take one variant, or one page, for the next.',
    fix: [
      ['Rust', '#[repr(u8)] with a number for each variant'],
      ['Go', 'iota + 1'],
      ['any', 'names instead of numbers'],
    ],
    proof:
      'Adding one (or taking it away) must give every number of the place, of which at least three must be known; one body alone makes a hypothesis.',
    sources: ['https://go.dev/ref/spec#Iota'],
  },
  rule,
});
