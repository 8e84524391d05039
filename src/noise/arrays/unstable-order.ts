import { type ComparedSide, compareJudged } from '../../compare/compare-case.ts';
import type { Divergence } from '../../compare/model/divergence.ts';
import type { CompareOptions } from '../../config/rules.ts';
import { listAbove, pointerShape } from '../../json/pointer.ts';
import {
  type At,
  type Both,
  foldedAt,
  keyOf,
  type Noise,
  noisyOnBoth,
  onBoth,
  type SelfDiff,
} from '../evidence/self-diff.ts';
import { rulesFor, unique, withRules } from '../evidence/suppressions.ts';

/** What the sides show against themselves, and whether the values at a place are all there in other items each time. */
interface Seen {
  readonly views: (under: CompareOptions) => Both<SelfDiff>;
  readonly arePermuted: (at: At) => boolean;
}

/** Arrays in other arrays may hide that these are shuffled, and the other way round: so often they are looked for again. */
const rounds = 3;

/** Arrays that come in another order each time on both sides, and the exact places at which each side differs from itself. */
export function ordersIn(
  { views, arePermuted }: Seen,
  aligned: CompareOptions,
): { order: readonly Noise[]; shuffled: Both<ReadonlySet<string>> } {
  let order = noisyOnBoth('order', views(aligned));
  const shuffled = [new Set(views(aligned)[0].exact), new Set(views(aligned)[1].exact)] as const;
  for (let round = 0; round < rounds; round += 1) {
    const under = withRules(aligned, rulesFor(order));
    const changing = permuted({ views, arePermuted }, under);
    const found = [...noisyOnBoth('order', views(under)), ...changing.map((one) => one.order)];
    const known = new Set(order.map(keyOf));
    const further = unique(found, keyOf).filter((place) => !known.has(keyOf(place)));
    if (further.length === 0) break;
    order = [...order, ...further];
    const folded = new Set(changing.map(({ place }) => keyOf(place)));
    for (const [side, { exact }] of views(under).entries())
      for (const key of exact) {
        shuffled[side]!.add(key);
        if (folded.has(pointerShape(key))) shuffled[side]!.add(listOf(key));
      }
  }
  return { order, shuffled };
}

/** A place in the items of an array that seems to change, and the array as one that comes in another order. */
interface Changing {
  readonly place: Noise;
  readonly order: Noise;
}

/**
 * Arrays whose items seem to change on both sides, and do not once their order means nothing; or in whose items something seems to
 * change that is all there again each time.
 */
function permuted({ views, arePermuted }: Seen, under: CompareOptions): Changing[] {
  const changing = noisyOnBoth('value', views(under)).flatMap((place): Changing[] => {
    const list = place.facet === 'body' ? listAbove(place.pointer) : null;
    return list === null ? [] : [{ place, order: { ...place, what: 'order', pointer: list } }];
  });
  const items = changing.filter(({ place }) => place.pointer.endsWith('/*'));
  const left = items.length === 0 ? [] : views(withRules(under, rulesFor(items.map(({ order }) => order))));
  const same = items.filter(({ place }) => left.every(({ places }) => !places.has(keyOf(place))));
  const within = changing.filter(({ place }) => !place.pointer.endsWith('/*') && arePermuted(place));
  return [...same, ...within];
}

/** The exact place of the array in whose items a place is, both by `keyOf`. */
function listOf(key: string): string {
  const depth = listAbove(pointerShape(key))!.split('/').length;
  return key.split('/').slice(0, depth).join('/');
}

interface Shuffled {
  readonly order: readonly Noise[];
  readonly shuffled: Both<ReadonlySet<string>>;
  /** Whether an array has so few items that they may come in one order each time by chance. */
  readonly isShort: (at: At) => boolean;
}

/**
 * Orders that differ in arrays which keep theirs on both sides, whatever becomes of their neighbours, or on one side and are not
 * short; and the exact places that are taken to be shuffled on both.
 */
export function keptOrders(
  firsts: Both<ComparedSide>,
  aligned: CompareOptions,
  { order, shuffled, isShort }: Shuffled,
): { kept: readonly Divergence[]; exact: ReadonlySet<string> } {
  const exact = new Set(onBoth(shuffled));
  if (order.length === 0) return { kept: [], exact };
  const places = new Set(order.map(keyOf));
  const found = compareJudged(firsts, aligned, () => null).divergences.filter(
    (one) => one.kind === 'order' && one.rung === 'value' && places.has(keyOf(foldedAt(one))) && !isWithin(one, order),
  );
  for (const one of found) if (shuffled.some((keys) => keys.has(keyOf(one))) && isShort(one)) exact.add(keyOf(one));
  return { kept: found.filter((one) => !exact.has(keyOf(one))), exact };
}

/** Inside an array that is shuffled itself, where no place is that of one item. */
function isWithin(one: At, order: readonly Noise[]): boolean {
  const { exchange, pointer } = foldedAt(one);
  return order.some((place) => place.exchange === exchange && pointer.startsWith(`${place.pointer}/`));
}
