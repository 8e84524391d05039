import type { JsonDocument } from '../json/document.ts';
import { listAbove } from '../json/pointer.ts';
import { lately } from '../structures/lately.ts';
import { answersOf, reader } from './answers.ts';
import { type Item, itemsAt } from './list-items.ts';
import { type At, type Both, keyOf, type Sampled, type SelfView } from './self-view.ts';

/** So many lists are looked at, and so many places in the items of each. */
const mostLists = 20;
const mostPlaces = 50;
/** Less than this is no chance. */
const chance = 0.001;

/** The items of each answer of a side, as they stand. */
type Answers = readonly (readonly Item[])[];

/** What stands at one place in the items of each answer. */
type Said = readonly (readonly string[])[];

/** A list of which both sides draw what stands at some places of its items, for each item and each answer anew. */
export interface DrawnList {
  readonly list: At;
  readonly answers: Both<Answers>;
  /** Pointers from an item to them, as shapes. */
  readonly places: readonly string[];
  /** So few answers do not say whether what stands at one of them goes with what stands at another. */
  readonly isUntold: boolean;
}

/**
 * The lists in which both sides draw what they say: what comes again there by chance, in another item, does not tell which items belong
 * together. Not where the values are there again in another order, nor where something that is not drawn goes with them; nor where both
 * sides say the same new things at first, or one says something in all of its answers that the other never does.
 */
export function drawnLists(sides: Both<Sampled>, views: Both<SelfView>): DrawnList[] {
  const read = reader();
  const documents = lately(4, (exchange: number) => sides.map((side) => answersOf(side, exchange).map(read)));
  return listsThatVary(views).flatMap((list) => {
    const [a, b] = documents(list.exchange).map((all) => itemsIn(all, list.pointer));
    if (a == null || b == null) return [];
    const all = [...a[0]![0]!.keys()].slice(0, mostPlaces);
    const drawn = all.filter((below) => areDrawnAlike(saidAt(a, below), saidAt(b, below)));
    const others = all.filter((below) => !drawn.includes(below));
    const places = drawn.filter((below) => !others.some((other) => goTogether([a, b], below, other)));
    if (places.length === 0) return [];
    return [{ list, answers: [a, b] as const, places, isUntold: mayGoTogether([a, b], places) }];
  });
}

/** The places of a drawn list, for all of its items at once. */
export function placesIn({ list, places }: DrawnList): At[] {
  return places.map((below) => ({ ...list, pointer: `${list.pointer}/*${below}` }));
}

function areDrawnAlike(a: Said | null, b: Said | null): boolean {
  if (a === null || b === null || !areDrawn(a) || !areDrawn(b)) return false;
  return !areMadeAlike(a, b) && !isOneSided(a, b) && !isOneSided(b, a);
}

/** Lists in whose items some side differs from itself, or in whose order it seems to. */
function listsThatVary(views: Both<SelfView>): At[] {
  const found = new Map<string, At>();
  for (const { exchange, facet, pointer, what } of views.flatMap(({ places }) => [...places.values()])) {
    const list = what === 'order' ? pointer : what === 'value' ? listAbove(pointer) : null;
    if (facet !== 'body' || list === null || found.size >= mostLists) continue;
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
function areDrawn(answers: Said): boolean {
  const moving = valuesThatMove(answers);
  const all = new Set(moving.flat());
  const counts = moving.map(countsOf);
  const kept = [...all].filter((value) => counts.every((count) => count.get(value) === counts[0]!.get(value)));
  return kept.length * 2 < all.size;
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

/** What stands at one place goes with what stands at another, one way or the other, on each side or on both together. */
function goTogether([a, b]: Both<Answers>, one: string, other: string): boolean {
  const [x, y] = [a, b].map((answers) => pairsIn(answers, one, other));
  const back = (pairs: readonly Pair[]) => pairs.map(([value, text]): Pair => [text, value]);
  const doGo = (p: readonly Pair[], q: readonly Pair[]) => (doGoWith(p) && doGoWith(q)) || doGoWith([...p, ...q]);
  return doGo(x!, y!) || doGo(back(x!), back(y!));
}

/** What one item says at two places. */
export type Pair = readonly [value: string, other: string];

export function pairsIn(answers: Answers, one: string, other: string): Pair[] {
  return answers.flat().flatMap((item) => {
    const [value, text] = [item.get(one), item.get(other)];
    return value === undefined || text === undefined ? [] : [[value, text] as const];
  });
}

/** Whether what stands at some of these places may go with what stands at another, on both sides: and does not for certain. */
function mayGoTogether(answers: Both<Answers>, places: readonly string[]): boolean {
  return places.some((one) =>
    places.some((other) => {
      const told = answers.map((all) => goesWith(pairsIn(all, one, other)));
      return one !== other && !told.includes('not') && told.includes('perhaps');
    }),
  );
}

/** Whether what stands second is the same wherever what stands first is; `perhaps` where that may be chance. */
function goesWith(pairs: readonly Pair[]): 'always' | 'perhaps' | 'not' {
  const known = new Map<string, string>();
  let again = 0;
  for (const [one, other] of pairs) {
    const before = known.get(one);
    if (before === undefined) known.set(one, other);
    else if (before === other) again += 1;
    else return 'not';
  }
  const shares = [...countsOf(pairs.map(([, other]) => other)).values()].map((count) => count / pairs.length);
  return shares.reduce((sum, share) => sum + share * share, 0) ** again < chance ? 'always' : 'perhaps';
}

export function doGoWith(pairs: readonly Pair[]): boolean {
  return goesWith(pairs) === 'always';
}
