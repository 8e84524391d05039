import { everyRoute } from '../findings/route.ts';
import { markupShape, nullMark, shapeHash } from '../findings/within.ts';
import { visible } from '../tracker/rows/escape.ts';
import type { AnswerParts } from './answer-parts.ts';
import type { BodyPlaces } from './body-places.ts';

/** Of one route, by `shapeHash`, whether there was nothing but null; null where some body could not be looked into. */
type Held = Map<string, boolean> | null;
type Noted = readonly (readonly [hash: string, isNull: boolean])[] | null;

interface Seen {
  readonly places: BodyPlaces['seen'];
  /** Places in XML bodies. */
  readonly markup: BodyPlaces['seen'];
  readonly parts: AnswerParts['seen'];
}

/**
 * Says whether the reference's answers to a route, as the tracker shows it, held all of what these stand for (see `hashAround`); true
 * where some body could not be looked into. What was seen is asked for once, and not before.
 */
export function heldShapes(seen: Seen): (route: string, shapes: readonly string[]) => boolean {
  let known: ReadonlyMap<string, Held> | null = null;
  return (route, shapes) => {
    if (shapes.length === 0) return true;
    known ??= hashed(seen);
    const held = known.get(route);
    return held === null || shapes.every((shape) => isHeld(held, shape));
  };
}

function isHeld(held: ReadonlyMap<string, boolean> | undefined, shape: string): boolean {
  const mayBeNull = shape.endsWith(nullMark);
  const isNull = held?.get(mayBeNull ? shape.slice(0, -nullMark.length) : shape);
  return isNull === false || (isNull === true && mayBeNull);
}

function hashed({ places, markup, parts }: Seen): ReadonlyMap<string, Held> {
  const held = new Map<string, Held>();
  const note = (route: string, shapes: Noted) => {
    for (const name of [visible(route), everyRoute]) held.set(name, joined(held.get(name), shapes));
  };
  for (const [route, found] of places())
    note(route, found?.map(({ pointer, isNull }) => [shapeHash(pointer), isNull]) ?? null);
  for (const [route, found] of markup())
    note(route, found?.map(({ pointer }) => [shapeHash(markupShape(pointer)), false]) ?? null);
  for (const [route, names] of parts())
    note(
      route,
      Array.from(names, (name) => [shapeHash(name), false]),
    );
  return held;
}

function joined(known: Held = new Map(), shapes: Noted): Held {
  if (known === null || shapes === null) return null;
  for (const [hash, isNull] of shapes) known.set(hash, isNull && known.get(hash) !== false);
  return known;
}
