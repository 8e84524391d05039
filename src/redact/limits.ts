/* The limits of this room: what is bounded, in which unit, and why. */

/** Escapes within escapes are decoded so many times: one level of a secret's own, and what three encoders put around it. */
export const maxPasses = 5;

/** Where no mark says that a text was cut, a shorter piece of a secret is met by chance. */
export const minOpenPiece = 6;
/** What is left of escapes is not longer. */
export const maxEscapes = 16;

/** Longer texts are not excerpts: a `…` in them is not a mark of a cut. */
export const maxExcerpt = 2000;
/** Not more of a text is looked at before an end without a mark: a secret of 500 characters, each of them an escape. */
export const maxBeforeEnd = 8192;
/** What tells where an excerpt is from is not longer. */
export const maxLabel = 80;

/** So many values one after the other are looked at together. */
export const maxTogether = 3;

/** A piece is never shown that is longer, and of a short secret none that is longer than a quarter of it. */
export const maxShown = 5;
/** A shorter piece is met everywhere. */
export const minPiece = 3;
/** A shorter secret is found only in the case that it is written in: as a word it is too common in another. */
export const minAnyCase = 8;
/** A shorter form is met by chance. */
export const minForm = 6;
/** A shorter part of a JSON Web Token (RFC 7519) is met by chance. */
export const minTokenPart = 12;
