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
export function emptyRule(
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

export function nil(id: string, usual: Empty, make: string): DriftRule<{ readonly direction: Empty }> {
  const advice = {
    odd: `in Go start from ${make} instead of a nil value, which is written as null`,
    usual: 'or let the clients read null there: Option<…> with #[serde(default)] in Rust',
  };
  return emptyRule(id, { usual, odd: 'null', learns: false, advice });
}
