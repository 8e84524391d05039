import type { JsonNode } from '../../../json/tree.ts';
import type { DriftRule } from '../../kit/drift-rule.ts';
import { either } from '../../kit/kinds.ts';
import { unanimous } from '../../kit/map-utils.ts';
import { isSame } from '../../kit/tree-equal.ts';

const empties = {
  null: { kind: 'null', raw: 'null' },
  '[]': { kind: 'array', items: [] },
  '{}': { kind: 'object', members: [] },
  '""': { kind: 'string', raw: '""' },
} as const satisfies Readonly<Record<string, JsonNode>>;

type Empty = keyof typeof empties;

interface Spec {
  /** The two ways to write nothing: the usual one, and the one that breaks clients. */
  readonly usual: Empty;
  readonly odd: Empty;
  /** One sample alone does not tell a way of writing from a value. */
  readonly learns: boolean;
  /** However often it comes again, it tells nothing of what would stand there otherwise. */
  readonly doubted?: true;
  readonly advice: { readonly usual: string; readonly odd: string };
}

/** Two ways to write that there is nothing. */
function emptyRule(
  id: string,
  { usual, odd, learns, doubted, advice }: Spec,
): DriftRule<{ readonly direction: Empty }> {
  const is = (node: JsonNode, empty: Empty) => isSame(node, empties[empty]);
  return {
    id,
    weak: true,
    learns,
    kinds: either([empties[usual].kind], [empties[odd].kind]),
    locate(a, b) {
      if (is(a, usual) && is(b, odd)) return { direction: odd };
      return is(a, odd) && is(b, usual) ? { direction: usual } : null;
    },
    rewrite: (a, { direction }) => (is(a, direction === odd ? usual : odd) ? empties[direction] : a),
    unite: unanimous,
    // Where the reference writes both, each of them may have a meaning of its own.
    clouds: ({ a }, { direction }) => is(a, direction),
    ...(doubted && { doubts: () => true }),
    owns: () => 'place',
    fixes({ direction }, names) {
      const [oddSide, usualSide] =
        direction === odd ? [names.candidate, names.reference] : [names.reference, names.candidate];
      return [
        { target: oddSide, text: advice.odd },
        { target: usualSide, text: advice.usual },
      ];
    },
  };
}

function nil(id: string, usual: Empty, make: string): DriftRule<{ readonly direction: Empty }> {
  const advice = {
    odd: `in Go start from ${make} instead of a nil value, which is written as null`,
    usual: 'or let the clients read null there: Option<…> with #[serde(default)] in Rust',
  };
  return emptyRule(id, { usual, odd: 'null', learns: false, advice });
}

/** Rules for values that say that there is nothing. */
export const emptyRules: readonly DriftRule[] = [
  nil('nil-slice-null', '[]', 'make([]T, 0)'),
  nil('nil-map-null', '{}', 'make(map[K]V)'),
  emptyRule('empty-string-vs-null', {
    usual: 'null',
    odd: '""',
    learns: true,
    advice: {
      odd: 'write null where there is no text: Option<String> in Rust, *string instead of string in Go, null instead of "" in Java and .NET',
      usual: 'or write "" there: unwrap_or_default() in Rust, a plain string in Go',
    },
  }),
  emptyRule('empty-object-vs-array', {
    usual: '{}',
    odd: '[]',
    learns: true,
    advice: {
      odd: 'write an object where a map is empty: (object) $map or new ArrayObject in PHP, which writes an empty array() as []',
      usual: 'or nothing: {} is what an empty map is everywhere else',
    },
  }),
];

/** For a place where only empty values were ever seen; after all rules that know what would stand there. */
export const emptySequenceRules: readonly DriftRule[] = [
  emptyRule('empty-list-vs-text', {
    usual: '[]',
    odd: '""',
    learns: true,
    doubted: true,
    advice: {
      odd: 'if these are bytes, a list of numbers: [N]byte instead of []byte in Go, Vec<u8> without serde_with in Rust',
      usual: 'if these are bytes, base64 text: #[serde_as(as = "Base64")] of serde_with in Rust, []byte in Go',
    },
  }),
];
