import type { JsonDocument } from '../../json/document.ts';
import { pointerToken } from '../../json/pointer.ts';
import { stringText } from '../../json/text.ts';
import { maxPointerLength } from '../limits.ts';

/** Where a pair of nodes stands in either document. */
export interface Location {
  /** JSON Pointers (RFC 6901) on either side: one text, but where paired items have other indices. */
  readonly a: string;
  readonly b: string;
  readonly depth: number;
  /** The pointers had grown too long and end at an ancestor. */
  readonly cut: boolean;
}

export const rootLocation: Location = { a: '', b: '', depth: 0, cut: false };

/** The place of a member (its key) or of an item (its index on either side) of the container at `place`. */
export function below(place: Location, a: string | number, b: string | number = a): Location {
  const depth = place.depth + 1;
  if (place.cut) return { a: place.a, b: place.b, depth, cut: true };
  const pointer = `${place.a}/${pointerToken(a)}`;
  const twin = a === b && place.a === place.b ? pointer : `${place.b}/${pointerToken(b)}`;
  if (pointer.length > maxPointerLength || twin.length > maxPointerLength)
    return { a: place.a, b: place.b, depth, cut: true };
  return { a: pointer, b: twin, depth, cut: false };
}

/** The place of the member whose key is the node `key`. */
export function belowKey(place: Location, document: JsonDocument, key: number): Location {
  const most = 2 * (document.end[key]! - document.start[key]!);
  const room = roomOf(place) - most;
  if (room < 0) return below(place, stringText(document, key));
  return new LazyPlace({ outer: place, room, step: { document, key } });
}

/** The place of an item by its index on either side. */
export function belowItem(place: Location, a: number, b: number): Location {
  const room = roomOf(place) - 11;
  return room < 0 ? below(place, a, b) : new LazyPlace({ outer: place, room, step: { a, b } });
}

/** How many characters a pointer may grow, at least. */
function roomOf(place: Location): number {
  if (place instanceof LazyPlace) return place.room;
  return place.cut ? -1 : maxPointerLength - Math.max(place.a.length, place.b.length);
}

type Step = { readonly a: number; readonly b: number } | { readonly document: JsonDocument; readonly key: number };

/** Writes its pointers when somebody asks for them: of all places that are looked at, few have anything to show. */
class LazyPlace implements Location {
  readonly room: number;
  readonly depth: number;
  readonly cut = false;
  readonly #outer: Location;
  readonly #step: Step;
  #written: Location | null = null;

  constructor({ outer, room, step }: { outer: Location; room: number; step: Step }) {
    this.room = room;
    this.depth = outer.depth + 1;
    this.#outer = outer;
    this.#step = step;
  }

  get a(): string {
    return this.#write().a;
  }

  get b(): string {
    return this.#write().b;
  }

  /** From the outermost place that is not written yet inwards: places nest a thousand deep. */
  #write(): Location {
    if (this.#written !== null) return this.#written;
    const unwritten: LazyPlace[] = [];
    let place: Location = this;
    while (place instanceof LazyPlace && place.#written === null) {
      unwritten.push(place);
      place = place.#outer;
    }
    let written: Location = place;
    for (let one = unwritten.pop(); one !== undefined; one = unwritten.pop()) {
      written = one.#below(written);
      one.#written = written;
    }
    return written;
  }

  #below(written: Location): Location {
    if ('key' in this.#step) return below(written, stringText(this.#step.document, this.#step.key));
    return below(written, this.#step.a, this.#step.b);
  }
}
