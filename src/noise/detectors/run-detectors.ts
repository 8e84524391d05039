import type { Divergence } from '../../compare/model/divergence.ts';
import { shorten, visibleText } from '../../compare/model/excerpt.ts';
import { isTime } from '../../compare/values/value-format.ts';
import { listAbove } from '../../json/pointer.ts';
import { fewSamples, type Open, undecidedBy } from '../evidence/pending.ts';
import { type At, type Both, foldedAt, keyOf, type Noise, type Sampled, type SelfDiff } from '../evidence/self-diff.ts';
import { maxChance, maxRunDetectorsPlaces, maxValues } from '../limits.ts';
import { answersOf, reader, valuesIn } from '../values/sample-reader.ts';
import { disagreements } from './agreement.ts';
import { valueDetectors } from './catalogue.ts';
import type { Detector, Finding, Samples } from './detector.ts';
import { type PlaceSamples, partsOf, plainText, samplesAt } from './samples.ts';
import { sortedList } from './sorted-list.ts';
import { tokenClaims } from './token-claims.ts';

/** What the detectors found in the noise of a case. */
export interface Detected {
  readonly divergences: readonly Divergence[];
  /** Where more samples may decide. */
  readonly open: readonly Open[];
}

/** Runs all detectors over the places that are noisy in value on both sides, and where nothing counts yet. */
export function runDetectors(sides: Both<Sampled>, views: Both<SelfDiff>, noise: readonly Noise[]): Detected {
  const samplesOf = samplesAt(sides, views);
  const places = noise.slice(0, maxRunDetectorsPlaces).map((place) => ({ place, all: samplesOf(place) }));
  const origins = [sides[0].first.origin, sides[1].first.origin] as const;
  const found = [
    ...places.flatMap(({ place, all }) => firstOf([...findingsAt(all, origins), ...unsorted(sides, place)])),
    ...disagreements(places.flatMap(({ all }) => all.slice(all.length > 1 ? 1 : 0))),
  ];
  const proved = unique(found.filter(({ chance }) => chance < maxChance));
  const decided = new Set(proved.map((one) => keyOf(foldedAt(one.at))));
  const undecided = found.filter((one) => !decided.has(keyOf(foldedAt(one.at))));
  const answers = Math.min(...sides.map(({ more }) => 1 + more.length));
  return {
    divergences: proved.map((one) => divergenceOf(one, answers)),
    open: [
      ...undecided.map((one) => undecidedBy(one.detector, one.at)),
      ...places.flatMap(({ all }) => (all[0] && mayComeAgain(all[0]) ? fewSamples(all[0].at, answers) : [])),
    ],
  };
}

/** One of several findings at one place: the first in the order of the detectors that is proved, else the one with the smallest chance. */
function firstOf(findings: readonly Finding[]): Finding[] {
  const proved = findings.filter(({ chance }) => chance < maxChance);
  const [first] = proved.length > 0 ? proved : [...findings].sort((a, b) => a.chance - b.chance);
  return first === undefined ? [] : [first];
}

/** One finding for all items of a list. */
function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map([...findings].reverse().map((one) => [keyOf(foldedAt(one.at)), one])).values()].reverse();
}

/** All items together, then each item and each part by itself: of many that are looked at, one differs by chance more easily. */
function findingsAt(all: readonly PlaceSamples[], origins: Both<string>): Finding[] {
  return all.flatMap((one, index) => {
    const items = index === 0 ? 1 : all.length - 1;
    const parts = partsOf(one, origins);
    const isToken = parts.length > 0 && one.samples[0][0]![0]!.startsWith('eyJ');
    const detectors = isToken ? [tokenClaims, ...valueDetectors] : valueDetectors;
    return [
      ...separations(valueDetectors, one.samples, { at: one.at, tries: items }),
      ...parts.flatMap((samples) => separations(detectors, samples, { at: one.at, tries: items * parts.length })),
    ];
  });
}

function separations(
  detectors: readonly Detector[],
  samples: Both<Samples>,
  { at, tries }: { readonly at: At; readonly tries: number },
): Finding[] {
  if (samples.some(({ length }) => length < 2)) return [];
  return detectors.flatMap(({ id, separate }) => {
    const found = separate(samples);
    return found === null ? [] : [{ ...found, chance: Math.min(1, found.chance * tries), detector: id, at }];
  });
}

/** Of a place in the items of one list: whether the list is sorted by it. */
function unsorted(sides: Both<Sampled>, place: Noise): Finding[] {
  const list = place.facet === 'body' ? listAbove(place.pointer) : null;
  if (list === null || list.includes('*')) return [];
  const read = reader();
  const [a, b] = sides.map((side) =>
    answersOf(side, place.exchange).map((answer) => valuesIn(read(answer), place.pointer).map(plainText)),
  );
  if ([...a!, ...b!].some(({ length }) => length > maxValues)) return [];
  return separations([sortedList], [a!, b!], { at: { ...place, pointer: list }, tries: 1 });
}

/** Values that are new in each sample of one side so far, and no times. */
function mayComeAgain({ samples }: PlaceSamples): boolean {
  const isSingle = samples.every((side) => side.every((values) => values.length === 1 && !isTime(values[0]!)));
  return isSingle && samples.some((side) => new Set(side.flat()).size === side.length);
}

function divergenceOf({ at, detector, properties }: Finding, answers: number): Divergence {
  const { exchange, facet, pointer } = at;
  const [reference, candidate] = properties.map((text) => shorten(visibleText(text)));
  const rung = facet === 'body' ? 'value' : null;
  return {
    exchange,
    facet,
    pointer,
    kind: 'format',
    rung,
    reference: reference!,
    candidate: candidate!,
    detector,
    answers,
  };
}
