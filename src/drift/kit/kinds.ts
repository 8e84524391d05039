import type { JsonNode } from '../../json/tree.ts';

type Kind = JsonNode['kind'];

/** The kinds of a place's two nodes: the reference's, then the candidate's. */
export type KindPair = `${Kind} ${Kind}`;

/** Both nodes are of one of these kinds, the same one. */
export function alike(...kinds: readonly Kind[]): KindPair[] {
  return kinds.map((kind): KindPair => `${kind} ${kind}`);
}

/** One node is of the first kinds and the other of the second, whichever side has which. */
export function either(some: readonly Kind[], others: readonly Kind[]): KindPair[] {
  const pairs = some.flatMap((x) => others.flatMap((y): KindPair[] => [`${x} ${y}`, `${y} ${x}`]));
  return [...new Set(pairs)];
}

const scalars = ['string', 'number', 'boolean', 'null'] as const;
const all = [...scalars, 'object', 'array'] as const;

/** Any node, and any that holds no others, for `either`. */
export const anyKind: readonly Kind[] = all;
export const scalarKinds: readonly Kind[] = scalars;

/** Texts that are made once: a place is asked for its kinds by all rules. */
const pairs = Object.fromEntries(
  all.map((x) => [x, Object.fromEntries(all.map((y): [Kind, KindPair] => [y, `${x} ${y}`]))]),
) as Readonly<Record<Kind, Readonly<Record<Kind, KindPair>>>>;

/** The kinds of a place's two nodes. */
export function kindsOf({ a, b }: { readonly a: JsonNode; readonly b: JsonNode }): KindPair {
  return pairs[a.kind][b.kind];
}
