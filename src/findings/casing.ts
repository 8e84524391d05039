import { readPair, type Sample } from '../drift/engine/sample.ts';
import { pairItems } from '../drift/kit/array-alignment.ts';
import type { Cause } from '../drift/kit/cause.ts';
import { commonStyle, plainName, sharedStyles, stylesBetween } from '../drift/kit/key-case.ts';
import { pushTo } from '../drift/kit/map-utils.ts';
import { uniqueKeys } from '../drift/kit/nodes.ts';
import type { JsonNode } from '../json/tree.ts';
import { maxCasingSamples, minOthers } from './limits.ts';

/** A body of one route, and what is known of it so far. */
export interface CasedSample {
  /** What it is confirmed by. */
  readonly number: number;
  readonly route: string;
  readonly sample: () => Sample;
  readonly causes: readonly Cause[];
}

type Pair = readonly [from: string, to: string];

const mended = 'key-casing';
/** What says nothing about keys, and cannot make them doubtful. */
const harmless = new Set(['key-order', 'trailing-newline']);

/** The keys are all that differs, and nothing is against it but that there is one answer of this route. */
function isAlone({ sample, causes }: CasedSample): boolean {
  const claimed = new Set(causes.flatMap((one) => one.divergences));
  return (
    causes.some((one) => one.class === mended && one.hypothesis) &&
    causes.every((one) => harmless.has(one.class) || isPlain(one)) &&
    sample().divergences.every(([index]) => claimed.has(index))
  );
}

function isPlain({ class: name, ties, against, lossy, also }: Cause): boolean {
  return (
    name === mended &&
    ties.length + against.length === 0 &&
    lossy.length === 0 &&
    also.every((one) => harmless.has(one))
  );
}

/** Keys that stand for each other in two trees, where they are not the same. */
function pairsOf(a: JsonNode, b: JsonNode): Pair[] {
  if (a.kind === 'array' && b.kind === 'array') return pairItems(a, b).flatMap((pair) => pairsOf(pair.a, pair.b));
  if (a.kind !== 'object' || b.kind !== 'object' || uniqueKeys(a) === null || uniqueKeys(b) === null) return [];
  const partners = new Map(b.members.map((one) => [plainName(one.key), one]));
  return a.members.flatMap(({ key, value }) => {
    const partner = partners.get(plainName(key));
    if (partner === undefined) return [];
    const below = pairsOf(value, partner.value);
    return key === partner.key ? below : [[key, partner.key] as const, ...below];
  });
}

/** The pairs follow this style, and no other one. */
function tells(pairs: readonly Pair[], style: string): boolean {
  const fit = sharedStyles(pairs.map(([from, to]) => stylesBetween(from, to)));
  return fit.length === 1 && fit[0] === style;
}

/**
 * The case of keys is a setting of a whole API. One answer of a route makes a hypothesis; but a style that the answers of other
 * routes tell, and that no route breaks, says what the keys of this one must be, and they are. Gives the samples whose
 * hypothesis is confirmed so, by number. All samples are of one candidate.
 */
export function confirmCasing(samples: Iterable<CasedSample>): ReadonlySet<number> {
  const byRoute = new Map<string, Pair[]>();
  const open: Pick<CasedSample, 'number' | 'route'>[] = [];
  for (const one of samples) {
    if (open.length === maxCasingSamples) break;
    if (!isAlone(one)) continue;
    const { number, route } = one;
    open.push({ number, route });
    const pair = readPair(one.sample());
    for (const keys of pair === null ? [] : pairsOf(pair[0].tree, pair[1].tree)) pushTo(byRoute, route, keys);
  }
  const style = commonStyle([...byRoute.values()].flat());
  if (style === null) return new Set();
  const telling = new Set([...byRoute].filter(([, pairs]) => tells(pairs, style)).map(([route]) => route));
  const isConfirmed = (route: string) => telling.size - Number(telling.has(route)) >= minOthers;
  return new Set(open.filter(({ route }) => isConfirmed(route)).map((one) => one.number));
}

/** A cause without its doubt, if it is about the case of keys. */
export function confirmedCasing(cause: Cause): Cause {
  return isPlain(cause) ? { ...cause, hypothesis: false } : cause;
}
