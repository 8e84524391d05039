import { isJsonType, isXmlType } from '../compare/headers/media-type.ts';
import { maxReadLength } from '../compare/limits.ts';
import { bodyOf, jsonOf, treeOf } from '../compare/media/body-content.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import type { Response } from '../http/exchange.ts';
import { pointerShape } from '../json/pointer.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { shortHash } from '../structures/short-hash.ts';
import { elementShape } from '../xml/place-shape.ts';
import type { Placed } from './place.ts';

const hashLength = 5;

/** What stands for the shape of a pointer into a JSON body, or for what is named instead of one: the same for each item, and nothing that could be read. */
export const shapeHash = memoizeBounded(10_000, (shape: string) => shortHash(shape, hashLength));

/** Stands for a body that is not empty, where the shape of a pointer stands for a place in one. */
export const anyBody = 'body';

/** The same for a header, by its name as pointers have it. */
export function headerShape(name: string): string {
  return `header ${name}`;
}

/** The same for an element or attribute of an XML body. */
export function markupShape(pointer: string): string {
  return `xml ${elementShape(pointer)}`;
}

/** Behind the hash of a place at which null will do: one side said null there. */
export const nullMark = '-';

/**
 * What must be there in an answer of the reference for a divergence to show, by `shapeHash`. Where one side alone had something, that both
 * lack it is agreement: then it is only what that was in, and an item where the reference had one more. Of anything else both had
 * something: it is the place itself. Null where nothing need come again: of what only one side said at all, and where the reference failed.
 */
export function hashAround({ divergence, compared }: Placed): string | null {
  const outcome = compared.reference.exchanges[divergence.exchange]?.outcome;
  if (outcome?.kind !== 'response' || outcome.status >= 500) return null;
  const { facet, kind, pointer } = divergence;
  const isOneSided = kind === 'missing' || kind === 'extra';
  if (facet === 'headers') return isOneSided ? null : shapeHash(headerShape(pointer.slice(1)));
  if (facet !== 'body' || (isOneSided && pointer === '')) return null;
  const format = formatOf(outcome);
  if (format === null) return shapeHash(anyBody);
  if (format === 'json') return hashInJson(divergence);
  return shapeHash(markupShape(isOneSided ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer));
}

function hashInJson({ kind, rung, pointer, reference, candidate }: Divergence): string {
  const shape = pointerShape(pointer);
  if (kind === 'order') return shapeHash(rung === 'value' ? `${shape}/*` : shape);
  const isLess = kind === 'missing' && shape.endsWith('/*');
  if (isLess) return shapeHash(shape);
  if (kind === 'missing' || kind === 'extra') return shapeHash(shape.slice(0, shape.lastIndexOf('/')));
  return `${shapeHash(shape)}${reference === 'null' || candidate === 'null' ? nullMark : ''}`;
}

/** What a body can be read as, to look for places in it. A body of several divergences is read once. */
const formatOf = memoizeBounded(16, (outcome: Response): 'json' | 'xml' | null => {
  if (outcome.body.length > maxReadLength) return null;
  const body = bodyOf(outcome.headers, outcome.body);
  if (body.bytes.length > maxReadLength) return null;
  if (isXmlType(body.type)) return treeOf(body)?.isXml ? 'xml' : null;
  return isJsonType(body.type) && jsonOf(body) !== null ? 'json' : null;
});
