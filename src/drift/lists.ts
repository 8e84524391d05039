import { type JsonNode, printTree } from '../json/tree.ts';
import { quoted } from './advice.ts';
import { isSame } from './distance.ts';
import { isLeaf } from './likeness.ts';
import { member, textOf } from './nodes.ts';
import { compareText } from './order.ts';
import type { DriftRule } from './rule.ts';

/** How the candidate sorts: `up` or `down` by the items, or by one of their members (`up:id`); or `reversed`. */
type Law = string;

interface ListOrder {
  readonly laws: readonly Law[];
  /** Items of the longest list that is in another order. */
  readonly length: number;
}

/** Lists above this are not sorted. */
const longestList = 10_000;

/** Two swapped items fit every law. */
const shortestProof = 3;

function compareLeaves(a: JsonNode, b: JsonNode): number {
  if (a.kind === 'number' && b.kind === 'number') return Number(a.raw) - Number(b.raw);
  return compareText(textOf(a) ?? '', textOf(b) ?? '');
}

function sortedBy(items: readonly JsonNode[], law: Law): readonly JsonNode[] {
  if (law === 'reversed') return [...items].reverse();
  const key = law.includes(':') ? law.slice(law.indexOf(':') + 1) : null;
  const leaf = (node: JsonNode) =>
    key === null ? node : node.kind === 'object' ? member(node, key)?.value : undefined;
  const leaves = items.map(leaf);
  const kind = leaves[0]?.kind;
  if ((kind !== 'number' && kind !== 'string') || leaves.some((one) => one?.kind !== kind)) return items;
  const sign = law.startsWith('up') ? 1 : -1;
  return items
    .map((item, at) => ({ item, leaf: leaves[at]! }))
    .sort((x, y) => sign * compareLeaves(x.leaf, y.leaf))
    .map((one) => one.item);
}

function lawsFor(items: readonly JsonNode[]): Law[] {
  const [first] = items;
  if (first === undefined || first.kind === 'array') return ['reversed'];
  if (first.kind !== 'object') return ['up', 'down', 'reversed'];
  const keys = first.members.filter((one) => isLeaf(one.value)).map((one) => one.key);
  return [...keys.slice(0, 20).flatMap((key) => [`up:${key}`, `down:${key}`]), 'reversed'];
}

function hasSameItems(a: readonly JsonNode[], b: readonly JsonNode[]): boolean {
  const counts = new Map<string, number>();
  for (const text of a.map(printTree)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return b.map(printTree).every((text) => {
    const left = (counts.get(text) ?? 0) - 1;
    counts.set(text, left);
    return left >= 0;
  });
}

function locateOrder(a: JsonNode, b: JsonNode): ListOrder | null {
  if (a.kind !== 'array' || b.kind !== 'array' || a.items.length !== b.items.length) return null;
  if (a.items.length < 2 || a.items.length > longestList || isSame(a, b)) return null;
  if (!hasSameItems(a.items, b.items)) return null;
  const isFit = (items: readonly JsonNode[]) => items.every((one, i) => isSame(one, b.items[i]!));
  const laws = lawsFor(a.items).filter((law) => isFit(sortedBy(a.items, law)));
  return laws.length === 0 ? null : { laws, length: a.items.length };
}

function lawText(law: Law): string {
  if (law === 'reversed') return 'in the reverse order';
  const [direction, key] = [law.startsWith('up') ? 'ascending' : 'descending', law.slice(law.indexOf(':') + 1)];
  return law.includes(':') ? `by ${quoted(key)}, ${direction}` : `by the items, ${direction}`;
}

const listOrder: DriftRule<ListOrder> = {
  id: 'list-order',
  learns: true,
  locate: locateOrder,
  rewrite: (a, { laws }) => (a.kind === 'array' ? { kind: 'array', items: sortedBy(a.items, laws[0]!) } : a),
  unite(found) {
    const laws = found[0]!.laws.filter((law) => found.every((one) => one.laws.includes(law)));
    const length = Math.max(...found.map((one) => one.length));
    return laws.length === 0 || length < shortestProof ? null : { laws, length };
  },
  owns: () => 'place',
  fixes: ({ laws }, names) => [
    {
      target: names.reference,
      text: `sort the list ${lawText(laws[0]!)}: ORDER BY in the query, sort_by in Rust, slices.SortFunc in Go`,
    },
    {
      target: names.candidate,
      text: 'or keep the order of the source: no sorted set (BTreeSet, TreeSet) and no map in between; or declare the list unordered in parity.yaml if its order means nothing',
    },
  ],
};

/** Rules for the order of items. */
export const listRules: readonly DriftRule[] = [listOrder];
