import { pointerShape, shapesDownTo } from '../../json/pointer.ts';
import type { JsonNode } from '../../json/tree.ts';
import { pairItems } from '../kit/array-alignment.ts';
import { isSame } from '../kit/tree-equal.ts';
import { distance, size } from './distance.ts';
import type { Residue } from './proof.ts';
import type { Sample } from './sample.ts';

/**
 * More of two trees differs than agrees: they may well be two different things, alike by chance. Among three thousand routes of
 * random bodies under one set of names, a limit of six tenths still lets none through, and one of seven tenths eight.
 */
export function isLoose(a: JsonNode, b: JsonNode): boolean {
  return distance(a, b) * 2 > size(a) + size(b) - 2 * commonplaces(a, b);
}

/** What two bodies often have in common by chance. */
const common = new Set(['null', 'true', 'false', '0', '""']);

/** Leaves at one place that are equal, and in every other body. Linear in the sizes of the trees. */
function commonplaces(a: JsonNode, b: JsonNode): number {
  if ('raw' in a) return common.has(a.raw) && isSame(a, b) ? 1 : 0;
  if (a.kind === 'array' && b.kind === 'array')
    return pairItems(a, b).reduce((sum, pair) => sum + commonplaces(pair.a, pair.b), 0);
  if (a.kind !== 'object' || b.kind !== 'object') return 0;
  const others = new Map(b.members.map((one) => [one.key, one.value]));
  return a.members.reduce((sum, { key, value }) => {
    const other = others.get(key);
    return other === undefined ? sum : sum + commonplaces(value, other);
  }, 0);
}

/** Some of the residue of a sample lies where its two bodies do not differ: the rewriting broke what was right. */
export function isHarmed({ divergences }: Sample, residue: readonly Residue[]): boolean {
  const around = new Set<string>();
  const differing = new Set(divergences.map(([, one]) => pointerShape(one.pointer)));
  for (const shape of differing) for (const outer of shapesDownTo(shape)) around.add(outer);
  return residue.some(({ shape }) => {
    if (around.has(shape)) return false;
    for (const outer of shapesDownTo(shape)) if (differing.has(outer)) return false;
    return true;
  });
}
