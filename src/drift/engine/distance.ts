import type { JsonNode } from '../../json/tree.ts';
import { type ArrayNode, looseItems, pairItems } from '../kit/array-alignment.ts';
import { unknownText, unknownValue } from '../kit/node-predicates.ts';
import { isSame } from '../kit/tree-equal.ts';

/** Leaves in a tree, an empty container counting as one. */
export function size(node: JsonNode): number {
  if (node.kind === 'object') return Math.max(1, sum(node.members.map((one) => size(one.value))));
  return node.kind === 'array' ? Math.max(1, sum(node.items.map(size))) : 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** A seat that is held for a value is not proved, but less unexplained than any leaf. */
const seat = 0.25;

/** How many leaves of two trees have no equal leaf at the same place on the other side, items lined up. Linear in their sizes. */
export function distance(a: JsonNode, b: JsonNode): number {
  if (a === unknownValue || a === unknownText) return seat;
  if (a.kind === 'object' && b.kind === 'object') return membersApart(a, b);
  if (a.kind === 'array' && b.kind === 'array') return itemsApart(a, b);
  return isSame(a, b) ? 0 : size(a) + size(b);
}

/** Items in another order count as one leaf: what is in order is nearer. */
function itemsApart(a: ArrayNode, b: ArrayNode): number {
  const { alone, moved } = looseItems(a, b);
  let apart = sum(alone.map(size)) + Number(moved);
  for (const pair of pairItems(a, b)) apart += distance(pair.a, pair.b);
  return apart;
}

type ObjectNode = Extract<JsonNode, { kind: 'object' }>;

function membersApart(a: ObjectNode, b: ObjectNode): number {
  const open = new Map(b.members.map((one) => [one.key, one.value]));
  let apart = Math.max(0, a.members.length - new Set(a.members.map((one) => one.key)).size);
  for (const { key, value } of a.members) {
    const partner = open.get(key);
    open.delete(key);
    apart += partner === undefined ? size(value) : distance(value, partner);
  }
  return apart + sum([...open.values()].map(size));
}
