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

/** So many copies in a row without an answer open the circuit. */
export const maxFailuresInRow = 5;

/** How long nothing is copied then, in milliseconds: at first, and at most. */
export const minCircuitMs = 1000;
export const maxCircuitMs = 30_000;

/** Noisy places of one route that are remembered. */
export const maxNoisyPlaces = 200;

/** So many requests of a route must show that both sides differ from themselves at a place. */
export const minNoisyRequests = 3;

/** Of requests whose differences are all at such places one of so many is measured all the same. */
export const noiseRecheckEvery = 50;

/** How many times one request is sent again to both sides at most, to tell noise from divergence. */
export const maxSamples = 12;

/** How often the page is sent the state, in milliseconds, and the state file is written. */
export const pageEveryMs = 500;
export const storeEveryMs = 250;

/** Pages that are open at one time. */
export const maxPageStreams = 50;

/** Bytes of what a page may send. */
export const maxPageBodyBytes = 100;

/** How long copies may take to be compared once a shadow is asked to end, in milliseconds. */
export const maxEndMs = 5000;
