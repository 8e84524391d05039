import { headerValues } from '../../compare/headers/compare-headers.ts';
import { jwtClaims } from '../../compare/values/jwt.ts';
import { pieceColumns } from '../../compare/values/token-diff.ts';
import { isTime, textFormat } from '../../compare/values/value-format.ts';
import { pointerShape } from '../../json/pointer.ts';
import { type At, type Both, keyOf, type Noise, type Sampled, type SelfDiff } from '../evidence/self-diff.ts';
import { maxParts, maxSamplesItems, maxSamplesTextLength } from '../limits.ts';
import { answersOf } from '../values/sample-reader.ts';
import { numbersIn, type Samples } from './detector.ts';

/** What both sides show at one place, answer by answer. */
export interface PlaceSamples {
  readonly at: At;
  readonly samples: Both<Samples>;
}

/** Takes both self-diffs; returns a function from a noisy place to its samples: of all items of a list together, then of each. */
export function samplesAt(sides: Both<Sampled>, views: Both<SelfDiff>): (place: Noise) => readonly PlaceSamples[] {
  const exact = exactPlaces(views);
  return (place) => {
    if (place.facet === 'headers') return headerSamples(sides, place);
    const pointers = exact.get(keyOf(place)) ?? [];
    const each = pointers.map((pointer) => samplesOfItems(views, place, [pointer]));
    return pointers.length < 2 ? each : [samplesOfItems(views, place, pointers), ...each.slice(0, maxSamplesItems)];
  };
}

/** The pointers of the places that vary on both sides, by the place for all items of a list. */
function exactPlaces([a, b]: Both<SelfDiff>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const key of a.series.keys()) {
    if (!b.series.has(key)) continue;
    const pointer = key.slice(key.indexOf(' ', key.indexOf(' ') + 1) + 1);
    const folded = key.slice(0, key.length - pointer.length) + pointerShape(pointer);
    found.set(folded, [...(found.get(folded) ?? []), pointer]);
  }
  return found;
}

function samplesOfItems(views: Both<SelfDiff>, place: At, pointers: readonly string[]): PlaceSamples {
  const [a, b] = views.map(({ series }): Samples => {
    const all = pointers.map((pointer) => series.get(keyOf({ ...place, pointer })) ?? []);
    return (all[0] ?? []).map((_, answer) => all.map((values) => plainText(values[answer]!)));
  });
  return { at: { ...place, pointer: pointers[0]! }, samples: [a!, b!] };
}

function headerSamples(sides: Both<Sampled>, place: At): readonly PlaceSamples[] {
  const name = place.pointer.slice(1);
  const [a, b] = sides.map(
    (side): Samples => answersOf(side, place.exchange).map(({ headers }) => [headerValues(headers, name).join(', ')]),
  );
  return [{ at: place, samples: [a!, b!] }];
}

/** A value as text: a string of JSON without its quotes. */
export function plainText(source: string): string {
  if (!source.startsWith('"') || !source.endsWith('"')) return source;
  try {
    return String(JSON.parse(source));
  } catch {
    return source.slice(1, -1);
  }
}

/** The parts of texts that vary: claims of signed tokens, and words and numbers of texts that are built alike. */
export function partsOf({ samples }: PlaceSamples, origins: Both<string>): readonly Both<Samples>[] {
  const [a, b] = samples.map((side) => side.flat());
  const isSingle = samples.every((side) => side.every((values) => values.length === 1));
  const texts = [...a!, ...b!];
  if (!isSingle || texts.some((text) => text.length > maxSamplesTextLength) || samples.some((side) => numbersIn(side)))
    return [];
  const claims = [a!, b!].map((side, at) => side.map((text) => claimsOf(text, origins[at]!)));
  if (claims.flat().every((one) => one !== null)) return claimColumns(claims as Claims[][]).slice(0, maxParts);
  if (texts.some((text) => textFormat(text) !== null)) return [];
  const columns = pieceColumns(a!, b!) ?? [];
  const varying = columns.filter((column) => column.every((pieces) => new Set(pieces).size > 1));
  return columns.length < 2 ? [] : varying.slice(0, maxParts).map(asSamples);
}

type Claims = ReadonlyMap<string, string>;

/** The claims of a token; an address of the target itself is the same on both sides. */
function claimsOf(text: string, origin: string): Claims | null {
  const claims = jwtClaims(text);
  return claims && new Map([...claims].map(([place, value]) => [place, value.replaceAll(origin, '{origin}')]));
}

function claimColumns([a, b]: readonly Claims[][]): readonly Both<Samples>[] {
  const places = [...a![0]!.keys()].filter((place) => [...a!, ...b!].every((claims) => claims.has(place)));
  const columns = places.map((place) => [a!, b!].map((side) => side.map((claims) => claims.get(place)!)));
  return columns
    .filter((column) => !column.flat().some(isTime))
    .map((column) => asSamples(column as unknown as Both<readonly string[]>));
}

function asSamples([a, b]: Both<readonly string[]>): Both<Samples> {
  return [a.map((value) => [value]), b.map((value) => [value])];
}
