/** Characters of an XML text. Two texts of elements without content take some fifty times their length in memory; longer ones are compared as text. */
export const maxXmlLength = 4 * 1024 * 1024;

/** Levels of elements. Each level is a place of its own: what nests deeper is made to be costly, and is compared as text. */
export const maxXmlDepth = 100_000;
