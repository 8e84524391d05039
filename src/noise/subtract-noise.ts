import { type ComparedSide, compareJudged, ladderBelow } from '../compare/compare-case.ts';
import type { CaseComparison, Divergence } from '../compare/model/divergence.ts';
import { pairBudget } from '../compare/values/token-diff.ts';
import { formatOf } from '../compare/values/value-format.ts';
import { type CompareOptions, type IgnoreRule, rungs } from '../config/rules.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import { contradictingItems } from './arrays/contradictions.ts';
import { type WithoutKeys, withoutMadeKeys } from './arrays/generated-keys.ts';
import { itemKeys } from './arrays/item-keys.ts';
import { placesIn, randomSamples } from './arrays/random-samples.ts';
import { freshIn, permutedIn, shortIn } from './arrays/reordered-items.ts';
import { keptOrders, ordersIn } from './arrays/unstable-order.ts';
import { runDetectors } from './detectors/run-detectors.ts';
import { needsMoreSamples, openIn } from './evidence/pending.ts';
import { atFirst, isSameAnswer, type NoiseResult } from './evidence/result.ts';
import {
  type At,
  type Both,
  foldedAt,
  keyOf,
  type Noise,
  type NoisyPlace,
  noisyOnBoth,
  type Sampled,
  type SelfDiff,
  selfDiff,
  variesByCapture,
} from './evidence/self-diff.ts';
import { rulesFor, withRules } from './evidence/suppressions.ts';
import { shownLater } from './later-samples.ts';
import { maxSubtractNoiseExact } from './limits.ts';
import { noiseJudge } from './noise-judge.ts';
import { differsOutsideNoise } from './wire-noise.ts';

/** Where a target differs from its own first answer, each place once. Differences below `value` are not noise. */
export function noisyPlaces(side: Sampled, options: CompareOptions): NoisyPlace[] {
  return [...selfDiff(side, options).places.values()];
}

/** Whether a target answered with the same bytes each time, and with nothing else that is compared: there is no noise under any rules. */
export function isSteady(side: Sampled, options: CompareOptions): boolean {
  const isSame = (again: ComparedSide) =>
    again.replay.exchanges.length === side.first.replay.exchanges.length &&
    again.replay.exchanges.every(({ outcome }, at) => isSameAnswer(outcome, side.first.replay.exchanges[at]!.outcome));
  return side.more.every(isSame) && noisyPlaces(side, options).length === 0;
}

/**
 * Takes the noise out of a divergent comparison: what stays the same from answer to answer on each side must be the same on both, and
 * only what varies on both is forgiven. Items of shuffled arrays are lined up without the ids and clocks in them. Order comes first:
 * once arrays that are shuffled on both sides lose their order, the values that still differ from answer to answer show where they
 * really are. What is noisy on one side alone stays, and says so.
 */
export function settle(reference: Sampled, candidate: Sampled, options: CompareOptions): NoiseResult {
  const sides = [reference, candidate] as const;
  if (reference.more.length === 0) return atFirst(sides, options);
  const views = viewsOf(sides);
  const settled = settleSides(sides, options, views);
  const isOneSided = settled.comparison.divergences.some(({ kind }) => kind === 'missing' || kind === 'extra');
  if (options.level === 'wire' || !isOneSided) return settled;
  const keyless = withoutMadeKeys(sides, views(options));
  return keyless === null ? settled : withKeys(settleSides(keyless.sides, options, viewsOf(keyless.sides)), keyless);
}

/** What was settled of bodies without some of their keys, as said of those that came. */
function withKeys({ comparison, noise, open }: NoiseResult, { places, pointerOf, isList }: WithoutKeys): NoiseResult {
  const counts = ({ what, ...at }: At & { what: string }) => what !== 'order' || !isList(at);
  const kept = comparison.divergences.filter((one) => counts({ ...one, what: one.kind }));
  const counting = new Set<At>(comparison.divergences);
  const named = new Map<At, Divergence>(kept.map((one) => [one, { ...one, pointer: pointerOf(one) }]));
  const keys = places.map((place): Noise => ({ ...place, facet: 'body', what: 'keys', example: [null, null] }));
  const lowest = rungs.find((rung) => kept.some((one) => one.rung === rung)) ?? 'wire';
  return {
    comparison: { ...comparison, ladder: ladderBelow(lowest), divergences: [...named.values()], keyless: places },
    noise: [...keys, ...noise.filter(counts).map((place) => ({ ...place, pointer: pointerOf(place) }))],
    open: open.flatMap((claim) => {
      const at = counting.has(claim.at) ? named.get(claim.at) : claim.at;
      return at === undefined ? [] : [{ ...claim, at }];
    }),
  };
}

