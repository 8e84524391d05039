import { pointerToken } from '../json/pointer.ts';

/** Where a pair of nodes stands in either document. */
export interface Place {
  /** JSON Pointers (RFC 6901) on either side: one text, but where paired items have other indices. */
  readonly a: string;
  readonly b: string;
  readonly depth: number;
  /** The pointers had grown too long and end at an ancestor. */
  readonly cut: boolean;
}

export const rootPlace: Place = { a: '', b: '', depth: 0, cut: false };

/** A hostile body nests a million levels or has keys of a megabyte: a longer pointer would cost more than it tells. */
const longestPointer = 4000;

/** The place of a member (its key) or of an item (its index on either side) of the container at `place`. */
export function below(place: Place, a: string | number, b: string | number = a): Place {
  const depth = place.depth + 1;
  if (place.cut) return { ...place, depth };
  const pointer = `${place.a}/${pointerToken(a)}`;
  const twin = a === b && place.a === place.b ? pointer : `${place.b}/${pointerToken(b)}`;
  if (pointer.length > longestPointer || twin.length > longestPointer) return { ...place, depth, cut: true };
  return { a: pointer, b: twin, depth, cut: false };
}
