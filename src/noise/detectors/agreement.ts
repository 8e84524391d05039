import { isTime } from '../../compare/values/value-format.ts';
import { keyOf } from '../evidence/self-diff.ts';
import { maxAgreementPlaces, maxChance } from '../limits.ts';
import { type DetectorId, type Finding, singleValues } from './detector.ts';
import type { PlaceSamples } from './samples.ts';
import { chanceOfSeparation } from './significance.ts';

const id: DetectorId = 'agreement';

/**
 * Pairs of places, of one answer or of two steps: on one side the second always contains the value of the first (`id` and the number in
 * `href`), and on the other in few answers. Of places that agree with one another on one side the first is the source, and the others are
 * reported.
 */
export function disagreements(all: readonly PlaceSamples[]): Finding[] {
  const places = all.slice(0, maxAgreementPlaces).flatMap((one) => placeOf(one));
  const broken = new Set<string>();
  return places.flatMap((place, at) => {
    const sources = places.slice(0, at).filter((source) => !broken.has(keyOf(source.at)));
    const found = sources.flatMap((source) => disagreement(source, place) ?? []).sort((a, b) => a.chance - b.chance)[0];
    if (found === undefined) return [];
    if (found.chance < maxChance) broken.add(keyOf(place.at));
    return [found];
  });
}

interface Place extends Pick<PlaceSamples, 'at'> {
  readonly values: readonly (readonly string[])[];
  readonly words: readonly (readonly ReadonlySet<string>[])[];
  /** It has times, which may be equal by chance. */
  readonly isClock: boolean;
}

function placeOf({ at, samples }: PlaceSamples): Place[] {
  const values = samples.map((side) => singleValues(side) ?? []);
  if (values.some((side) => side.length < 2)) return [];
  const isClock = values.flat().some(isTime);
  return [{ at, values, words: values.map((side) => side.map(wordsOf)), isClock }];
}

/** The words and numbers in a text, also those joined by `_` and `-` (`ord_7`), and the whole of it. */
function wordsOf(text: string): ReadonlySet<string> {
  return new Set([text, ...(text.match(/[\p{L}\p{N}_-]+/gu) ?? []), ...(text.match(/[\p{L}\p{N}]+/gu) ?? [])]);
}

function disagreement(one: Place, other: Place): Finding | null {
  if ((one.isClock || other.isClock) && !areOfOneMoment(one, other)) return null;
  const [x, y] = [0, 1].map((side) => agreements(one, other, side));
  const [n, m] = one.values.map(({ length }) => length);
  const others = x === n ? y! : y === m ? x! : null;
  if (others === null || others * 4 > Math.min(n!, m!)) return null;
  const name = `${one.at.pointer || 'the body'}${one.at.exchange === other.at.exchange ? '' : ' of another step'}`;
  const phrase = (count: number, size: number) => `agrees with ${name} in ${count} of ${size} answers`;
  const chance = 2 * chanceOfSeparation(n!, m!, others);
  return { at: other.at, detector: id, properties: [phrase(x!, n!), phrase(y!, m!)], chance };
}

/** With milliseconds or finer. */
const preciseTime = /[.,]\d{3,}|^\d{13,}$/;

/** Times of two steps that are so precise that two moments are hardly ever the same one. */
function areOfOneMoment(one: Place, other: Place): boolean {
  const texts = [...one.values.flat(), ...other.values.flat()];
  return one.at.exchange !== other.at.exchange && texts.every((text) => preciseTime.test(text));
}

/** In how many answers of a side the text of one place contains the value of the other. */
function agreements(one: Place, other: Place, side: number): number {
  const contains = (words: ReadonlySet<string>, value: string) => words.has(value);
  return one.values[side]!.filter(
    (value, at) =>
      contains(other.words[side]![at]!, value) || contains(one.words[side]![at]!, other.values[side]![at]!),
  ).length;
}