type Views = (under: CompareOptions) => Both<SelfDiff>;

/** What both sides show against themselves under some options. */
function viewsOf([reference, candidate]: Both<Sampled>): Views {
  return memoizeBounded(
    8,
    (under: CompareOptions) => [selfDiff(reference, under), selfDiff(candidate, under)] as const,
  );
}

/** `settle` for bodies as they are. */
function settleSides(sides: Both<Sampled>, options: CompareOptions, views: Views): NoiseResult {
  const [reference, candidate] = sides;
  const firsts = [reference.first, candidate.first] as const;
  const isFresh = freshIn(sides);
  const made = noisyOnBoth('value', views(options)).filter((place) => isGenerated(place) || isFresh(place));
  const drawn = randomSamples(sides, views(options));
  const untelling = [...made, ...drawn.flatMap(placesIn)].map(distinguishesNothing);
  const aligned = withRules(options, { ignore: untelling, unordered: [] });
  const { order: found, shuffled } = ordersIn({ views, arePermuted: permutedIn(sides) }, aligned);
  const keyIn = itemKeys(sides);
  const order = found.map((place) => withKey(place, keyIn(place)));
  const orders = keptOrders(firsts, aligned, { order, shuffled, isShort: shortIn(sides) });
  const sorted = withRules(aligned, rulesFor(order));
  const seen = views(sorted);
  const values = noisyOnBoth('value', seen);
  const budget = pairBudget();
  const suppresses = noiseJudge(sides, {
    views: seen,
    noise: values,
    moving: order.filter(({ key }) => key === undefined),
    budget,
  });
  const compared = compareJudged(firsts, sorted, suppresses.judge);
  const counting = [
    ...compared.divergences.filter((one) => !suppresses.forgivesHeader(one)).map(suppresses.residualText),
    ...orders.kept,
    ...contradictingItems(drawn, sides, options),
  ];
  const counted = new Set(counting.map((one) => keyOf(foldedAt(one))));
  const later = shownLater(sides, sorted, { views: seen, counted });
  const outside = values.filter((place) => !counted.has(keyOf(place)));
  const detected = runDetectors(sides, seen, outside);
  const kept = [...counting, ...later.divergences, ...detected.divergences];
  const forgiven = { exchanges: suppresses.exchanges(), found: kept, budget };
  const left = options.level === 'wire' ? [...kept, ...differsOutsideNoise(sides, forgiven)] : kept;
  const quiet = withDivergences(compared, left);
  const noise = [
    ...order.flatMap((place) => exactly(place, kept, orders.exact)),
    ...values
      .filter((place) => !detected.divergences.some((one) => keyOf(foldedAt(one)) === keyOf(place)))
      .flatMap((place) => exactly(place, kept, suppresses.places())),
  ];
  const isHidden = sides.map((side) => variesByCapture(side, sorted));
  const comparison = flagged(quiet, { seen, shuffled, answers: 1 + reference.more.length, isHidden });
  const unsteady = { views: [...views(aligned), ...seen], noise: [...order, ...values] };
  const undecidedLists = drawn.filter(({ isUndecided }) => isUndecided).map(({ list }) => needsMoreSamples(list));
  return {
    comparison,
    noise,
    open: [...openIn(comparison, unsteady, options.level), ...undecidedLists, ...later.open, ...detected.open],
  };
}

/** An id or a clock: by its format, not by chance, a new one each time. */
function isGenerated({ facet, example }: NoisyPlace): boolean {
  return facet === 'body' && example.every((side) => side !== null && formatOf(side) !== null);
}

