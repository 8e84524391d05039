import type { JsonMember } from '../../../json/tree.ts';
import { defineClass } from '../../definition/define-class.ts';
import type { DriftRule, TreePair } from '../../kit/drift-rule.ts';
import { alike } from '../../kit/kinds.ts';
import { pushTo } from '../../kit/map-utils.ts';
import { hasSameKeys, uniqueKeys } from '../../kit/nodes.ts';
import { bitsOfOrder } from '../../kit/order-chance.ts';
import { compareText } from '../../kit/text-order.ts';

/** How the candidate sorts keys: by their bytes, whole numbers first and by size (JavaScript), or as it declares them. */
type Law = 'bytes' | 'numbers' | 'declared';

interface Order {
  /** The laws that the candidate's order fits. */
  readonly laws: readonly Law[];
  /** The candidate's keys, in its order. */
  readonly keys: readonly string[];
  /** The place of each key in it. */
  readonly places: ReadonlyMap<string, number>;
  /** The reference's own orders contradict each other: it has none, as a hash map has none. */
  readonly isShuffled: boolean;
  /** How little chance there is that keys in any order look so, on both sides: the binary logarithm of 1 in so many. */
  readonly bits: number;
}

function orderOf(keys: readonly string[], laws: readonly Law[]): Order {
  return { laws, keys, places: new Map(keys.map((key, at) => [key, at])), isShuffled: false, bits: 0 };
}

const index = /^(?:0|[1-9]\d{0,8})$/;

/** Whole numbers by size, before all other keys, which stay as they are. */
function compareIndices(x: string, y: string): number {
  const [isX, isY] = [index.test(x), index.test(y)];
  return isX && isY ? Number(x) - Number(y) : Number(isY) - Number(isX);
}

const compareBy = { bytes: compareText, numbers: compareIndices } as const;

function isSorted(keys: readonly string[], compare: (x: string, y: string) => number): boolean {
  return keys.every((key, at) => at === 0 || compare(keys[at - 1]!, key) <= 0);
}

function lawsOf(keys: readonly string[], before: readonly JsonMember[]): Law[] {
  const laws: Law[] = isSorted(keys, compareText) ? ['bytes'] : [];
  const indices = keys.filter((key) => index.test(key)).length;
  // JavaScript puts numbers first, wherever they were, and leaves the other keys as they are.
  const moved = indices > 1 && indices < keys.length ? [...before].sort((x, y) => compareIndices(x.key, y.key)) : null;
  const isNumbers =
    indices === keys.length ? isSorted(keys, compareIndices) : moved?.every((one, at) => one.key === keys[at]) === true;
  return [...laws, ...(isNumbers ? (['numbers'] as const) : []), 'declared'];
}

/** One order that all of these fit, or null if there is none: a topological sort (Kahn), linear in their lengths. */
function uniteOrders(orders: readonly (readonly string[])[]): string[] | null {
  const next = new Map<string, string[]>();
  const before = new Map<string, number>();
  for (const order of orders)
    order.forEach((key, at) => {
      if (at > 0) pushTo(next, order[at - 1]!, key);
      before.set(key, (before.get(key) ?? 0) + (at > 0 ? 1 : 0));
    });
  const sorted = [...before.keys()].filter((key) => before.get(key) === 0);
  for (let at = 0; at < sorted.length; at += 1)
    for (const key of next.get(sorted[at]!) ?? []) {
      const left = before.get(key)! - 1;
      before.set(key, left);
      if (left === 0) sorted.push(key);
    }
  return sorted.length === before.size ? sorted : null;
}

function inOrder(members: readonly JsonMember[], { laws: [law], places }: Order): JsonMember[] {
  if (law === 'bytes' || law === 'numbers') return [...members].sort((x, y) => compareBy[law](x.key, y.key));
  const place = (member: JsonMember) => places.get(member.key) ?? places.size;
  return [...members].sort((x, y) => place(x) - place(y));
}

/** Below this a map that is written in any order could look as if it had one. */
const minBits = 3;

/** Each order of keys against those before it: the first one of each key tells nothing. */
function repeatedBits(orders: readonly (readonly string[])[]): number {
  const known = new Set<string>();
  let bits = 0;
  for (const keys of orders) {
    bits += bitsOfOrder(keys.filter((key) => known.has(key)).length);
    for (const key of keys) known.add(key);
  }
  return bits;
}

/** What the orders of one side tell, which keep to one order, or are all sorted: nobody had to learn what sorted is. */
function bitsIn(orders: readonly (readonly string[])[], isLaw: boolean): number {
  const isAll = isLaw || orders.every((keys) => isSorted(keys, compareText));
  return isAll ? orders.reduce((sum, keys) => sum + bitsOfOrder(keys.length), 0) : repeatedBits(orders);
}

