import { trailOf, walkTrail } from '../../compare/rules/pointer-matcher.ts';
import { type TargetClocks, tellOtherTimes } from '../../compare/values/timestamps.ts';
import { otherWords } from '../../compare/values/word-order.ts';
import { childCount, type JsonDocument, Kind } from '../../json/document.ts';
import { listAbove, resolvePointer } from '../../json/pointer.ts';
import { sourceText, stringText } from '../../json/text.ts';
import { type At, keyOf, type Sampled } from '../evidence/self-diff.ts';
import { maxByChance, maxReorderedItemsPlaces, maxValues } from '../limits.ts';
import { answersOf, reader, valuesIn, type Words, wordsIn } from '../values/sample-reader.ts';

/**
 * Says of places in lists whose items have no places of their own, for they come in another order each time, whether one side says
 * something there in all of its answers that the other says in none of its (a whole value, or a word in a text), or tells other times.
 */
export function valuesInReordered(
  sides: readonly [Sampled, Sampled],
  clocksAt: (exchange: number) => TargetClocks,
): (at: At) => boolean {
  const read = reader();
  return onceEach(true, (at) => {
    const of = <T>(told: (document: JsonDocument | null, pattern: string) => T) =>
      sides.map((side) => answersOf(side, at.exchange).map((answer) => told(read(answer), at.pointer))) as [T[], T[]];
    const [a, b] = of(wordsIn);
    const [x, y] = of(valuesIn);
    return isOneSided(a, b) || isOneSided(b, a) || tellOtherTimes([x.flat(), y.flat()], clocksAt(at.exchange));
  });
}

/**
 * Says of places in items of lists which values stand in other items each time, on both sides, and are all there in each answer of one
 * side and in none of the other: with an id or a clock among them it cannot be seen that a list is shuffled.
 */
export function shuffledValues(sides: readonly [Sampled, Sampled]): (at: At) => ReadonlySet<string> {
  const read = reader();
  return onceEach<ReadonlySet<string>>(new Set(), (at) => {
    if (listAbove(at.pointer) === null) return new Set();
    const [a, b] = sides.map((side) => answersOf(side, at.exchange).map((one) => valuesIn(read(one), at.pointer)));
    if ([...a!, ...b!].some(({ length }) => length > maxValues)) return new Set();
    const [ours, theirs] = otherWords(a!, b!);
    return new Set([...ours, ...theirs]);
  });
}

/**
 * Says of places in items of lists whether the items come in another order each time, on both sides: the values there are the same in all
 * answers of a side, in other items; and nothing shows that the items stay where they are.
 */
export function permutedIn(sides: readonly [Sampled, Sampled]): (at: At) => boolean {
  const read = reader();
  return onceEach(false, (at) => {
    const list = listAbove(at.pointer);
    if (list === null) return false;
    return sides.every((side) => {
      const documents = answersOf(side, at.exchange).map(read);
      return areSame(documents.map((one) => valuesAt(one, at.pointer))) && !doItemsStay(documents, list);
    });
  });
}

/** Says of arrays whether both sides have so few items there, at first, that they may come in one order each time by chance. */
export function shortIn(sides: readonly [Sampled, Sampled]): (at: At) => boolean {
  const read = reader();
  return ({ exchange, pointer }) =>
    sides.every((side) => {
      const [answer] = answersOf({ first: side.first, more: [] }, exchange);
      const document = answer === undefined ? null : read(answer);
      const node = document && resolvePointer(document, pointer);
      return node !== null && childCount(document!, node) <= maxByChance;
    });
}

/**
 * Says of places in items of lists whether what is there names nothing that the other side could name: both show nothing there in
 * two of their answers, and not the same at first. What one counter gave to one item the other may have given to another.
 */
export function freshIn(sides: readonly [Sampled, Sampled]): (at: At) => boolean {
  const read = reader();
  return onceEach(false, (at) => {
    if (at.facet !== 'body' || listAbove(at.pointer) === null) return false;
    const documents = sides.map((side) => answersOf(side, at.exchange).map(read));
    const areNew = documents.every((all) => isNewEachTime(all.map((one) => valuesIn(one, at.pointer))));
    return areNew && !areSame(documents.map(([first = null]) => valuesAt(first, at.pointer)));
  });
}

function isNewEachTime(answers: readonly (readonly string[])[]): boolean {
  const seen = new Set<string>();
  return answers.every((values) => {
    const areNew = values.length > 0 && values.length <= maxValues && values.every((one) => !seen.has(one));
    for (const one of values) seen.add(one);
    return areNew;
  });
}

/** The values at a place in any order, as one text; null if there are none, or too many. */
function valuesAt(document: JsonDocument | null, pattern: string): string | null {
  const values = valuesIn(document, pattern);
  return values.length === 0 || values.length > maxValues ? null : values.sort().join('\n');
}

function areSame([first = null, ...others]: readonly (string | null)[]): boolean {
  return first !== null && others.every((one) => one === first);
}

/** Whether some member tells all items apart and is the same, item by item, in all answers; or there is no list of items at all. */
function doItemsStay(documents: readonly (JsonDocument | null)[], list: string): boolean {
  const told = documents.map((document) => membersIn(document, list));
  const [first] = told;
  if (first == null || told.includes(null)) return true;
  return [...first].some(([name, values]) => {
    const isDistinct = values.length > 1 && new Set(values).size === values.length;
    return isDistinct && areSame(told.map((one) => one?.get(name)?.join('\n') ?? null));
  });
}

/** The scalars in the items of lists by the names of their members, in order; null where some place has no list. */
function membersIn(document: JsonDocument | null, list: string): ReadonlyMap<string, readonly string[]> | null {
  if (document === null) return null;
  const { kind, next } = document;
  const told = new Map<string, string[]>();
  let [count, areLists] = [0, true];
  walkTrail(document, trailOf([{ pointer: list, rule: true }]), (at) => {
    areLists &&= kind[at] === Kind.array;
    for (let node = at + 1; node < next[at]! && count <= maxValues; node += 1) {
      if (kind[node] !== Kind.object) continue;
      for (let key = node + 1; key < next[node]!; key = next[key + 1]!) {
        if (kind[key + 1]! >= Kind.array) continue;
        count += 1;
        const name = stringText(document, key);
        const known = told.get(name) ?? [];
        if (known.length === 0) told.set(name, known);
        known.push(sourceText(document, key + 1));
      }
    }
    return false;
  });
  return areLists && count <= maxValues ? told : null;
}

/** Asks once of each place, and of so many; of any more it says `beyond`. */
function onceEach<T>(beyond: T, ask: (at: At) => T): (at: At) => T {
  const known = new Map<string, T>();
  return (at) => {
    const found = known.get(keyOf(at)) ?? (known.size < maxReorderedItemsPlaces ? ask(at) : null);
    if (found === null) return beyond;
    known.set(keyOf(at), found);
    return found;
  };
}

function isOneSided([first = new Set(), ...others]: readonly Words[], theirs: readonly Words[]): boolean {
  return [...first].some((one) => others.every((told) => told.has(one)) && !theirs.some((told) => told.has(one)));
}
