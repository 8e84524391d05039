import { membersOf } from '../compare/json/object-members.ts';
import { maxReadLength } from '../compare/limits.ts';
import { bodyOf, treeOf } from '../compare/media/body-content.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { excerptNode } from '../compare/model/excerpt.ts';
import type { Exchange } from '../http/exchange.ts';
import { items, type JsonDocument, Kind } from '../json/document.ts';
import { foldData, resolvePointer } from '../json/pointer.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import type { Forms } from './forms.ts';
import { valueKind } from './identity.ts';
import { maxKeys } from './limits.ts';
import type { Placed } from './place.ts';

/** So many times as many items as the reference has are another matter than some more. */
const flood = 10;

/**
 * What can be said of items of a JSON list that nothing explains and one side alone has, beside that there are some: that all of the
 * reference's are missing, or that the extra ones flood the list; and of what kind an extra item is, an object by its keys.
 */
export function itemForms({ compared, divergence, cause, recognised, replaced }: Placed): readonly Forms[] {
  const { facet, kind, noisy, exchange, pointer } = divergence;
  const isOther = facet !== 'body' || noisy !== undefined || (kind !== 'missing' && kind !== 'extra');
  const [, list, index] = /^(.*)\/(\d+)$/s.exec(pointer) ?? [];
  if (isOther || cause !== null || recognised !== null || replaced !== null || list === undefined) return [];
  const [a, b] = [compared.reference, compared.candidate].map(({ exchanges }) =>
    readingOf(exchanges[exchange]!.outcome),
  );
  const there = a?.itemsAt(list);
  if (a == null || b == null || there == null) return [];
  const count = countsOf(compared.comparison.divergences).get(keyOf(divergence, list)) ?? 0;
  if (kind === 'missing') {
    const isEmptied = !/\/\d+(?:\/|$)/.test(list) && b.itemsAt(list)?.length === 0;
    return [['items:', ['missing', ...(isEmptied || count >= there.length ? ['all missing'] : [])]]];
  }
  const isFlood = count >= flood * Math.max(1, there.length);
  const extra = extraForms(divergence, b.document, b.itemsAt(list)?.[Number(index)]);
  return [['items:', [...extra, ...(isFlood ? ['extra many times as many'] : [])]]];
}

interface Reading {
  readonly document: JsonDocument;
  /** The nodes of a list's items; null where there is no list. */
  readonly itemsAt: (list: string) => readonly number[] | null;
}

/** An answer of many divergences is read once. */
const readingOf = memoizeBounded(4, (outcome: Exchange['outcome']): Reading | null => {
  if (outcome.kind !== 'response' || outcome.body.length > maxReadLength) return null;
  const body = bodyOf(outcome.headers, outcome.body);
  const document = body.bytes.length > maxReadLength ? null : treeOf(body);
  if (document === null) return null;
  const itemsAt = memoizeBounded(16, (list: string) => {
    const node = resolvePointer(document, list);
    return node !== null && document.kind[node] === Kind.array ? items(document, node) : null;
  });
  return { document, itemsAt };
});

/** How many items each list has on one side alone. */
const countsOf = memoizeBounded(4, (divergences: readonly Divergence[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const one of divergences) {
    const key = keyOf(one, one.pointer.slice(0, Math.max(0, one.pointer.lastIndexOf('/'))));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
});

function keyOf({ exchange, facet, kind }: Divergence, list: string): string {
  return `${exchange} ${facet} ${kind} ${list}`;
}

/** The candidate may have the item elsewhere, where lists stand in lists: the node counts where it is what the divergence shows. */
function extraForms({ candidate }: Divergence, document: JsonDocument, node: number | undefined): string[] {
  const kind = `extra ${valueKind(candidate)}`;
  if (node === undefined || document.kind[node] !== Kind.object || excerptNode(document, node) !== candidate)
    return [kind];
  const keys = new Set([...membersOf(document, node).keys()].map(foldData));
  return [
    kind,
    ...[...keys]
      .sort()
      .slice(0, maxKeys)
      .map((key) => `extra with ${key}`),
  ];
}
