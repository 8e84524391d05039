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

/** So long a command of a score, a risk or a claim may take, in milliseconds: as long as a gate that names no time. */
export const maxProofMs = 600_000;

/** Bytes of a cited file that are looked at for a line. */
export const maxCitedBytes = 64 * 1024 * 1024;

/** Bytes of a changed file that are hashed; of a larger one size and time count. */
export const maxHashedBytes = 16 * 1024 * 1024;

/** Bytes of the list of changed files that git prints. */
export const maxGitBytes = 64 * 1024 * 1024;

/** How long git may take, in milliseconds. */
export const maxGitMs = 60_000;

/** Changed files that a reason or a warning names. */
export const maxNamedFiles = 5;

/** Earlier gauntlets that the chart shows and the delta looks into. */
export const maxEarlier = 50;

/** Bytes of an assessment.json that is read: it is ours and small, unless somebody else wrote it. */
export const maxAssessmentBytes = 16 * 1024 * 1024;

/** Bytes of the report of a run that is copied beside its assessment: a larger one is no page that people track. */
export const maxReportBytes = 4 * 1024 * 1024;

/** Rows of one table of the page; assessment.json has all of them. */
export const maxShownRows = 500;

/** Bytes of a diff: it is held in memory. */
export const maxDiffBytes = 512 * 1000 * 1000;

/** Parts of a proposed split, and files without a bundle, that are shown. */
export const maxShownParts = 20;

/** Bytes of one answer of a reviewer: no review is longer. */
export const maxAnswerBytes = 32 * 1024 * 1024;

/** Characters of an answer that is shown to its reviewer when it is asked once more. */
export const maxRepeatedAnswer = 100_000;

/** Characters of an answer that findings are looked for in, and of one line and one field of it. */
export const maxReadAnswer = 1_000_000;
export const maxReadLine = 4000;
export const maxReadField = 600;

/** Characters of the name that a model answers under. */
export const maxShownModel = 200;

/** Places of one answer that are not in the diff, as the tally names them. */
export const maxNotInDiff = 100;

/** Tokens: a shorter answer is flagged as thin. */
export const minAnswerTokens = 300;

/** Bytes that one token stands for where nobody counts them, of source code in English. */
export const bytesPerToken = 4;

/** Milliseconds before a request is sent again: doubled each time from the first to the last of these. */
export const minBackoffMs = 500;
export const maxBackoffMs = 30_000;
