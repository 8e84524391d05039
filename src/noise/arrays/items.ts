import { trailOf, walkTrail } from '../../compare/rules/pointer-matcher.ts';
import { items, type JsonDocument, Kind, members } from '../../json/document.ts';
import { pointerShape, pointerToken } from '../../json/pointer.ts';
import { sourceText, stringText } from '../../json/text.ts';
import { maxDigits, maxValues } from '../limits.ts';

/** What an item of a list says, each value in one spelling: by the shapes of the pointers from the item to each of its scalars, not those in arrays. */
export type Item = ReadonlyMap<string, string>;

/** The items of the lists at a place; null where something else is there, or too much. */
export function itemsAt(document: JsonDocument, list: string): Item[] | null {
  const found: Item[] = [];
  let left = maxValues;
  let areLists = true;
  walkTrail(document, trailOf([{ pointer: list, rule: true }]), (node) => {
    areLists &&= document.kind[node] === Kind.array;
    for (const item of areLists && left > 0 ? items(document, node) : []) {
      const says = new Map<string, string>();
      scalarsBelow(document, item, (below, text) => says.set(below, text));
      left -= 1 + says.size;
      found.push(says);
    }
    return false;
  });
  return areLists && left > 0 ? found : null;
}

function spelled(document: JsonDocument, node: number): string {
  if (document.kind[node] === Kind.string) return JSON.stringify(stringText(document, node));
  const source = sourceText(document, node);
  return document.kind[node] === Kind.number && source.length <= maxDigits ? String(Number(source)) : source;
}

/** No further down: an object in an object, and so on. */
const deepest = 32;

interface Below {
  readonly node: number;
  readonly below: string;
  readonly depth: number;
}

function scalarsBelow(document: JsonDocument, item: number, take: (below: string, text: string) => void): void {
  const left: Below[] = [{ node: item, below: '', depth: 0 }];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    const { node, below, depth } = at;
    if (document.kind[node]! < Kind.array) take(below, spelled(document, node));
    if (document.kind[node] !== Kind.object || depth === deepest) continue;
    for (const [key, value] of members(document, node).reverse()) {
      const token = pointerShape(`/${pointerToken(stringText(document, key))}`);
      left.push({ node: value, below: below + token, depth: depth + 1 });
    }
  }
}
