import { constantEnds } from './constant-ends.ts';
import { decimals } from './decimals.ts';
import type { Detector } from './detector.ts';
import { direction } from './direction.ts';
import { distinctValues } from './distinct-values.ts';
import { leadingZeros } from './leading-zeros.ts';
import { numberRange } from './number-range.ts';
import { tokenClaims } from './token-claims.ts';
import { vocabulary } from './vocabulary.ts';

/** The detectors that look at the values of one place: the first that finds something names it. */
export const valueDetectors: readonly Detector[] = [
  tokenClaims,
  vocabulary,
  decimals,
  leadingZeros,
  direction,
  numberRange,
  constantEnds,
  distinctValues,
];
