import { isRepeatable } from '../../cases/every-step.ts';
import type { Divergence } from '../../compare/model/divergence.ts';
import { shorten, visibleText } from '../../compare/model/excerpt.ts';
import { formatOf } from '../../compare/values/value-format.ts';
import { someOf } from '../../config/some-of.ts';
import { differInGeneratedValues, namesResource } from '../../noise/backreferences.ts';
import { sentOnce } from '../../noise/sent-once.ts';
import { maxGeneratedValuesNamed, maxPlaceLength } from '../limits.ts';
import type { CaseResult } from '../model/case-result.ts';
import { perCase } from './warning.ts';

/** A divergence that may be of generated values, in a case that may not be sent again to tell. */
export const notRepeated = perCase(
  'may show values that are generated for each answer, and were not sent again to tell noise',
  (result) => [generatedValueIn(result) ?? []].flat(),
);

/**
 * Takes what came of a case; returns a sentence on the places in bodies, and in headers that name a resource, where each side shows an
 * identifier or a time of its own, if noise could not be measured because the case may not be sent again; null if there are none.
 */
export function generatedValueIn({ testCase, comparisons }: CaseResult): string | null {
  if (isRepeatable(testCase)) return null;
  const divergences = comparisons.flatMap((one) => (one.outcome === 'divergent' ? one.divergences : []));
  const found = divergences.filter(mayBeGenerated);
  const places = [...new Set(found.map((one) => shorten(visibleText(placeOf(one)), maxPlaceLength)))];
  if (places.length === 0) return null;
  return `${testCase.id} was not sent again to tell noise at ${someOf(places, maxGeneratedValuesNamed)}, which may be generated for each answer: say safe: true if it may be, or capture or ignore them`;
}

function mayBeGenerated({ facet, kind, pointer, reference, candidate }: Divergence): boolean {
  if (kind !== 'value' || reference === null || candidate === null) return false;
  if (facet === 'headers') return namesResource(pointer.slice(1)) && differInGeneratedValues(reference, candidate);
  const format = facet === 'body' ? formatOf(reference) : null;
  return format !== null && formatOf(candidate) === format;
}

function placeOf({ facet, pointer }: Pick<Divergence, 'facet' | 'pointer'>): string {
  return facet === 'headers' ? `the header ${pointer.slice(1)}` : pointer;
}

/** A case that was sent once, where times and generated identifiers are compared by format. */
export const comparedByFormat = perCase(
  'were sent once, and compared by format where times and generated identifiers are',
  (result) => [formatsIn(result) ?? []].flat(),
);

/** Takes what came of a case; returns a sentence on the places that were compared by format as it was sent once; null if there are none. */
function formatsIn({ testCase, comparisons }: CaseResult): string | null {
  const found = comparisons.flatMap(({ noise }) => noise.filter(({ reason }) => reason === sentOnce));
  const places = [...new Set(found.map((one) => shorten(visibleText(placeOf(one)), maxPlaceLength)))];
  if (places.length === 0) return null;
  return `${testCase.id} was sent once; times and generated identifiers at ${someOf(places, maxGeneratedValuesNamed)} were compared by format`;
}
