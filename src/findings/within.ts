import { bodyOf, jsonOf } from '../compare/content.ts';
import { pointerShape } from '../json/pointer.ts';
import type { Exchange } from '../replay/exchange.ts';
import { lately } from '../structures/lately.ts';
import { shortHash } from '../structures/short-hash.ts';
import type { Placed } from './place.ts';

const hashLength = 5;

/** What stands for the shape of a pointer into a JSON body: the same for each of its items, and nothing that could be read. */
export function shapeHash(shape: string): string {
  return shortHash(shape, hashLength);
}

/**
 * What must be there in a JSON body for a divergence to show, by `shapeHash`: the list or object that it is in, and where items differ
 * or their order does, an item. Null of other bodies, and of what differs as a whole.
 */
export function hashAround({ divergence: { exchange, facet, kind, pointer }, compared }: Placed): string | null {
  const shape = pointerShape(pointer);
  const outcome = compared.reference.exchanges[exchange]?.outcome;
  if (facet !== 'body' || outcome === undefined || !isJson(outcome)) return null;
  if (kind === 'order') return shapeHash(`${shape}/*`);
  if (shape === '') return null;
  const isOfItem = shape.endsWith('/*') && kind !== 'missing' && kind !== 'extra';
  return shapeHash(isOfItem ? shape : shape.slice(0, shape.lastIndexOf('/')));
}

/** Longer bodies are not looked into. */
const largestRead = 1 << 20;

/** A body of several divergences is read once. */
const isJson = lately(16, (outcome: Exchange['outcome']): boolean => {
  if (outcome.kind !== 'response' || outcome.body.length > largestRead) return false;
  const body = bodyOf(outcome.headers, outcome.body);
  return body.bytes.length <= largestRead && jsonOf(body) !== null;
});
