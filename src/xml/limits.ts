/* The limits of this room: what is bounded, in which unit, and why. */

/** Characters of an XML text. Two texts of elements without content take some fifty times their length in memory; longer ones are compared as text. */
export const maxXmlLength = 4 * 1024 * 1024;
/** Levels of elements. Each level is a place of its own: what nests deeper is made to be costly, and is compared as text. */
export const maxXmlDepth = 100_000;

/** Characters that are joined before they become bytes: many short texts cost far more memory than one. */
export const maxPiece = 64 * 1024;
