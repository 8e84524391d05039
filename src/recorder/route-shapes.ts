import type { RecordedExchange } from '../recorded/format.ts';
import { maxRouteChildren, maxRoutePlaces } from './limits.ts';
import { splitTarget } from './values.ts';

/** Knows which segments of paths are values: identifiers by their form, and those of which there are very many at one place. */
export class RouteShapes {
  /** By the shape of what is before it, the segments at a place. */
  readonly #places = new Map<string, Set<string>>();

  /** The exchange with `0` for each segment of its path that is a value. */
  shaped(exchange: RecordedExchange): RecordedExchange {
    const { path, query } = splitTarget(exchange.request.path);
    let shape = `${exchange.request.method} `;
    const segments = path.split('/').map((segment) => {
      const kind = isValue(segment) || this.#isOneOfMany(shape, segment) ? '0' : segment;
      shape += `/${kind}`;
      return kind;
    });
    const target = query === '' ? segments.join('/') : `${segments.join('/')}?${query}`;
    return { ...exchange, request: { ...exchange.request, path: target } };
  }

  #isOneOfMany(place: string, segment: string): boolean {
    const known = this.#places.get(place);
    if (known === undefined) {
      if (this.#places.size >= maxRoutePlaces) return true;
      this.#places.set(place, new Set([segment]));
      return false;
    }
    if (known.size <= maxRouteChildren) known.add(segment);
    return known.size > maxRouteChildren;
  }
}

/** Numbers, hexadecimal identifiers and UUIDs, and long words with many digits. */
function isValue(segment: string): boolean {
  return (
    /^\d+$|^[\da-f-]{16,}$|^\$\{\w+\}$/i.test(segment) ||
    (segment.length >= 12 && (segment.match(/\d/g)?.length ?? 0) >= 4)
  );
}
