/* The limits of this room: what is bounded, in which unit, and why. */

/**
 * Before a row is closed, a case that it lists is sent so many more times, as long as its answers do not show what the row is about. Of two
 * values that are drawn at random one comes ten times in a row in one of 1,000 runs. A case that writes is sent as often as any other claim
 * about it is asked again.
 */
export const maxAwaitedTries = 9;
export const maxAwaitedTriesWriting = 4;

/** So many further answers that agree make a first one that does not an odd one. */
export const minFurtherAnswers = 5;

/** Cases without a conclusion whose hashes are kept: a target that is down has all of them. */
export const maxSilent = 10_000;

/** So much of answers is held in memory, in bytes as they are estimated. */
export const maxHeld = 4 << 20;

/** So many suites are named. */
export const maxExerciseNotesNamed = 5;

/** So many cases of one group are tried one by one. */
export const maxAlone = 200;

export const maxGeneratedValuesNamed = 3;
/** Places of a case that are named because too few samples were taken, and cases that are. */
export const maxUndecidedPlaces = 20;
export const maxUndecidedCases = 20;
export const maxPlaceLength = 60;

export const maxMessage = 300;
/** So many faults are noted. */
export const maxNoted = 5;

/** Different observation scopes in one run; of a case beyond them nothing is known. */
export const maxScopes = 1000;

/** The most bytes of a body that are recorded. */
export const maxBodyLength = 256 * 1024;

export const maxClaims = 1000;

/** So many cases are named. */
export const maxServiceExitNamed = 5;

/** Blocks that are remembered when they were read. */
export const maxBlocks = 128;

/** How many cases a sentence of one kind is said of. */
export const maxWarnings = 5;

/** So many routes are not answered alike by chance. */
export const minSuspiciousRoutes = 5;
/** Routes of a target that are counted, to report how many it answers alike. */
export const maxRoutes = 1000;

/** In bytes: the page of a web server that refuses a connection is shorter, and longer bodies are not searched for it. */
export const maxRefusalPage = 2000;
