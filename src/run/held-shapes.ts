import { everyRoute } from '../findings/route.ts';
import { shapeHash } from '../findings/within.ts';
import { visible } from '../tracker/visible.ts';
import type { BodyPlaces } from './body-places.ts';

/** Of one route, by `shapeHash`; null where some body could not be looked into. */
type Held = ReadonlySet<string> | null;

/**
 * Says whether the reference's answers to a route, as the tracker shows it, held all of these shapes of JSON bodies, by `shapeHash`; true
 * where some body could not be looked into. What was seen is asked for once, and not before.
 */
export function heldShapes(seen: BodyPlaces['seen']): (route: string, shapes: readonly string[]) => boolean {
  let known: ReadonlyMap<string, Held> | null = null;
  return (route, shapes) => {
    if (shapes.length === 0) return true;
    known ??= hashed(seen());
    const held = known.get(route);
    return held === null || shapes.every((shape) => held?.has(shape));
  };
}

function hashed(seen: ReturnType<BodyPlaces['seen']>): ReadonlyMap<string, Held> {
  const held = new Map<string, Set<string> | null>();
  for (const [route, pointers] of seen) {
    const hashes = pointers?.map(shapeHash) ?? null;
    for (const name of [visible(route), everyRoute]) {
      const known = held.get(name);
      if (hashes === null || known === null) held.set(name, null);
      else if (known === undefined) held.set(name, new Set(hashes));
      else for (const hash of hashes) known.add(hash);
    }
  }
  return held;
}
