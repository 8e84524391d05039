/* The limits of this room: what is bounded, in which unit, and why. */

/** Shorter values are too common to be masked without harm. */
export const minSecretLength = 6;

/** The longest a timer of Node can wait. */
export const maxDuration = 2 ** 31 - 1;

export const maxWord = 60;

/** In characters: a hint is one line. */
export const maxLength = 120;

export const maxFileBytes = 64 * 1024 * 1024;
/** Of a file of certificates, in bytes: all public authorities together have a quarter of it. */
export const maxPemBytes = 1024 * 1024;

export const maxProblemsPerFile = 50;
export const maxSourceLine = 500;

export const maxDepth = 256;
/** In values; sixteen characters of text weigh as much as one. */
export const maxAliasedWeight = 1_000_000;

/** No more of one tree are shown. */
export const maxIssues = 50;
/** A map of more keys is no slip of the pen. */
export const maxKeys = 8;
