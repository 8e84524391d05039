import { defineClass } from '../../definition/define-class.ts';
import { fieldOf } from '../../kit/field.ts';
import { isInteger, numberNode, numberOf } from '../../kit/nodes.ts';
import { type Normaliser, normalising } from '../../kit/normalising.ts';

/** Longer than any integer that a fixed width was cut from. */
const maxLength = 40;

/** An integer that does not fit, as the bits that are left of it say; nothing where none are, for zero says nothing of where it came from. */
function cut(to: (value: bigint) => bigint): Normaliser {
  return (node) => {
    const raw = numberOf(node);
    if (raw === null || raw.length > maxLength || !isInteger(raw)) return null;
    const value = BigInt(raw);
    const left = to(value);
    return left === value || left === 0n ? null : numberNode(String(left));
  };
}

/** `3000000000` and `-1294967296`: the same bits, in a type that is too narrow. */
const rule = normalising('int-overflow', {
  lossy: 'the bits beyond the integer type',
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

export const intOverflow = defineClass({
  id: 'int-overflow',
  title: 'an integer ran out of bits on one side',
  severity: 'breaking',
  pass: 'overflow',
  evidence: 'documented',
  page: {
    what: 'One side writes an integer, the other what is left of it in a type of 32 or 64 bits, with or without a sign.',
    example: [
      ['Python', '{"bytes":3000000000}'],
      ['Go (int32)', '{"bytes":-1294967296}'],
    ],
    why: [
      ['Go, Java, C#', 'arithmetic wraps around without a word'],
      ['Rust', 'panics in debug builds, wraps in release builds; as always wraps, and saturates from floats'],
      ['JavaScript', '| 0, << and >>> 0 cut numbers to 32 bits; PHP goes over to a float'],
      ['Python, Ruby', 'integers have no width'],
    ],
    breaks: 'Sizes, counters and amounts turn negative, or small; nothing fails.',
    fix: [
      ['Go', 'int64, and math/bits or a check before the sum'],
      ['Rust', 'i64 or u64 with checked_add; overflow-checks = true in the release profile'],
      ['Java', 'long and Math.addExact'],
    ],
    proof: 'The bits of one integer, cut to 32 or to 64 bits, are the other one, in every sample that differs.',
    lossy: 'Only one side has the bits that do not fit the integer type.',
    sources: [
      'https://doc.rust-lang.org/book/ch03-02-data-types.html#integer-overflow',
      'https://go.dev/ref/spec#Integer_overflow',
    ],
  },
  rule,
});
