/* The limits of this room: what is bounded, in which unit, and why. */

export const maxRestLength = 4096;
/** So many ends of lines are known at a time; after so many in a row that are like none before, none is looked for any more. */
export const maxRests = 64;
export const maxUnlike = 32;
/** So many kinds of what was compared are held once each. */
export const maxHeld = 64;

/** So many blocks are held, 4 MiB. */
export const maxBlocks = 256;

/** So long a line that can wait does so for others, in milliseconds. */
export const maxWaitLength = 5;

/** Longest line that is read, in bytes: far above what capped bodies need, far below what exhausts memory. */
export const maxLineLength = 256 * 1024 * 1024;
