import type { Location } from './location.ts';

/** Two values of one kind that stand at one place of two bodies and differ. */
export interface Difference {
  /** JSON Pointers on either side. */
  readonly a: string;
  readonly b: string;
  /** Both as they are compared, whole: a JSON scalar as its source, anything else as its text. */
  readonly texts: readonly [a: string, b: string];
  /** The texts stand for bytes, a character for each. */
  readonly isBinary?: true;
  /** Parts of the values say something of their own; not so of a number. */
  readonly hasPieces: boolean;
  /** Excerpts to show; of a text that is not JSON those of what is given in place of both texts. */
  readonly shown: (texts?: readonly [a: string, b: string]) => readonly [a: string, b: string];
}

/** Says what a difference counts as; null if it is forgiven. */
export type Judge = (difference: Difference) => 'value' | 'format' | null;

/** The judge of bodies in which the place is the whole of an inner one. */
export function judgeBelow(judge: Judge | undefined, place: Location): { readonly judge?: Judge } {
  if (judge === undefined) return {};
  return { judge: ({ a, b, ...rest }) => judge({ ...rest, a: place.a + a, b: place.b + b }) };
}
