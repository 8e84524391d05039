/* The limits of this room: what is bounded, in which unit, and why. */

export const maxBytes = 64 * 1024 * 1024;

export const maxPasses = 8;

/** Rows that one run adds, about 1 kB each: only targets that mean harm have more findings. */
export const maxNewRows = 5000;

/** Of very many cases some are looked for. */
export const maxShared = 200;

export const maxInstead = 3;

/** Characters of each side that a note shows. */
export const maxSide = 60;

/** A row lists this many of its cases at most; of more, those whose hashes come first stand for all. */
export const maxRowCasesListed = 40;
/** And so much of what an answer must have for their divergence to show. */
export const maxShapes = 6;
/** So many other findings that stand by it. */
export const maxOthers = 24;
/** A row keeps so many keys of divergences at most, six characters each: what it does not keep it does not claim. */
export const maxKeys = 400;

/** A finding of a whole API can have thousands of terms: those whose hashes come first stand for all. */
export const maxTerms = 40;
/** Occurrences that a row lists: about 12 kB of hidden text at most. */
export const maxShapeTextListed = 1000;
