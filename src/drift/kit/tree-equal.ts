import type { JsonNode } from '../../json/tree.ts';

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
