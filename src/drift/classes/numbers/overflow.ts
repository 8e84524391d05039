import type { DriftRule } from '../../kit/drift-rule.ts';
import { fieldOf } from '../../kit/field.ts';
import { isInteger, numberNode, numberOf } from '../../kit/nodes.ts';
import { type Normaliser, normalising } from '../../kit/normalising.ts';

/** Longer than any integer that a fixed width was cut from. */
const longest = 40;

/** An integer that does not fit, as the bits that are left of it say; nothing where none are, for zero says nothing of where it came from. */
function cut(to: (value: bigint) => bigint): Normaliser {
  return (node) => {
    const raw = numberOf(node);
    if (raw === null || raw.length > longest || !isInteger(raw)) return null;
    const value = BigInt(raw);
    const left = to(value);
    return left === value || left === 0n ? null : numberNode(String(left));
  };
}

/** `3000000000` and `-1294967296`: the same bits, in a type that is too narrow. */
const intOverflow = normalising('int-overflow', {
  lossy: 'the bits that do not fit',
  ways: {
    'signed 32 bits': cut((value) => BigInt.asIntN(32, value)),
    'unsigned 32 bits': cut((value) => BigInt.asUintN(32, value)),
    'signed 64 bits': cut((value) => BigInt.asIntN(64, value)),
    'unsigned 64 bits': cut((value) => BigInt.asUintN(64, value)),
  },
  advice: ({ normaliser, keeper, way }, { key }) => [
    {
      target: normaliser,
      text: `take a wider type than ${way}: ${fieldOf(key).rust('i64')} with checked_add in Rust, ${fieldOf(key).go('int64')} or math/big in Go, Math.addExact in Java, no | 0 and >>> 0 in JavaScript`,
    },
    { target: keeper, text: 'nothing: this side has the whole number' },
  ],
});

/** Rules for integers that ran out of bits. */
export const overflowRules: readonly DriftRule[] = [intOverflow];
