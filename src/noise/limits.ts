/* The limits of this room: what is bounded, in which unit, and why. */

/**
 * Further samples of one side in which it differs from its first one. If the differing samples fell on either side by chance, all of
 * them would be on one side in one of 16 cases.
 */
export const minCount = 5;

/** Noisy pointers of a case that are listed one by one. */
export const maxSentOnceExact = 100;
export const maxSubtractNoiseExact = 100;
/** Characters of a request in which the values of the answers are looked for. */
export const maxRequestLength = 100_000;

/** Names of things in a random list whose other members are compared. */
export const maxContradictions = 20;

/** Objects that may have generated keys, keys of each, and bytes of the body. */
export const maxGeneratedKeysPlaces = 20;
export const maxKeys = 2000;
/** Keys that are the same in all answers and are kept, and characters of each. */
export const maxSteady = 100;
export const maxSteadyLength = 200;
export const maxGeneratedKeysBodyLength = 1 << 20;

/** Items of a list, and members of its first item, among which an identity key is looked for. */
export const maxItemKeysItems = 5000;
export const maxNames = 20;
/** Identity keys that are compared with one another, and the members of each item that are counted for it. */
export const maxCompared = 4;
export const maxOtherKeys = 10;

/** Of a number of more digits its source is compared: two of these are rarely equal. */
export const maxDigits = 15;

/** Lists that may be random samples, and pointers in the items of each. */
export const maxLists = 20;
export const maxRandomSamplesPlaces = 20;

/** Pointers into reordered lists that are looked at: at any more, a difference counts. */
export const maxReorderedItemsPlaces = 50;
/** Values, or items of a list, of which all samples show one value or one order by chance at times. */
export const maxByChance = 5;

/** Noisy pointers that are compared with one another. */
export const maxAgreementPlaces = 60;

/** Characters: longer ends may be the mark of one process in all that it generates. */
export const maxEnd = 4;

/**
 * A difference with a smaller chance counts. Each detector keeps to it by itself, and at most five of them can look at one value, so
 * that two equal sides differ at one place in fewer than one of 10,000 runs.
 */
export const maxChance = 2e-5;

/** Fewer numbers do not show whether they move slowly. */
export const minForTrend = 5;
/** Random numbers come in one order by chance: five of them in one of 120 cases, six in one of 720. */
export const minForDirection = 6;
/** So many numbers that move slowly are no chance. */
export const minToProveTrend = 10;
/** Of independent numbers the mean square of the steps is twice their variance; less than this is by chance in one of 200 series of ten. */
export const maxTrend = 0.6;

/** Noisy pointers of a case that the detectors look at. */
export const maxRunDetectorsPlaces = 200;

/** A text may be a whole page: of longer ones (in characters) no parts are compared, and of no more parts than these. */
export const maxSamplesTextLength = 20_000;
export const maxParts = 50;
/** Items of a list that are also compared one by one. */
export const maxSamplesItems = 20;

/** Two items are sorted by chance half of the time. */
export const minItems = 3;

export const maxShownWords = 6;
/** In so many samples a small set of words shows one of them twice. */
export const minVocabularySamples = 5;

/** In so many samples a value that is one of a few comes again. */
export const minPendingSamples = 5;

/** Pointers of a self-diff: at any more, a difference counts. */
export const maxSelfDiffPlaces = 100_000;

/** Longer counters (in digits) are 64-bit identifiers, which are equally long. */
export const maxCounterDigits = 10;
/** Characters, and changes between digits and letters, that make a word a token whatever its member is called. */
export const minUnnamedLength = 16;
export const minChanges = 4;
/** Parts of a token between its points. */
export const maxTokenParts = 6;
/** Of two tokens that one generator drew, one shows fewer kinds of characters than the other in fewer cases than this. */
export const tokenChance = 1e-3;
/** Seconds: two tokens of one moment tell times that are not further from one another. */
export const tokenTimesS = 60;

/** Characters of noisy texts in one comparison whose constant part is shown: about two seconds. */
export const maxRead = 16 * 1024 * 1024;

/** Values of an answer that are read at one pointer, and characters of each. */
export const maxValues = 10_000;
export const maxSampleReaderTextLength = 1000;
