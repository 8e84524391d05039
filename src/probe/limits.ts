/* The limits of this room: what is bounded, in which unit, and why. */

/** Longer runs of spaces before a body are written as `pad`. */
export const maxIndentLength = 1024;

/** Only so many numbers of a body get all lexemes: there are many of them. */
export const maxNumbers = 2;

export const maxParameters = 3;
export const maxPairs = 4;

/** The most members that probes are derived from. */
export const maxMembers = 24;
export const maxOfAKind = 6;

/** Bodies over this are not taken apart: each probe would hold a copy. */
export const maxBodyLength = 64 * 1024;
