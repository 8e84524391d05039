import { identityName, memberNamed, nameAt } from '../../compare/json/identity-names.ts';
import { trailOf, walkTrail } from '../../compare/rules/pointer-matcher.ts';
import { items, type JsonDocument, Kind, members } from '../../json/document.ts';
import { pointerToken } from '../../json/pointer.ts';
import { sourceText, stringText } from '../../json/text.ts';
import type { At, Both, Sampled } from '../evidence/self-diff.ts';
import { maxCompared, maxItemKeysItems, maxNames, maxOtherKeys } from '../limits.ts';
import { answersOf, reader } from '../values/sample-reader.ts';

/** The lists at one place of a document, each as the nodes of its items. */
type Lists = readonly (readonly number[])[];

interface Told {
  readonly document: JsonDocument;
  readonly lists: Lists;
}

/**
 * Says of shuffled lists which member names their items, as a JSON Pointer inside an item: a text or a number that tells the items of a
 * list apart and is there again in all answers of a side; and one side has no names besides those of the other. Of several the one
 * beside which most stays the same. Null if there is none, or too much to look through.
 */
export function itemKeys(sides: Both<Sampled>): (list: At) => string | null {
  const read = reader();
  return ({ exchange, pointer }) => {
    const [a, b] = sides.map((side) => answersOf(side, exchange).map((answer) => listsAt(read(answer), pointer)));
    const known = [...a!, ...b!].filter((one) => one !== null);
    const [first] = known;
    if (first === undefined || known.length < a!.length + b!.length) return null;
    const [x, y] = [known.slice(0, a!.length), known.slice(a!.length)];
    const naming = namesIn(first).filter((member) => {
      const [p, q] = [namesOn(x, member), namesOn(y, member)];
      return p !== null && q !== null && isWithin(p, q);
    });
    const stays = (member: string) => constantKeys(x, member) + constantKeys(y, member);
    const [best] = naming.length < 2 ? naming : mostOf(naming.slice(0, maxCompared), stays);
    return best === undefined ? null : `/${pointerToken(best)}`;
  };
}

/** Null where something else than a list is there, an item is not an object, or there are too many. */
function listsAt(document: JsonDocument | null, pointer: string): Told | null {
  if (document === null) return null;
  const lists: number[][] = [];
  let [count, areNamed] = [0, true];
  walkTrail(document, trailOf([{ pointer, rule: true }]), (node) => {
    const found = document.kind[node] === Kind.array ? items(document, node) : [];
    count += found.length;
    areNamed &&= document.kind[node] === Kind.array && count <= maxItemKeysItems;
    areNamed &&= found.every((item) => document.kind[item] === Kind.object);
    lists.push(found);
    return false;
  });
  return areNamed ? { document, lists } : null;
}

/** The members of the first item of all that may name it. */
function namesIn({ document, lists }: Told): string[] {
  const item = lists.flatMap((list) => list.slice(0, 1))[0];
  if (item === undefined) return [];
  const names = members(document, item).flatMap(([key, node]) =>
    identityName(document, node) === null ? [] : [stringText(document, key)],
  );
  return names.slice(0, maxNames);
}

/** The names that all answers of a side have by a member; null if it names not all items, or not the same ones in all answers. */
function namesOn(answers: readonly Told[], member: string): ReadonlySet<string> | null {
  let known: string | null = null;
  const all = new Set<string>();
  for (const { document, lists } of answers) {
    const named: string[] = [];
    for (const list of lists) {
      const names = new Set(list.flatMap((item) => nameAt(document, item, [member]) ?? []));
      if (names.size < list.length) return null;
      for (const name of names) all.add(name);
      named.push(JSON.stringify([...names].sort()));
    }
    const found = named.sort().join('\n');
    known ??= found;
    if (found !== known) return null;
  }
  return all.size === 0 ? null : all;
}

function isWithin(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [less, more] = a.size < b.size ? [a, b] : [b, a];
  return [...less].every((name) => more.has(name));
}

/** The things by what is counted of each: of equal ones in their order. */
function mostOf<T>(things: readonly T[], count: (thing: T) => number): T[] {
  const counted = things.map((thing) => ({ thing, count: count(thing) }));
  return counted.sort((a, b) => b.count - a.count).map(({ thing }) => thing);
}

/** How many members stay the same, in the second answer of a side, beside the same name. */
function constantKeys([first, second]: readonly Told[], member: string): number {
  if (first === undefined || second === undefined) return 0;
  const known = new Set(otherValues(first, member));
  return otherValues(second, member).filter((one) => known.has(one)).length;
}

function otherValues({ document, lists }: Told, member: string): string[] {
  return lists.flat().flatMap((item) => {
    const name = memberNamed(document, item, member);
    if (name === null) return [];
    return members(document, item)
      .slice(0, maxOtherKeys)
      .map(([key, node]) =>
        JSON.stringify([identityName(document, name), stringText(document, key), sourceText(document, node)]),
      );
  });
}
