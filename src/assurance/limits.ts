/* The limits of this room: what is bounded, in which unit, and why. */

export const maxBlastRadiusSamples = 20;
/** The most bytes that are read, edited and compared for all rules together. Bytes and not time, so that a run repeats exactly. */
export const maxBlastRadiusWork = 32 * 1024 * 1024;

/** The most places that are listed. */
export const maxPlaces = 100;
/** A hostile body has new keys in each answer, keys of a megabyte, and nests a million levels: beyond this it is not followed. */
export const maxShapes = 5000;
export const maxShapesInAll = 100_000;
export const maxKeyLength = 200;

/** The most header names that are kept: a server may send a new one each time. */
export const maxNames = 500;

export const maxSamplesSamples = 40;

export const maxMutations = 40;
/** The most bytes that are read, edited and compared: one to two seconds. Bytes and not time, so that a run repeats exactly. */
export const maxSelfCheckWork = 32 * 1024 * 1024;
/** How often a place is drawn again where it was chosen before. */
export const maxDraws = 4;

export const maxPointerLength = 300;

/** How many of the bodies of a route are kept in mind for each side, and the longest of them. */
export const maxKnown = 8;
export const maxKnownLength = 16 * 1024;
/** A server may name a new content type in each answer. */
export const maxTypes = 20;
export const maxTypeLength = 100;

/** Documented operations of which something was not exercised that are listed, and paths that no description has. */
export const maxGaps = 500;
export const maxBeyond = 100;
