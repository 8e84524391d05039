/* The limits of this room: what is bounded, in which unit, and why. */

export const maxCharacters = 128 * 1024 * 1024;

/** Longer lines take their time anyway, and deeper ones may nest deeper than is allowed. */
export const maxJsonlReaderLineLength = 64 * 1024;
export const maxLevels = 180;

/** Turning longer ones into decimals takes more than linear time. */
export const maxRadixDigits = 1000;

export const maxLinesLineLength = 64 * 1024 * 1024;

/** So many cases are held in memory; those of a larger library are read from their files again when their turn comes. */
export const maxHeld = 10_000;

export const maxBytes = 64 * 1024 * 1024;

export const maxPauseMs = 60_000;

/** To find a case that is not held, all files are read up to it: where so many were found, the next are taken to be there, too. */
export const maxLookups = 3;

/** Characters of a YAML case file: a longer one is cut between its cases, since the tree of YAML takes a hundred times its text. */
export const minCutCharacters = 512 * 1024;
/** Of a part of it, and of what is read at once where the YAML of a part is faulty. */
export const minPartCharacters = 8 * 1024;
export const maxFaultyCharacters = 1024 * 1024;

export const maxHoldMs = 60_000;

export const maxRows = 10_000;
