import { pointerShape } from '../json/pointer.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { shortHash } from '../structures/short-hash.ts';
import { steadyShape } from '../xml/place-shape.ts';
import { detailOf } from './identity.ts';
import type { Placed } from './place.ts';
import { isMarkup } from './step.ts';

/** Characters of a key: a row has some hundred keys at most, so that two of them are hardly ever equal. */
const keyLength = 5;

const hashed = memoizeBounded(4096, (text: string) => shortHash(text, keyLength));

/**
 * What a divergence is, whatever class explains it: a hash of its route, the status of the reference, facet, pointer shape and kind. It
 * depends on no value, no array index, and on nothing that is learned from other answers.
 */
export function divergenceKey({
  compared,
  divergence,
  route,
}: Pick<Placed, 'compared' | 'divergence' | 'route'>): string {
  const outcome = compared.reference.exchanges[divergence.exchange]?.outcome;
  const status = outcome?.kind === 'response' ? outcome.status : null;
  const { facet, pointer } = divergence;
  const isElement = facet === 'body' && isMarkup(compared, divergence.exchange);
  const shape = isElement ? steadyShape(pointer) : pointerShape(pointer);
  return hashed(JSON.stringify([route, status, facet, shape, detailOf(divergence)]));
}
