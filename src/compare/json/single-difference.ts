import type { JsonDocument } from '../../json/document.ts';

/** An item of two arrays, by its nodes and its index. */
interface Item {
  readonly a: number;
  readonly b: number;
  readonly index: number;
}

/** The one item in which two arrays of the same length differ, or none; null where more differ, or the lengths do. */
export function singleDifference(
  [{ next: nextA }, { next: nextB }]: readonly [JsonDocument, JsonDocument],
  arrays: Pick<Item, 'a' | 'b'>,
  differs: (a: number, b: number) => boolean,
): readonly Item[] | null {
  const [endA, endB] = [nextA[arrays.a]!, nextB[arrays.b]!];
  let [a, b] = [arrays.a + 1, arrays.b + 1];
  let only: Item | null = null;
  for (let index = 0; a < endA && b < endB; a = nextA[a]!, b = nextB[b]!, index += 1) {
    if (!differs(a, b)) continue;
    if (only !== null) return null;
    only = { a, b, index };
  }
  if (a < endA || b < endB) return null;
  return only === null ? [] : [only];
}
