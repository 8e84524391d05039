import type { JsonNode } from '../json/tree.ts';
import { unknownText, unknownValue } from './likeness.ts';

/** Two trees are spelled alike, order of members included. */
export function isSame(a: JsonNode, b: JsonNode): boolean {
  if (a === b) return true;
  if (a.kind === 'object')
    return (
      b.kind === 'object' &&
      a.members.length === b.members.length &&
      a.members.every((one, i) => one.raw === b.members[i]!.raw && isSame(one.value, b.members[i]!.value))
    );
  if (a.kind === 'array')
    return (
      b.kind === 'array' && a.items.length === b.items.length && a.items.every((one, i) => isSame(one, b.items[i]!))
    );
  return b.kind === a.kind && a.raw === (b as typeof a).raw;
}

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

/** How many leaves of two trees have no equal leaf at the same place on the other side. Linear in their sizes. */
export function distance(a: JsonNode, b: JsonNode): number {
  if (a === unknownValue || a === unknownText) return seat;
  if (a.kind === 'object' && b.kind === 'object') return membersApart(a, b);
  if (a.kind === 'array' && b.kind === 'array') {
    const longer = a.items.length > b.items.length ? a.items : b.items;
    return sum(
      longer.map((_, i) => {
        const [x, y] = [a.items[i], b.items[i]];
        return x === undefined || y === undefined ? size(x ?? y!) : distance(x, y);
      }),
    );
  }
  return isSame(a, b) ? 0 : size(a) + size(b);
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
