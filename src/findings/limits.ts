/* The limits of this room: what is bounded, in which unit, and why. */

export const maxAlongsideMembers = 20;

/** A neighbour that is not longer is shown before the place. */
export const maxNeighbourLength = 100;

/** Routes, beside its own, that a style must be known from. */
export const minOthers = 2;
/** Bodies that are looked at again. */
export const maxCasingSamples = 2000;

/** A finding of a whole API is in many objects; these do for all. */
export const maxWithin = 1000;
/** Divergent cases in whose answers a target's stack is looked for: one page of a framework is enough. */
export const maxGuessed = 100;
/** Fewer answers than this may show by chance that one side alone differs from itself. */
export const minAnswers = 5;

/** A hostile header has thousands of parts. */
export const maxForms = 40;

export const maxHostLength = 100;

export const minLength = 8;

export const maxKeys = 40;

/** No case has so many exchanges. */
export const maxExchanges = 2 ** 20;

/** Samples that are looked at, and bytes of their bodies. */
export const maxMapsSamples = 40;
export const maxBytes = 1 << 20;
/** What a map must show before its keys count as data. */
export const minKeys = 4;
export const minSets = 3;
export const minScalarKeys = 12;

/** Distinct occurrences that one finding keeps, each 700 bytes at most: more than a row of the tracker can list. */
export const maxOccurrences = 5000;
/** Members of a request's body that tell it from others. */
export const maxOccurrencesMembers = 100;
/** Characters of the name of an operation in a route. */
export const maxOperationName = 120;
/** Bytes of a body, or characters of a query, in which an operation is looked for. */
export const maxOperationBody = 256 * 1024;
/** Fields of a GraphQL operation without a name that stand for it, and requests of a batch that are looked at. */
export const maxOperationFields = 5;

/** Findings that are gathered at the same time; of further ones those with one divergence wait for the end. */
export const maxOpenGatherings = 2000;

/** The most days added to the generated times of a sample, so that two samples do not share a time and years keep four digits. */
export const maxDays = 10_000;
