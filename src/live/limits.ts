/* The limits of this room: what is bounded, in which unit, and why. */

/** Routes that are counted each for itself: paths come from outside, and a scanner invents any number of them. */
export const maxRoutes = 200;

/** Different sets of divergences that are counted each for itself on one route. */
export const maxSignatures = 50;

/** Requests of one route that are recorded for one set of divergences, or for one reason without a conclusion. */
export const maxKept = 25;

/** Requests of one route that are recorded although they match: rules are learned from them, and refuted by them. */
export const maxKeptMatches = 50;

/** Bytes of the state file: a longer one is not ours. */
export const maxStateBytes = 64 << 20;

/** Routes that are named in one sentence. */
export const maxNamedRoutes = 5;

/** Stirling's series has sixteen digits from here on. */
export const minStirling = 15;

/** Terms of a continued fraction: some multiple of the root of the greater argument is enough. */
export const maxTerms = 1_000_000;

/** Halvings of an interval: after so many no double lies between its ends. */
export const maxHalvings = 200;
