import { type JsonNode, printTree } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import { isUnordered } from '../../kit/array-alignment.ts';
import type { DriftRule, TreePair } from '../../kit/drift-rule.ts';
import { quoted } from '../../kit/fix-text.ts';
import { alike } from '../../kit/kinds.ts';
import { isLeaf } from '../../kit/node-predicates.ts';
import { member, textOf } from '../../kit/nodes.ts';
import { bitsOfOrder } from '../../kit/order-chance.ts';
import { compareText } from '../../kit/text-order.ts';
import { isSame } from '../../kit/tree-equal.ts';

/** How the candidate sorts: `up` or `down` by the items, or by one of their members (`up:id`); or `reversed`. */
type Law = string;

interface ListOrder {
  readonly laws: readonly Law[];
  /** How little chance there is that lists in any order look as if they obeyed: the binary logarithm of 1 in so many. */
  readonly bits: number;
}

/** Lists above this are not sorted. */
const maxListLength = 10_000;

/** A set comes in any order from a server that does not sort it: below this no law is seen, and below the other it is doubtful. */
const bitsToNotice = 5;

const bitsToTrust = 20;

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
  if (a.items.length < 2 || a.items.length > maxListLength || isUnordered(a) || isSame(a, b)) return null;
  if (!hasSameItems(a.items, b.items)) return null;
  const isFit = (items: readonly JsonNode[]) => items.every((one, i) => isSame(one, b.items[i]!));
  const laws = lawsFor(a.items).filter((law) => isFit(sortedBy(a.items, law)));
  return laws.length === 0 ? null : { laws, bits: 0 };
}

/** What all lists with the same items on both sides say of a law; null if one of them breaks it, or if they say too little. */
function confirmOrder({ laws }: ListOrder, places: readonly TreePair[]): ListOrder | null {
  const lists = new Map<string, number>();
  let tried = 1;
  for (const { a, b } of places) {
    if (a.kind !== 'array' || b.kind !== 'array' || a.items.length !== b.items.length) continue;
    if (a.items.length < 2 || a.items.length > maxListLength || !hasSameItems(a.items, b.items)) continue;
    if (!isSame({ kind: 'array', items: sortedBy(a.items, laws[0]!) }, b)) return null;
    tried = Math.max(tried, lawsFor(a.items).length);
    // The same list again is no further evidence.
    lists.set(printTree(b), bitsOfOrder(new Set(b.items.map(printTree)).size));
  }
  const bits = [...lists.values()].reduce((sum, one) => sum + one, 0) - Math.log2(tried);
  return bits < bitsToNotice ? null : { laws, bits };
}

function lawText(law: Law): string {
  if (law === 'reversed') return 'in the reverse order';
  const [direction, key] = [law.startsWith('up') ? 'ascending' : 'descending', law.slice(law.indexOf(':') + 1)];
  return law.includes(':') ? `by ${quoted(key)}, ${direction}` : `by the items, ${direction}`;
}

const rule: DriftRule<ListOrder> = {
  id: 'list-order',
  kinds: alike('array'),
  learns: true,
  locate: locateOrder,
  rewrite: (a, { laws }) => (a.kind === 'array' ? { kind: 'array', items: sortedBy(a.items, laws[0]!) } : a),
  unite(found) {
    const laws = found[0]!.laws.filter((law) => found.every((one) => one.laws.includes(law)));
    return laws.length === 0 ? null : { laws, bits: 0 };
  },
  confirm: confirmOrder,
  isDoubtful: ({ bits }) => bits < bitsToTrust,
  owns: () => 'place',
  terms: ({ laws }) => ({ laws }),
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

export const listOrder = defineClass({
  id: 'list-order',
  title: 'a list is sorted by another law',
  severity: 'risky',
  pass: 'list-order',
  evidence: 'documented',
  page: {
    what: 'Both sides send the same items; the candidate sorts them by value, by one of their members, or the other way round.',
    example: [
      ['Rust (Vec)', '["e","c","a","d","b"]'],
      ['Java (TreeSet)', '["a","b","c","d","e"]'],
    ],
    why: [
      ['Rust', 'BTreeSet sorts, Vec keeps the order'],
      ['Java', 'TreeSet sorts, HashSet has no order'],
      ['SQL', 'no ORDER BY, no order'],
    ],
    breaks: 'The first item is another one; pages overlap.',
    fix: [
      ['All', 'ORDER BY with a tie-breaker in the query, or one sort before the answer'],
      ['Rust', 'sort_by_key, or Vec instead of BTreeSet'],
      ['Go', 'slices.SortFunc'],
    ],
    proof:
      'One law must give the order of the candidate in all samples. It is a hypothesis until lists in any order would look so in one case of a million only: ten different items, or seven and six.',
    sources: ['https://doc.rust-lang.org/std/collections/struct.BTreeSet.html'],
  },
  rule,
});
