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
export function movingTold([reference, candidate]: readonly [Sampled, Sampled]): (at: At) => boolean {
  const known = new Map<string, boolean>();
  const read = lately(16, ({ headers, body }: Response) => jsonOf(bodyOf(headers, body)));
  return (at) => {
    const found = known.get(keyOf(at));
    if (found !== undefined) return found;
    if (known.size >= mostPlaces) return true;
    const [a, b] = [reference, candidate].map((side) =>
      answersOf(side, at).map((answer) => wordsIn(read(answer), at.pointer)),
    ) as [Told[], Told[]];
    const told = isOneSided(a, b) || isOneSided(b, a);
    known.set(keyOf(at), told);
    return told;
  };
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
  if (document === null) return told;
  let count = 0;
  walkTrail(document, trailOf([{ pointer: pattern, rule: true }]), (node) => {
    if (document.kind[node]! >= Kind.array || count === mostValues) return false;
    count += 1;
    told.add(sourceText(document, node).slice(0, longestText));
    if (document.kind[node] === Kind.string)
      for (const piece of longPieces(stringText(document, node).slice(0, longestText))) told.add(piece);
    return false;
  });
  return told;
}
