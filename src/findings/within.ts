import { bodyOf, jsonOf, longestRead } from '../compare/content.ts';
import { isJsonType } from '../compare/media.ts';
import { pointerShape } from '../json/pointer.ts';
import type { Exchange } from '../replay/exchange.ts';
import { lately } from '../structures/lately.ts';
import { shortHash } from '../structures/short-hash.ts';
import type { Placed } from './place.ts';

const hashLength = 5;

/** What stands for the shape of a pointer into a JSON body: the same for each of its items, and nothing that could be read. */
export const shapeHash = lately(10_000, (shape: string) => shortHash(shape, hashLength));

/**
 * What must be there in a JSON body of the reference for a divergence to show, by `shapeHash`: the list or object that it is in, and an
 * item where it is about one that the reference has, or about the order of items. Null of other bodies, of what differs as a whole, and
 * where the reference failed: that need not come again.
 */
export function hashAround({ divergence, compared }: Placed): string | null {
  const outcome = compared.reference.exchanges[divergence.exchange]?.outcome;
  if (divergence.facet !== 'body' || outcome === undefined || !isJson(outcome)) return null;
  const shape = pointerShape(divergence.pointer);
  if (divergence.kind === 'order') return shapeHash(divergence.rung === 'value' ? `${shape}/*` : shape);
  if (shape === '') return null;
  const isOfItem = shape.endsWith('/*') && divergence.kind !== 'extra';
  return shapeHash(isOfItem ? shape : shape.slice(0, shape.lastIndexOf('/')));
}

/** A body of several divergences is read once. */
const isJson = lately(16, (outcome: Exchange['outcome']): boolean => {
  if (outcome.kind !== 'response' || outcome.status >= 500 || outcome.body.length > longestRead) return false;
  const body = bodyOf(outcome.headers, outcome.body);
  return isJsonType(body.type) && body.bytes.length <= longestRead && jsonOf(body) !== null;
});
