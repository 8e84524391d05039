/* The limits of this room: what is bounded, in which unit, and why. */

/** A rule may have to look again: what it learned at some places can disturb others, which then have their say too. */
export const maxFitParametersRounds = 3;

/** Ways to explain a body that are tried for one route; beyond, the first way is taken. */
export const maxTrials = 200;
/** Places that ways are tried on; the best one then learns from all of them. */
export const maxTried = 24;

/** How often samples that are not explained are heard, how many of each sort, and how many at once. */
export const maxLearningLoopRounds = 4;
export const maxOfSort = 3;
export const maxAtOnce = 80;
/** Bytes of bodies that are learned from, both sides together: a tree takes some twenty times as many. */
export const maxToLearnFrom = 8 << 20;
/** Unexplained divergences of a sample that are looked at. */
export const maxMarks = 100;

export const maxHeadLength = 16 << 10;
/** What samples say is remembered of so many, and of none that says more than so many characters. */
export const maxSayings = 256;
export const maxSayingLength = 8 << 10;

/** Bodies above this are compared, but not explained. */
export const maxBodyBytes = 4 << 20;

/** More is not needed to tell that something is no chance. */
export const maxBits = 40;

/** Bodies above this are compared, but no recogniser reads them as JSON. */
export const maxReadBytes = 1 << 20;
/** Characters of an answer that are looked at for an error text or for a page that a framework writes. */
export const maxTextLength = 4096;

/** Bytes before the place that an error text names, in which the key of the value that is there is looked for. */
export const maxMemberLength = 400;

export const maxListed = 6;
export const maxNameLength = 60;

/** More values than this at one place are not learned. */
export const maxKept = 5000;
