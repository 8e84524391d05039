import { childCount, type JsonDocument, Kind } from '../json/document.ts';
import { sameNumber } from '../json/number.ts';
import { sameKind, sameString, sourceText, stringText } from '../json/text.ts';
import { childrenOf } from './tree-layout.ts';

/** Deeper than this two values are not looked into. */
const deepest = 8;

/**
 * Whether two nodes of a document surely mean different things. False also where it would take more than one look side by side to
 * tell: members in another order, values nested deep.
 */
export function differ(document: JsonDocument, a: number, b: number, depth = 0): boolean {
  const [kindA, kindB] = [document.kind[a]!, document.kind[b]!];
  if (!sameKind(kindA, kindB)) return true;
  if (kindA === Kind.string) return !sameString(document, a, document, b);
  if (kindA === Kind.number) return !sameNumber(sourceText(document, a), sourceText(document, b));
  if (kindA < Kind.array) return kindA !== kindB;
  if (childCount(document, a) !== childCount(document, b)) return true;
  return depth < deepest && childrenDiffer(document, [a, b], depth + 1);
}

function childrenDiffer(document: JsonDocument, [a, b]: readonly [number, number], depth: number): boolean {
  const pairs = pairsOf(document, a, b);
  if (document.kind[a] === Kind.array) return pairs.some(([x, y]) => differ(document, x, y, depth));
  const sameKeys = pairs.every(([x, y]) => stringText(document, x - 1) === stringText(document, y - 1));
  return sameKeys && pairs.some(([x, y]) => differ(document, x, y, depth));
}

function pairsOf(document: JsonDocument, a: number, b: number): [number, number][] {
  const others = [...childrenOf(document, b)];
  return [...childrenOf(document, a)].map((child, at) => [child, others[at]!]);
}
