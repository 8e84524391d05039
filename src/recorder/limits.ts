/* The limits of this room: what is bounded, in which unit, and why. */

/** Steps of one case, in requests: a longer flow cannot be read by a person. */
export const maxFlowSteps = 50;

/** Length of an identifier from which it is known by itself, in characters; a shorter one only in a place for identifiers. */
export const minPlainIdLength = 6;

/** Values of one answer that later requests are looked through for, so that a long list costs no more than it is worth. */
export const maxAnswerValues = 2000;

/** Levels of a body that count for its shape, and that identifiers are looked for in: deeper ones are data of data. */
export const maxShapeDepth = 12;

/** Requests of one import that become cases: more than people keep as a library. */
export const maxKept = 20_000;

/** Bytes of the requests and answers that are kept, so that a file of any size fits into memory. */
export const maxKeptBytes = 48 * 2 ** 20;

/** Requests that are merged, but whose answers a later request may use: how many are remembered. */
export const maxRemembered = 2000;

/** The same, in bytes. */
export const maxRememberedBytes = 24 * 2 ** 20;

/** Segments at one place of a path; from there on they count as values. */
export const maxRouteChildren = 60;

/** Places of paths whose segments are known, so that random paths take no more memory. */
export const maxRoutePlaces = 20_000;

/** Characters of a body that a person reads in a case; a longer one goes into a file. */
export const maxInlineBody = 4096;

/** Characters of the name of a variable; a number may follow. */
export const maxVariableName = 48;

/** Levels of JSON that are written as YAML; deeper JSON is written as one text. */
export const maxYamlDepth = 40;

/** Characters of JSON that is written as YAML; longer JSON goes into a file. */
export const maxInlineJson = 32 * 1024;