function distinguishesNothing({ pointer }: At): IgnoreRule {
  return { pointer, keep: 'value', reason: null };
}

function withKey(place: Noise, key: string | null): Noise {
  return key === null ? place : { ...place, key };
}

/** A place as it is where nothing counts that is of its kind; else the exact places in it that are forgiven. */
function exactly(place: Noise, kept: readonly Divergence[], forgiven: ReadonlySet<string>): Noise[] {
  const key = keyOf(place);
  if (!kept.some((one) => one.kind === place.what && keyOf(foldedAt(one)) === key)) return [place];
  return insideOf(place, forgiven)
    .slice(0, maxSubtractNoiseExact)
    .map((pointer) => ({ ...place, pointer }));
}

/** The exact places that are forgiven at the place for all items of an array at once. */
function insideOf(place: Noise, forgiven: ReadonlySet<string>): string[] {
  const [key, prefix] = [keyOf(place), keyOf({ ...place, pointer: '' })];
  const found = [...forgiven].flatMap((one) => (one.startsWith(prefix) ? [one.slice(prefix.length)] : []));
  return found.filter((pointer) => keyOf(foldedAt({ ...place, pointer })) === key);
}

/** The comparison with these divergences: the ladder falls to the lowest rung that they break. */
function withDivergences(compared: CaseComparison, divergences: readonly Divergence[]): CaseComparison {
  const broken = (rung: string) => divergences.some((divergence) => divergence.rung === rung);
  const { status, wire } = compared.ladder;
  const shape = compared.ladder.shape && !broken('shape');
  const value = shape && compared.ladder.value && !broken('value');
  const headers = !divergences.some(({ facet }) => facet === 'headers' || facet === 'transport');
  return { ...compared, divergences, headers, ladder: { status, shape, value, wire: wire && value } };
}

/** What the sides show against themselves, in so many answers each. */
interface Shown {
  readonly seen: Both<SelfDiff>;
  readonly shuffled: Both<ReadonlySet<string>>;
  readonly answers: number;
  /** By side, whether it varies at a place where captured values hide it. */
  readonly isHidden: readonly ((place: At) => boolean)[];
}

/** Says of each divergence whether one side alone differs from itself there: at the exact place where items have one. */
function flagged(comparison: CaseComparison, { seen, shuffled, answers, isHidden }: Shown): CaseComparison {
  const divergences = comparison.divergences.map((divergence) => {
    if (isSteadilyOther(divergence, seen)) return divergence;
    const folded = seen.map(({ places }) => places.has(keyOf(foldedAt(divergence))));
    const exact = divergence.kind === 'order' ? shuffled : seen.map((view) => view.exact);
    const [a, b] = folded[0] === folded[1] ? exact.map((keys) => keys.has(keyOf(divergence))) : folded;
    if (a === b) return a ? { ...divergence, varies: true as const } : divergence;
    return isHidden[a ? 1 : 0]!(divergence)
      ? { ...divergence, varies: true as const }
      : { ...divergence, noisy: a ? ('reference' as const) : ('candidate' as const), answers };
  });
  const noisy = seen.flatMap(({ places }) => [...places.values()]);
  return unstableStatus({ ...comparison, divergences }, noisy);
}

/** What one side lacks in all of its answers, or says as another type, is steady there whatever the other side says in its place. */
function isSteadilyOther({ kind, ...at }: Divergence, seen: Both<SelfDiff>): boolean {
  if (kind !== 'missing' && kind !== 'extra' && kind !== 'type') return false;
  const key = keyOf(foldedAt(at));
  return seen.every(({ places }) => places.get(key)?.what !== 'shape') && seen.some(({ places }) => places.has(key));
}

/** A target whose status changes from answer to answer says nothing about parity. */
function unstableStatus(comparison: CaseComparison, noisy: readonly NoisyPlace[]): CaseComparison {
  if (!noisy.some(({ facet }) => facet === 'status' || facet === 'transport')) return comparison;
  const message = 'the same request was answered with different status codes by the same target';
  const hint = 'find out what it depends on there';
  return { ...comparison, divergences: [], inconclusive: { reason: 'flaky', message, hint } };
}
