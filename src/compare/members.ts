import type { JsonDocument } from '../json/document.ts';
import { stringText } from '../json/text.ts';

/** The key nodes of an object by their text, in order of first appearance. */
export type Members = ReadonlyMap<string, readonly number[]>;

/** The members of the object at `node`, keys that are there twice under one entry. */
export function membersOf(document: JsonDocument, node: number): Members {
  const members = new Map<string, number[]>();
  for (let key = node + 1; key < document.next[node]!; key = document.next[key + 1]!) {
    const text = stringText(document, key);
    const keys = members.get(text);
    if (keys === undefined) members.set(text, [key]);
    else keys.push(key);
  }
  return members;
}

/**
 * How the keys of two objects differ besides presence, given that they are not the same bytes in the same order: `order` if
 * those that both have come in another order, `spelling` if they are the same all through, null if nothing is left to say.
 */
export function keyDifference(a: Members, b: Members): 'order' | 'spelling' | null {
  const common = [...a.keys()].filter((key) => b.has(key));
  const other = [...b.keys()].filter((key) => a.has(key));
  if (common.some((key, at) => key !== other[at])) return 'order';
  if (a.size !== b.size || [...a].some(([key, keys]) => b.get(key)?.length !== keys.length)) return null;
  const [sequence, otherSequence] = [inDocument(a), inDocument(b)];
  return sequence.every((key, at) => key === otherSequence[at]) ? 'spelling' : 'order';
}

/** The texts of all keys, repeated ones too, as the document has them. */
function inDocument(members: Members): string[] {
  const keys = [...members].flatMap(([text, nodes]) => nodes.map((node) => ({ text, node })));
  return keys.sort((x, y) => x.node - y.node).map((key) => key.text);
}

/** How often a key is there, for people. */
export function timesText(keys: readonly number[]): string {
  return keys.length === 1 ? 'once' : `${keys.length} times`;
}
