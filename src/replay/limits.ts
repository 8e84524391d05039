/* The limits of this room: what is bounded, in which unit, and why. */

/** So many times the places are under way at most: those that send, those that are judged, and those that pause before they send once more. */
export const maxPerPlace = 4;

/** A process that is started again is there within seconds, in milliseconds. */
export const maxStoppedTargetsWaitMs = 5000;
/** A target that stops again and again is not waited for any more. */
export const maxComebacks = 5;
/** So many cases are named. */
export const maxNamed = 5;

/** A longer wait is not waited. */
export const maxBackoffWaitMs = 5000;
export const minWaitMs = 100;
export const maxTries = 3;
/** After so many requests for which pauses of our own were in vain, no more are made: that is how this target answers. */
export const maxBackoffVain = 5;

/** Further samples of a case without an answer that are taken once more: a busy machine loses one, a target that fails loses all. */
export const maxLostSamples = 3;

/** Finished cases that are held to wait for surplus bytes, and the bytes of their bodies: more would take memory from the run. */
export const maxHeldCases = 256;
export const maxHeldBytes = 4 * 1024 * 1024;

/** A tick of the wait for surplus bytes, in milliseconds; the ticks that a case is held for, while the next are sent. A server that keeps to HTTP sends none, so the wait is short; one that sent some, or answers slowly, gets the longest. */
export const surplusTickMs = 10;
export const minSurplusTicks = 4;
export const maxSurplusTicks = 40;

export const maxNames = 100;
export const maxSaid = 10;
export const maxSaidLength = 80;

/** The longest body that a pattern is looked for in, in bytes. */
export const maxBodyLength = 1024 * 1024;

export const maxAnswerBytes = 1024 * 1024;

// A page over this size is an answer all the same.
export const maxReadyBytes = 1024 * 1024;

/** After so many logins in a row that did not help, a 401 of that target is an answer like any other. */
export const maxTokenRefreshVain = 3;
