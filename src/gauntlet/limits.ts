/* The limits of this room: what is bounded, in which unit, and why. */

/** Lineages: there are no more families of models than this. */
export const maxQuorum = 20;

/** Requests, or checks, under way at a time. */
export const maxConcurrency = 64;

/** Points of one dimension of the scorecard. */
export const maxPoints = 10;

/** Gauntlets of one day: a folder is made by trying names. */
export const maxGauntletsOfDay = 10_000;

/** Bytes of an answer that is looked at for a state. */
export const maxStateBytes = 4 * 1024 * 1024;

/** Characters of the output of one check in the JUnit file: CI servers refuse large files. */
export const maxShownOutput = 20_000;
