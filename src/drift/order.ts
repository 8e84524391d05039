import type { JsonMember } from '../json/tree.ts';
import { pushTo } from './maps.ts';
import { uniqueKeys } from './nodes.ts';
import type { DriftRule } from './rule.ts';

interface Order {
  /** The candidate's keys, in its order. */
  readonly keys: readonly string[];
  /** The place of each key in it. */
  readonly places: ReadonlyMap<string, number>;
}

function orderOf(keys: readonly string[]): Order {
  return { keys, places: new Map(keys.map((key, at) => [key, at])) };
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

function inOrder(members: readonly JsonMember[], { places }: Order): JsonMember[] {
  const place = (member: JsonMember) => places.get(member.key) ?? places.size;
  return [...members].sort((x, y) => place(x) - place(y));
}

const keyOrder: DriftRule<Order> = {
  id: 'key-order',
  learns: true,
  locate(a, b) {
    if (a.kind !== 'object' || b.kind !== 'object' || a.members.length !== b.members.length) return null;
    const keys = uniqueKeys(b);
    if (uniqueKeys(a) === null || keys === null || !a.members.every((one) => keys.has(one.key))) return null;
    return a.members.every((one, at) => one.key === b.members[at]!.key) ? null : orderOf([...keys]);
  },
  rewrite: (a, order) => (a.kind === 'object' ? { kind: 'object', members: inOrder(a.members, order) } : a),
  unite(found) {
    const keys = uniteOrders(found.map((one) => one.keys));
    return keys === null ? null : orderOf(keys);
  },
  owns: () => 'order',
  fixes: (_, names) => [
    {
      target: names.candidate,
      text: `declare the fields in the order that ${names.reference} has; maps are sorted by key in Go`,
    },
    { target: names.reference, text: 'or nothing: the order of keys has no meaning in JSON (RFC 8259)' },
  ],
};

export const orderRules: readonly DriftRule[] = [keyOrder];
