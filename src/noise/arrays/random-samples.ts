import type { JsonDocument } from '../../json/document.ts';
import { listAbove } from '../../json/pointer.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import { type At, type Both, keyOf, type Sampled, type SelfDiff } from '../evidence/self-diff.ts';
import { maxLists, maxRandomSamplesPlaces } from '../limits.ts';
import { answersOf, reader } from '../values/sample-reader.ts';
import { dependencyBetween } from './functional-dependency.ts';
import { type Item, itemsAt } from './items.ts';

/** The items of each answer of a side, as they stand. */
type Answers = readonly (readonly Item[])[];

/** What stands at one place in the items of each answer. */
type Said = readonly (readonly string[])[];

/** A list of which both sides draw what stands at some places of its items, for each item and each answer anew. */
export interface RandomSample {
  readonly list: At;
  readonly answers: Both<Answers>;
  /** Pointers from an item to them, as shapes. */
  readonly places: readonly string[];
  /** Of these a place and one at which something goes with what stands at it, on both sides. */
  readonly bound: readonly (readonly [name: string, below: string])[];
  /** So few answers do not say whether what stands at one of them goes with what stands at another. */
  readonly isUndecided: boolean;
}

/**
 * The lists in which both sides draw what they say: what comes again there by chance, in another item, does not tell which items belong
 * together. Not where the values are there again in another order, or where each answer goes on where the one before it was; nor where
 * something that is not drawn goes with them, both sides say the same new things at first, or one says something in all of its answers
 * that the other never does.
 */
export function randomSamples(sides: Both<Sampled>, views: Both<SelfDiff>): RandomSample[] {
  const read = reader();
  const documents = memoizeBounded(4, (exchange: number) => sides.map((side) => answersOf(side, exchange).map(read)));
  return listsThatVary(views).flatMap((list) => {
    const [a, b] = documents(list.exchange).map((all) => itemsIn(all, list.pointer));
    if (a == null || b == null) return [];
    const all = [...a[0]![0]!.keys()].slice(0, maxRandomSamplesPlaces);
    const drawn = all.filter((below) => areSampledAlike(saidAt(a, below), saidAt(b, below)));
    const goesWith = dependencyBetween(a.flat(), b.flat());
    const others = all.filter((below) => !drawn.includes(below));
    const isBound = (below: string) => others.some((other) => areBound(goesWith(below, other), goesWith(other, below)));
    const places = drawn.filter((below) => !isBound(below));
    const pairs = places.flatMap((name) => places.flatMap((below) => (below === name ? [] : [[name, below] as const])));
    const told = pairs.map(([name, below]) => goesWith(name, below));
    const bound = pairs.filter((_, at) => told[at]![0] === 'always' && told[at]![1] === 'always');
    const isUndecided = told.some(([x, y]) => x !== 'not' && y !== 'not' && (x === 'perhaps' || y === 'perhaps'));
    return places.length === 0 ? [] : [{ list, answers: [a, b] as const, places, bound, isUndecided }];
  });
}

/** What stands at one of two places goes with what stands at the other, on each side or on both together. */
function areBound(...ways: readonly ReturnType<ReturnType<typeof dependencyBetween>>[]): boolean {
  return ways.some(([a, b, both]) => (a === 'always' && b === 'always') || both === 'always');
}

/** The places of a drawn list, for all of its items at once. */
export function placesIn({ list, places }: RandomSample): At[] {
  return places.map((below) => ({ ...list, pointer: `${list.pointer}/*${below}` }));
}

function areSampledAlike(a: Said | null, b: Said | null): boolean {
  if (a === null || b === null || !areSampled(a) || !areSampled(b) || isWindow(a) || isWindow(b)) return false;
  return !areMadeAlike(a, b) && !isOneSided(a, b) && !isOneSided(b, a);
}

/** Lists in whose items some side differs from itself, or in whose order it seems to. */
function listsThatVary(views: Both<SelfDiff>): At[] {
  const found = new Map<string, At>();
  for (const { exchange, facet, pointer, what } of views.flatMap(({ places }) => [...places.values()])) {
    const list = what === 'order' ? pointer : listAbove(pointer);
    if (facet !== 'body' || list === null || found.size >= maxLists) continue;
    found.set(keyOf({ exchange, facet, pointer: list }), { exchange, facet, pointer: list });
  }
  return [...found.values()];
}

/** The items of each answer; null if it is one answer alone, or not as many items each time, two at least. */
function itemsIn(documents: readonly (JsonDocument | null)[], list: string): Item[][] | null {
  const all = documents.flatMap((document) => {
    const found = document && itemsAt(document, list);
    return found === null ? [] : [found];
  });
  const size = all[0]?.length ?? 0;
  const isWhole = documents.length > 1 && all.length === documents.length && size > 1;
  return isWhole && all.every(({ length }) => length === size) ? all : null;
}

/** Null if some item says nothing there. */
function saidAt(answers: Answers, below: string): Said | null {
  const said = answers.map((items) => items.flatMap((item) => item.get(below) ?? []));
  return said.every(({ length }, at) => length === answers[at]!.length) ? said : null;
}

/** Something varies, and of what does not stay in its place less than half is there as often each time. */
function areSampled(answers: Said): boolean {
  const moving = valuesThatMove(answers);
  const all = new Set(moving.flat());
  const counts = moving.map(countsOf);
  const kept = [...all].filter((value) => counts.every((count) => count.get(value) === counts[0]!.get(value)));
  return kept.length * 2 < all.size;
}

/** Each answer goes on where the one before it was, as the last entries of a log do, newest first or last. */
function isWindow(answers: Said): boolean {
  return answers.slice(1).every((answer, at) => isMoved(answers[at]!, answer) || isMoved(answer, answers[at]!));
}

/** What the second begins with ends the first. */
function isMoved(first: readonly string[], second: readonly string[]): boolean {
  const from = first.indexOf(second[0]!);
  return from !== -1 && first.slice(from).every((value, at) => value === second[at]);
}

/** The values of each answer without those that all answers have in one place. */
function valuesThatMove(answers: Said): string[][] {
  const isSteady = answers[0]!.map((value, at) => answers.every((answer) => answer[at] === value));
  return answers.map((answer) => answer.filter((_, at) => !isSteady[at]));
}

function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The first answers of both sides have the same things of which no later one has any. */
function areMadeAlike(a: Said, b: Said): boolean {
  const [x, y] = [newIn(a), newIn(b)];
  return x.length > 0 && x.join('\n') === y.join('\n');
}

function newIn([first = [], ...later]: Said): string[] {
  const known = new Set(later.flat());
  return first.filter((value) => !known.has(value)).sort();
}

/** Some value is in all answers of a side, not in one place, and in none of the other. */
function isOneSided(a: Said, b: Said): boolean {
  const theirs = new Set(b.flat());
  const [first = [], ...others] = valuesThatMove(a).map((values) => new Set(values));
  return [...first].some((value) => !theirs.has(value) && others.every((values) => values.has(value)));
}
