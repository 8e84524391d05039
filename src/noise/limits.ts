/* The limits of this room: what is bounded, in which unit, and why. */

/**
 * In so many answers one side says otherwise than in its first one: of as many on both sides that chance divides, all are on one of them
 * in one of 16 cases, and then the first answers would have to agree, too.
 */
export const minCount = 5;

/** So many places are named one by one. */
export const maxSentOnceExact = 100;
/** So many characters of a request are searched for the values in the answers. */
export const maxRequestLength = 100_000;

/** So many places are named one by one. */
export const maxSubtractNoiseExact = 100;

/** More things are not compared. */
export const maxContradictions = 20;

/** So many places are looked at, so many keys there, and bodies of so many bytes. */
export const maxGeneratedKeysPlaces = 20;
export const maxKeys = 2000;
/** So many keys that name something are kept, and so long ones. */
export const maxSteady = 100;
export const maxSteadyLength = 200;
export const maxGeneratedKeysBodyLength = 1 << 20;

/** Longer lists, and members after so many, are not looked through. */
export const maxItemKeysItems = 5000;
export const maxNames = 20;
/** So many names are held against one another, by so many members of each item. */
export const maxCompared = 4;
export const maxOtherKeys = 10;

/** Of a number of more digits its source: two of these are rarely equal. */
export const maxDigits = 15;

/** So many lists are looked at, and so many places in the items of each. */
export const maxLists = 20;
export const maxRandomSamplesPlaces = 20;

/** So many places are looked at: at any more, what differs counts. */
export const maxReorderedItemsPlaces = 50;
/** So many values, or orders of so many items, come the same in all answers by chance at times. */
export const maxByChance = 5;

/** So many places are compared with one another. */
export const maxAgreementPlaces = 60;

/** Longer ends may be the mark of one process in all that it generates. */
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

/** So many noisy places of a case are looked at. */
export const maxRunDetectorsPlaces = 200;

/** A text may be a whole page: of longer ones no parts are compared, and of no more parts than these. */
export const maxSamplesTextLength = 20_000;
export const maxParts = 50;
/** So many items of a list are also compared one by one. */
export const maxSamplesItems = 20;

/** Two items are sorted by chance half of the time. */
export const minItems = 3;

export const maxShownWords = 6;
/** In so many samples a small set of words shows one of them twice. */
export const minVocabularySamples = 5;

/** In so many samples in all a value that is one of a few comes again. */
export const minPendingSamples = 5;

/** More places than these are not told apart: what differs there counts. */
export const maxSelfDiffPlaces = 100_000;

/** So many places of noise are held against one another, so many texts of an answer at each, and so many characters of what is no JSON. */
export const maxBrokenReferencesPlaces = 100;
export const maxTexts = 200;
export const maxBrokenReferencesBodyLength = 100_000;

/** So many members of an object are looked at, and of all objects. */
export const maxMembers = 50;
export const maxInAll = 300;
/** Shorter values, two counters may say both by chance. */
export const minLength = 4;

/** Counters of more digits than these are as long as one another: 64-bit identifiers. */
export const maxCounterDigits = 10;
/** So many characters and changes between digits and letters make a word a token whatever its member is called. */
export const minUnnamedLength = 16;
export const minChanges = 4;

/** Of the texts of one comparison no more characters are looked at for this: about two seconds. */
export const maxRead = 16 * 1024 * 1024;

/** So many values of an answer are looked at in one place, and so many characters of each. */
export const maxValues = 10_000;
export const maxSampleReaderTextLength = 1000;