/** The keys of both sides wherever they have the same ones. */
function ordersIn(places: readonly TreePair[]): (readonly [a: string[], b: string[]])[] {
  return places.flatMap(({ a, b }) => {
    if (a.kind !== 'object' || b.kind !== 'object' || a.members.length !== b.members.length) return [];
    const [x, y] = [a, b].map((one) => one.members.map(({ key }) => key)) as [string[], string[]];
    const known = new Set(y);
    return x.length > 1 && x.every((key) => known.has(key)) ? [[x, y] as const] : [];
  });
}

/** So many keys are not sorted by chance in every sample. */
const minSorted = 4;

const lawAdvice: Readonly<Record<Law, (reference: string) => string>> = {
  bytes: () =>
    'its keys are sorted by their bytes, as of a Go map, a BTreeMap or sort_keys=True in Python: use a struct or an ordered map',
  numbers: () =>
    'its keys are sorted as numbers, as of a JavaScript object: keep such a table in a Map, and write a list of entries',
  declared: (reference) => `declare the fields in the order that ${reference} has; maps are sorted by key in Go`,
};

const rule: DriftRule<Order> = {
  id: 'key-order',
  classes: ['int-key-order'],
  classOf: ({ laws }) => (laws[0] === 'numbers' ? 'int-key-order' : 'key-order'),
  learns: true,
  kinds: alike('object'),
  locate(a, b) {
    if (a.kind !== 'object' || b.kind !== 'object' || a.members.length !== b.members.length) return null;
    if (hasSameKeys(a, b)) return null;
    const keys = uniqueKeys(b);
    if (uniqueKeys(a) === null || keys === null || !a.members.every((one) => keys.has(one.key))) return null;
    return orderOf([...keys], lawsOf([...keys], a.members));
  },
  rewrite: (a, order) => (a.kind === 'object' ? { kind: 'object', members: inOrder(a.members, order) } : a),
  unite(found) {
    const laws = found[0]!.laws.filter((law) => found.every((one) => one.laws.includes(law)));
    const keys = laws[0] === 'declared' ? uniteOrders(found.map((one) => one.keys)) : found[0]!.keys;
    return keys === null ? null : orderOf(keys, laws);
  },
  // Where the reference has no order of its own, that of the candidate may be chance, too.
  confirm(order, places) {
    const orders = new Map<string, string[]>();
    for (const { a } of places) {
      const keys = a.kind === 'object' ? a.members.map((one) => one.key) : [];
      orders.set(keys.join('\0'), keys);
    }
    const isShuffled = uniteOrders([...orders.values()]) === null;
    const both = ordersIn(places);
    const candidate = bitsIn(
      both.map(([, keys]) => keys),
      order.laws[0] !== 'declared',
    );
    const reference = isShuffled
      ? 0
      : bitsIn(
          both.map(([keys]) => keys),
          false,
        );
    return { ...order, isShuffled, bits: candidate + reference };
  },
  isDoubtful: ({ isShuffled, laws, keys, bits }) =>
    bits < minBits || (isShuffled && (laws[0] === 'declared' || keys.length < minSorted)),
  owns: () => 'order',
  terms: ({ laws }) => ({ laws }),
  fixes: ({ laws }, names) => [
    { target: names.candidate, text: lawAdvice[laws[0]!](names.reference) },
    { target: names.reference, text: 'or nothing: the order of keys has no meaning in JSON (RFC 8259)' },
  ],
};

export const keyOrder = defineClass({
  id: 'key-order',
  title: 'the same members, in another order',
  severity: 'cosmetic',
  pass: 'key-order',
  evidence: 'observed',
  observedBetween: 'axum and Go net/http',
  page: {
    what: 'Both objects have the same members, written in another order.',
    example: [
      ['Rust (struct)', '{"name":"n","id":1}'],
      ['Go (map)', '{"id":1,"name":"n"}'],
    ],
    why: [
      ['Go', 'maps are written sorted by key, structs in order of declaration'],
      ['Rust', 'structs in order of declaration, serde_json::Map sorted unless preserve_order is on'],
    ],
    breaks:
      'Hashes, signatures and golden files over the bytes; and readers that stop at the first member they look for.',
    fix: [
      ['both', 'declare the fields in one order, or sign a canonical form (RFC 8785)'],
      ['Go', 'a struct in place of a map, its fields in the order of the other side'],
      ['Rust', 'a struct, or serde_json with the feature preserve_order'],
    ],
    proof: 'One order of keys that fits all samples must give the candidate body.',
    flips: [
      'serde_json with the feature preserve_order keeps the order of insertion',
      'Go with encoding/json/v2 writes maps in random order unless Deterministic(true)',
      'Jackson 3 sorts properties by name',
    ],
    sources: ['https://www.rfc-editor.org/rfc/rfc8259', 'https://www.rfc-editor.org/rfc/rfc8785'],
  },
  rule,
});
