import { type JsonDocument, Kind } from '../../json/document.ts';
import { isBroken, sourceText, stringText } from '../../json/text.ts';
import type { CapturePlace } from '../captures/captured-values.ts';
import { excerptNode, shorten } from '../model/excerpt.ts';
import type { JsonOptions } from './json-options.ts';
import type { Pair } from './pair-stack.ts';

/** Texts that are the same on both sides, and may be a value of one side's own: its origin, or what it captured. */
export interface ForeignNodes {
  /** There is such a text at or below a node of either document. */
  readonly mayHold: (a: number, b: number) => boolean;
  /** One side shows what is the other side's. */
  readonly isCrossed: (pair: Pair) => boolean;
  /** What to show of a text on both sides that is a value of one side's own; null if it is nobody's, or may be both sides'. */
  readonly shownAt: (pair: Pair) => readonly [reference: string, candidate: string] | null;
}

export const noForeignNodes: ForeignNodes = { mayHold: () => false, isCrossed: () => false, shownAt: () => null };

type Two = readonly [reference: JsonDocument, candidate: JsonDocument];

/** Looks for such texts in two documents. */
export function foreignNodes(documents: Two, isForeign: NonNullable<JsonOptions['isForeign']>): ForeignNodes {
  const isSuspect = (side: 0 | 1) => (node: number) => {
    const text = textAt(documents[side], node);
    return text !== null && isForeign(text, { isWhole: isNumber(documents[side], node) }) !== null;
  };
  const ownerOf = (pair: Pair, side: 0 | 1 = 0) => {
    const node = side === 0 ? pair.a : pair.b;
    const text = textAt(documents[side], node);
    return text === null ? null : isForeign(text, capturePlace(pair, isNumber(documents[side], node)));
  };
  const suspects = [suspectNodes(documents[0], isSuspect(0)), suspectNodes(documents[1], isSuspect(1))] as const;
  return {
    isCrossed: (pair) => ownerOf(pair) === 'candidate' || ownerOf(pair, 1) === 'reference',
    mayHold: (a, b) => holds(suspects[0], a, documents[0].next[a]!) || holds(suspects[1], b, documents[1].next[b]!),
    shownAt: (pair) => {
      const owner = ownerOf(pair);
      return owner === null ? null : shownSides(excerptNode(documents[0], pair.a), owner);
    },
  };
}

/** One text as each side shows it, with the side that shows what is not its own. */
export function shownSides(text: string, owner: 'reference' | 'candidate'): readonly [string, string] {
  const other = shorten(`${shorten(text, 150)} (of the other target)`);
  return owner === 'reference' ? [text, other] : [other, text];
}

function isNumber(document: JsonDocument, node: number): boolean {
  return document.kind[node] === Kind.number;
}

function textAt(document: JsonDocument, node: number): string | null {
  if (document.kind[node] === Kind.number) return sourceText(document, node);
  return document.kind[node] === Kind.string && !isBroken(document, node) ? stringText(document, node) : null;
}

function suspectNodes(document: JsonDocument, isSuspect: (node: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (let node = 0; node < document.size; node += 1) if (isSuspect(node)) found.push(node);
  return found;
}

/** Whether one of the sorted nodes is in a range. */
function holds(nodes: readonly number[], from: number, end: number): boolean {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low < nodes.length && nodes[low]! < end;
}

/** The name of the member that a pair of values is in: of an item of a list, that of the list. */
export function capturePlace({ place }: Pick<Pair, 'place'>, isWhole: boolean): CapturePlace {
  const names = place.a
    .split('/')
    .slice(1)
    .filter((token) => !/^\d+$/.test(token));
  const member = (names.at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
  return { member, isWhole };
}
