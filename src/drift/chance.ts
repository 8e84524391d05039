import { pointerShape } from '../json/pointer.ts';
import type { JsonNode } from '../json/tree.ts';
import { distance, size } from './distance.ts';
import type { Residue } from './proof.ts';
import type { Sample } from './sample.ts';
import { shapesDownTo } from './shapes.ts';

/** More of two trees differs than agrees: they may well be two different things, alike by chance. */
export function isLoose(a: JsonNode, b: JsonNode): boolean {
  return distance(a, b) * 2 > size(a) + size(b);
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
