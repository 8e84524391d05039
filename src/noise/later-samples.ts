import { compareJudged } from '../compare/compare-case.ts';
import type { Divergence } from '../compare/model/divergence.ts';
import { type CompareOptions, rungs } from '../config/rules.ts';
import { shapesDownTo } from '../json/pointer.ts';
import { type Open, oneSided } from './evidence/pending.ts';
import {
  type At,
  type Both,
  foldedAt,
  keyOf,
  type NoisyPlace,
  type Sampled,
  type SelfDiff,
} from './evidence/self-diff.ts';
import { minCount } from './limits.ts';

/** What further answers show where the first ones of both sides agree. */
export interface Later {
  /** Where one side answers otherwise too often for chance, and the other never. */
  readonly divergences: readonly Divergence[];
  /** Where it has not done so often enough. */
  readonly open: readonly Open[];
}

/** What is known of the first answers and of each side. */
interface Known {
  readonly views: Both<SelfDiff>;
  /** Names of the places where something counts already. */
  readonly counted: ReadonlySet<string>;
}

/**
 * Looks where one side alone differs from itself, and nothing counts so far, for its first answer is the other side's: a list that grows
 * from call to call, a member that is left out after the first time. Of orders nothing is said, which few items share by chance.
 */
export function shownLater(sides: Both<Sampled>, options: CompareOptions, { views, counted }: Known): Later {
  const divergences: Divergence[] = [];
  const open: Open[] = [];
  for (const [at, view] of views.entries()) {
    const others = new Set([...views[1 - at]!.places.keys(), ...counted]);
    const places = [...view.places].filter(([, place]) => mayCount(place, options) && !isAmong(place, others));
    const shown = places.length === 0 ? null : timesShown(sides[at]!, options, at === 0);
    for (const [key, place] of places) {
      const found = shown?.get(key);
      if (found !== undefined && found.times >= minCount) divergences.push(found.last);
      else open.push(oneSided(place));
    }
  }
  return { divergences, open };
}

function mayCount({ facet, what }: NoisyPlace, { level }: CompareOptions): boolean {
  if (what !== 'value' && what !== 'shape') return false;
  return facet === 'headers' || (facet === 'body' && rungs.indexOf(what) <= rungs.indexOf(level));
}

/** One of the others is this place or one around it, or stands in the same array: items may be lined up otherwise each time. */
function isAmong(place: At, others: ReadonlySet<string>): boolean {
  for (const pointer of shapesDownTo(place.pointer)) if (others.has(keyOf({ ...place, pointer }))) return true;
  const items = /^.*?\/\*(?=\/|$)/.exec(place.pointer);
  if (items === null) return false;
  const within = keyOf({ ...place, pointer: items[0] });
  return [...others].some((one) => one === within || one.startsWith(`${within}/`));
}

interface Shown {
  times: number;
  last: Divergence;
}

/** In how many of its further answers a side differs from its first one, by place; and how, the other side being as its first one. */
function timesShown({ first, more }: Sampled, options: CompareOptions, isReference: boolean): Map<string, Shown> {
  const shown = new Map<string, Shown>();
  for (const again of more) {
    const found = new Map<string, Divergence>();
    const see = (one: Divergence) => {
      const key = keyOf(foldedAt(one));
      if (!found.has(key)) found.set(key, one);
    };
    const { divergences } = compareJudged(isReference ? [again, first] : [first, again], options, (one, exchange) => {
      const [reference, candidate] = one.shown();
      see({ exchange, facet: 'body', pointer: one.a, kind: 'value', rung: 'value', reference, candidate });
      return null;
    });
    for (const one of divergences) if (one.rung !== 'wire') see(one);
    for (const [key, last] of found) shown.set(key, { times: (shown.get(key)?.times ?? 0) + 1, last });
  }
  return shown;
}
