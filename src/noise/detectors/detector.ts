import type { At, Both } from '../evidence/self-diff.ts';

/** The values at one place in one answer: one, or those of all items of a list. Strings of JSON without their quotes. */
export type Sample = readonly string[];

/** The samples of one side, in the order of its answers. */
export type Samples = readonly Sample[];

/** A property that all samples of either side have, and that tells the sides apart. */
export interface Separation {
  /** What is true of every sample of each side, in a few words. */
  readonly properties: Both<string>;
  /** How likely two equal sides would look so: a permutation test over the samples. */
  readonly chance: number;
}

/** What one detector found at one place. */
export interface Finding extends Separation {
  readonly detector: DetectorId;
  readonly at: At;
}

/** Looks for one property that every sample of one side has, and none or few samples of the other. */
export interface Detector {
  readonly id: DetectorId;
  /** Null where the samples do not differ in the property. */
  readonly separate: (samples: Both<Samples>) => Separation | null;
}

/** What each detector says of two sides that it tells apart, behind the name of a place. */
export const detectorSentences = {
  'token-claims': 'is a signed token with a claim that always has one value on one side and another one on the other',
  vocabulary: 'is one of a few words on each side, and the sides have no word in common',
  decimals: 'has more decimals on one side in every answer',
  'leading-zeros': 'is padded with zeros on one side only',
  direction: 'moves in another direction from answer to answer',
  'number-range': 'is a number in another range on each side',
  'constant-ends': 'begins or ends in one way in every answer of one side, and in none of the other',
  'distinct-values': 'is new in every answer of one side, and one of a few values on the other',
  'sorted-list': 'is a sorted list in every answer of one side, and in no order on the other',
  agreement: 'agrees with another place in every answer of one side, and does not on the other',
} as const;

export type DetectorId = keyof typeof detectorSentences;

/** The only value of each sample; null where a sample has several. */
export function singleValues(samples: Samples): readonly string[] | null {
  return samples.every(({ length }) => length === 1) ? samples.map(([value]) => value!) : null;
}

/** A number in decimal digits. Longer ones are identifiers. */
const decimal = /^-?\d{1,20}(?:\.\d{1,40})?$/;

/** The numbers of each sample; null where some value is none. */
export function numbersIn(samples: Samples): readonly (readonly number[])[] | null {
  const areNumbers = samples.every((sample) => sample.length > 0 && sample.every((value) => decimal.test(value)));
  return areNumbers ? samples.map((sample) => sample.map(Number)) : null;
}
