import type { JsonNode } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { type DriftRule, losing } from '../../kit/drift-rule.ts';
import { alike } from '../../kit/kinds.ts';
import { uniteMaps } from '../../kit/map-utils.ts';
import { numberNode, numberOf } from '../../kit/nodes.ts';
import { maxFloatLength } from './floats.ts';

/** How many doubles lie between two that are finite and not far from each other. */
function distance(x: number, y: number): bigint {
  const bits = new DataView(new ArrayBuffer(16));
  bits.setFloat64(0, x);
  bits.setFloat64(8, y);
  const apart = bits.getBigInt64(0) - bits.getBigInt64(8);
  return apart < 0n ? -apart : apart;
}

const maxApart = 2n;

/** Both have so many digits that only the last bits of a double can tell them apart. */
function isNear(a: JsonNode, b: JsonNode): boolean {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x === null || y === null || Math.max(x.length, y.length) > maxFloatLength) return false;
  if (!/[.e]/i.test(x) || !/[.e]/i.test(y) || Math.max(x.length, y.length) < 16) return false;
  const apart = distance(Number(x), Number(y));
  return apart > 0n && apart <= maxApart;
}

/** One side is a neighbour of the other's double: a reader or a sum that rounds otherwise. No rewrite can foresee it. */
const rule: DriftRule<{ readonly kept: ReadonlyMap<string, string> }> = {
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

export const floatParseUlp = defineClass({
  id: 'float-parse-ulp',
  title: 'the same number but for the last bits of a double',
  severity: 'risky',
  pass: 'float',
  rank: 7,
  evidence: 'documented',
  page: {
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
  rule,
});
