import { shorten, visibleText } from '../../compare/model/excerpt.ts';
import { someOf } from '../../config/some-of.ts';
import { maxPlaceLength, maxUndecidedCases, maxUndecidedPlaces } from '../limits.ts';
import type { CaseResult } from '../model/case-result.ts';
import { perCase } from './warning.ts';

/** A case with values of which too few samples were taken for the detectors. */
export const undecided = perCase(
  'have values of which there are too few samples to tell whether the sides differ',
  undecidedIn,
  maxUndecidedCases,
);

function undecidedIn({ testCase, undecided: { claims, samples } = none }: CaseResult): readonly string[] {
  if (claims.length === 0) return [];
  const found = claims.map(({ at: { facet, pointer }, undecided: detector }) => {
    const place = facet === 'headers' ? `the header ${pointer.slice(1)}` : pointer || 'the body';
    return `${shorten(visibleText(place), maxPlaceLength)} (${detector})`;
  });
  const places = someOf([...new Set(found)], maxUndecidedPlaces);
  return [
    `${testCase.id}: too few samples of each side to tell whether the sides differ at ${places}: ${samples} were taken`,
  ];
}

const none = { claims: [], samples: 0 };
