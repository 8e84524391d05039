import { excerptSource } from '../compare/model/excerpt.ts';
import { items, type JsonDocument, Kind, members } from '../json/document.ts';
import { pointerTokens, resolvePointer } from '../json/pointer.ts';
import { stringText } from '../json/text.ts';
import { maxNeighbourLength } from './limits.ts';

/** A place that is not further from the beginning than this, in bytes, is shown from there. */
const nearBeginning = 200;

/** A member or an item of a container. */
interface Child {
  /** The byte at which it begins: a member with its key. */
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/**
 * Takes a document, a pointer to a place that it need not have, and the document of the other side; returns the source around the place
 * with `…` for what is left out, or null if the place is near the beginning. What is returned begins at a member or an item, never
 * within a text: what is hidden by its name has it before it.
 */
export function excerptAround(document: JsonDocument, pointer: string, other: JsonDocument): string | null {
  if (pointer === '') return null;
  const outer = pointer.slice(0, pointer.lastIndexOf('/'));
  const container = resolvePointer(document, outer);
  if (container === null) return excerptAround(document, outer, other);
  const children = childrenOf(document, container);
  const beyond = resolvePointer(other, outer);
  const name = pointerTokens(pointer)?.at(-1) ?? '';
  const at = placeAmong(children, beyond === null ? [] : childrenOf(other, beyond), name);
  const [before, own] = [children[at - 1], children[at]];
  const inside = document.start[container]!;
  if ((own?.start ?? before?.end ?? inside) <= nearBeginning) return null;
  const isShort = before !== undefined && before.end - before.start <= maxNeighbourLength;
  return excerptSource(document, (isShort ? before : (own ?? before))?.start ?? inside);
}

function childrenOf(document: JsonDocument, container: number): readonly Child[] {
  const { start, end } = document;
  if (document.kind[container] === Kind.array)
    return items(document, container).map((item, at) => ({ start: start[item]!, end: end[item]!, name: String(at) }));
  if (document.kind[container] !== Kind.object) return [];
  return members(document, container).map(([key, value]) => ({
    start: start[key]!,
    end: end[value]!,
    name: stringText(document, key),
  }));
}

/** The index of the place among the children; where it is not, that behind the nearest neighbour that it has on the other side. */
function placeAmong(children: readonly Child[], others: readonly Child[], name: string): number {
  const found = children.findLastIndex((child) => child.name === name);
  if (found >= 0) return found;
  const places = new Map(children.map((child, at) => [child.name, at]));
  const before = others.slice(
    0,
    Math.max(
      0,
      others.findLastIndex((child) => child.name === name),
    ),
  );
  const neighbour = before.findLast((child) => places.has(child.name));
  return neighbour === undefined ? 0 : places.get(neighbour.name)! + 1;
}
