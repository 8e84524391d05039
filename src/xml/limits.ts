/** Characters of an XML text. A text of elements without content takes some fifty times its length in memory; a longer one is compared as text. */
export const maxXmlLength = 16 * 1024 * 1024;

/** Levels of elements. Each level is a place of its own: what nests deeper is made to be costly, and is compared as text. */
export const maxXmlDepth = 100_000;
