import { type JsonDocument, Kind } from '../json/document.ts';
import { sourceText, stringText } from '../json/text.ts';
import type { Response } from '../replay/exchange.ts';
import { lately } from '../structures/lately.ts';
import { bodyOf, jsonOf } from './content.ts';
import { longPieces } from './pieces.ts';
import { type At, keyOf, type Sampled } from './self-view.ts';
import { trailOf, walkTrail } from './trail.ts';

/** So many places are looked at (at any more, what differs counts), so many values of an answer at each, and so many characters of each. */
const mostPlaces = 50;
const mostValues = 10_000;
const longestText = 1000;

/**
 * Says of places in lists whose items have no places of their own, for they come in another order each time, whether one side says
 * something there in all of its answers that the other says in none of its: a whole value, or a word in a text.
 */
export function movingTold(sides: readonly [Sampled, Sampled]): (at: At) => boolean {
  const read = reader();
  return onceEach(true, (at) => {
    const [a, b] = sides.map((side) => answersOf(side, at).map((answer) => wordsIn(read(answer), at.pointer))) as [
      Told[],
      Told[],
    ];
    return isOneSided(a, b) || isOneSided(b, a);
  });
}

/**
 * Says of places in lists whether the values there are the same in all answers of each side, but not in the same items: it is the items
 * that come in another order each time.
 */
export function permutedIn(sides: readonly [Sampled, Sampled]): (at: At) => boolean {
  const read = reader();
  const bag = (answer: Response, pattern: string) => {
    const values: string[] = [];
    eachValue(read(answer), pattern, (document, node) => values.push(sourceText(document, node)));
    return values.length === 0 || values.length > mostValues ? null : values.sort().join('\n');
  };
  return onceEach(false, (at) =>
    sides.every((side) => {
      const [first = null, ...others] = answersOf(side, at).map((answer) => bag(answer, at.pointer));
      return first !== null && others.every((one) => one === first);
    }),
  );
}

/** Asks once of each place, and of so many; of any more it says `beyond`. */
function onceEach(beyond: boolean, ask: (at: At) => boolean): (at: At) => boolean {
  const known = new Map<string, boolean>();
  return (at) => {
    const found = known.get(keyOf(at)) ?? (known.size < mostPlaces ? ask(at) : null);
    if (found === null) return beyond;
    known.set(keyOf(at), found);
    return found;
  };
}

function reader(): (answer: Response) => JsonDocument | null {
  return lately(16, ({ headers, body }: Response) => jsonOf(bodyOf(headers, body)));
}

type Told = ReadonlySet<string>;

function isOneSided([first = new Set(), ...others]: readonly Told[], theirs: readonly Told[]): boolean {
  return [...first].some((one) => others.every((told) => told.has(one)) && !theirs.some((told) => told.has(one)));
}

function answersOf({ first, more }: Sampled, { exchange }: At): Response[] {
  return [first, ...more].flatMap(({ replay }) => {
    const outcome = replay.exchanges[exchange]?.outcome;
    return outcome?.kind === 'response' ? [outcome] : [];
  });
}

/** The values at a place and the words in them, all items of a list together; none in what is no JSON. */
function wordsIn(document: JsonDocument | null, pattern: string): Told {
  const told = new Set<string>();
  eachValue(document, pattern, (found, node) => {
    told.add(sourceText(found, node).slice(0, longestText));
    if (found.kind[node] === Kind.string)
      for (const piece of longPieces(stringText(found, node).slice(0, longestText))) told.add(piece);
  });
  return told;
}

/** Takes a document and a place in the items of lists; calls back for the first scalars there, one more than are looked at. */
function eachValue(
  document: JsonDocument | null,
  pattern: string,
  take: (document: JsonDocument, node: number) => void,
) {
  if (document === null) return;
  let count = 0;
  walkTrail(document, trailOf([{ pointer: pattern, rule: true }]), (node) => {
    if (document.kind[node]! >= Kind.array || count > mostValues) return false;
    count += 1;
    take(document, node);
    return false;
  });
}
