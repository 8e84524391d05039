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

/** The items of each answer of a side, as they stand: of each what it says at a place, and all that it says. */
type Answers = readonly (readonly { readonly value: string; readonly item: Item }[])[];

/**
 * The places in lists where both sides draw what they say, for each item and each answer anew: what comes again there by chance, in
 * another item, does not tell which items belong together. Not where the values are there again in another order, nor where they name
 * things (what an item says elsewhere goes with it); nor where both sides say the same new things at first, or one says something in all
 * of its answers that the other never does.
 */
export function drawnPlaces(sides: Both<Sampled>, views: Both<SelfView>): At[] {
  const read = reader();
  const documents = lately(4, (exchange: number) => sides.map((side) => answersOf(side, exchange).map(read)));
  return listsThatVary(views).flatMap(({ exchange, facet, pointer }) => {
    const [a, b] = documents(exchange).map((all) => itemsIn(all, pointer));
    if (a == null || b == null) return [];
    const places = [...a[0]![0]!.keys()].slice(0, mostPlaces);
    return places.flatMap((below): At[] => {
      const [x, y] = [saidAt(a, below), saidAt(b, below)];
      if (x === null || y === null || !areDrawn(x) || !areDrawn(y) || areMadeAlike(x, y)) return [];
      const isNoise = !isOneSided(x, y) && !isOneSided(y, x) && !areKnownThings([...x, ...y].flat(), below);
      return isNoise ? [{ exchange, facet, pointer: `${pointer}/*${below}` }] : [];
    });
  });
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
function saidAt(answers: readonly (readonly Item[])[], below: string): Answers | null {
  if (!answers.every((items) => items.every((item) => item.has(below)))) return null;
  return answers.map((items) => items.map((item) => ({ value: item.get(below)!, item })));
}

/** Something varies, and of what does not stay in its place less than half is there as often each time. */
function areDrawn(answers: Answers): boolean {
  const moving = valuesThatMove(answers);
  const all = new Set(moving.flat());
  const counts = moving.map(countsOf);
  const kept = [...all].filter((value) => counts.every((count) => count.get(value) === counts[0]!.get(value)));
  return kept.length * 2 < all.size;
}

/** The values of each answer without those that all answers have in one place. */
function valuesThatMove(answers: Answers): string[][] {
  const isSteady = answers[0]!.map(({ value }, at) => answers.every((answer) => answer[at]!.value === value));
  return answers.map((answer) => answer.flatMap(({ value }, at) => (isSteady[at] ? [] : [value])));
}

function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The first answers of both sides have the same things of which no later one has any. */
function areMadeAlike(a: Answers, b: Answers): boolean {
  const [x, y] = [newIn(a), newIn(b)];
  return x.length > 0 && x.join('\n') === y.join('\n');
}

function newIn([first = [], ...later]: Answers): string[] {
  const known = new Set(later.flat().map(({ value }) => value));
  return first.flatMap(({ value }) => (known.has(value) ? [] : [value])).sort();
}

/** Some value is in all answers of a side, not in one place, and in none of the other. */
function isOneSided(a: Answers, b: Answers): boolean {
  const theirs = new Set(b.flat().map(({ value }) => value));
  const [first = [], ...others] = valuesThatMove(a).map((values) => new Set(values));
  return [...first].some((value) => !theirs.has(value) && others.every((values) => values.has(value)));
}

/** Something that the items say elsewhere goes with the values there, or these with it, without fail and more often than by chance. */
function areKnownThings(all: Answers[number], below: string): boolean {
  const others = new Set(all.flatMap(({ item }) => [...item.keys()]));
  others.delete(below);
  return [...others].slice(0, mostPlaces).some((other) => {
    const pairs = all.flatMap(({ value, item }): [string, string][] => {
      const text = item.get(other);
      return text === undefined ? [] : [[value, text]];
    });
    return doGoWith(pairs) || doGoWith(pairs.map(([value, text]) => [text, value]));
  });
}

/** Whether what stands second is the same wherever what stands first is. */
function doGoWith(pairs: readonly (readonly [string, string])[]): boolean {
  const known = new Map<string, string>();
  let again = 0;
  for (const [one, other] of pairs) {
    const before = known.get(one);
    if (before === undefined) known.set(one, other);
    else if (before === other) again += 1;
    else return false;
  }
  const shares = [...countsOf(pairs.map(([, other]) => other)).values()].map((count) => count / pairs.length);
  return shares.reduce((sum, share) => sum + share * share, 0) ** again < chance;
}
