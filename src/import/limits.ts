/* The limits of this room: what is bounded, in which unit, and why. */

/** Characters of a credential that is looked for everywhere; shorter ones are replaced only where their name says what they are. */
export const minSearchedLength = 8;

/** Characters of the id of a case that is made of a path; longer ones are cut. */
export const maxIdLength = 60;

/** A document that is read as a whole, in bytes: a collection, an API description, a text of requests. */
export const maxDocumentBytes = 64 * 2 ** 20;

/** One line of a log, in bytes; a longer one is left out. */
export const maxLineBytes = 2 ** 20;

/** One exchange of a stream of exchanges, in bytes; a larger one is left out. */
export const maxEntryBytes = 64 * 2 ** 20;

/** Requests of a stream whose answers have not come yet; the oldest counts as not answered. */
export const maxWaiting = 10_000;

/** Levels of folders, references and made-up values, so that a circle ends. */
export const maxNesting = 32;

/** Aliases that a YAML document may use, so that a small one does not become a huge one. */
export const maxAliases = 100;

/** Files of one collection. */
export const maxFolderFiles = 20_000;
/** Operations of one OpenAPI description that coverage is counted against. */
export const maxDocumented = 10_000;
