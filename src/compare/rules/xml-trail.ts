import { minListDepth } from '../limits.ts';
import type { Trail } from './trail.ts';

/** No pattern names it: only `*` and `**` match it. */
const anyIndex = '\0';

/**
 * A trail for XML: an element that is there once is a list of one, so the pattern of `/order/item/0/price` with `*` for the index matches `/order/item/price` too. An index
 * that a pattern names matches that item only.
 */
export function xmlTrail<T>(trail: Trail<T>): Trail<T> {
  return united(new Set([trail]), 0);
}

function united<T>(trails: ReadonlySet<Trail<T>>, depth: number): Trail<T> {
  const all = [...trails];
  return {
    here: [...new Set(all.flatMap(({ here }) => here))],
    ends: all.every(({ ends }) => ends),
    below: (token) => united(steppedAll(trails, token, depth), Math.min(depth + 1, minListDepth)),
  };
}

function steppedAll<T>(trails: ReadonlySet<Trail<T>>, token: string, depth: number): ReadonlySet<Trail<T>> {
  const found = new Set<Trail<T>>();
  for (const trail of trails) {
    found.add(trail.below(token));
    if (depth >= minListDepth && !isIndex(token)) found.add(trail.below(anyIndex).below(token));
  }
  return found;
}

function isIndex(token: string): boolean {
  return /^\d/.test(token);
}
