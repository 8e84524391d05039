/** A worker that does not say for so long that it lives has lost its part; milliseconds. */
export const lockMs = 10_000;
/** How often lost parts are looked for, in milliseconds: with the lock this is below 15 seconds. */
export const stalledCheckMs = 4000;
/** After so many workers that died with a part its cases are sent one at a time, so that the case that kills them is found. */
export const maxCrashes = 2;
/** A case that so many workers died with, each while they sent it alone, is not sent again. */
export const maxSuspicions = 2;
/** A part is given up after so many attempts: each one of them got one case further. */
export const maxAttempts = 1000;
/** What is left in Redis of a run that nobody ended is gone after a day; seconds. */
export const maxKeptSeconds = 86_400;
/** A run whose first process does not say for so long that it lives is over; milliseconds. */
export const aliveMs = 30_000;
/** How often it says so, and how often workers look; milliseconds. */
export const beatMs = 1000;
/** How long Redis may be away before a run gives up, in milliseconds. */
export const maxAwayMs = 120_000;
/** How long the first connection may take, in milliseconds. */
export const connectMs = 5000;
/** Bytes that are sent to Redis in one command. */
export const maxCommandBytes = 1024 * 1024;
/** Cases in a part, unless `--chunk` says how many. */
export const defaultChunk = 1000;
/** Parts of one run: each has a job in the queue. */
export const maxParts = 100_000;
/** How long finished cases may wait before they are sent to Redis, in milliseconds. */
export const uploadMs = 20;
