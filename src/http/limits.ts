/* The limits of this room: what is bounded, in which unit, and why. */

/** Cap of the headers of one answer, in bytes. */
export const maxHeaderBytes = 16384;

// A part of one byte costs a hundred in memory, so a server could turn ten megabytes into a gigabyte.
export const maxLoose = 1024;

export const maxLingering = 64;

/** Servers that set more are not followed. */
export const maxCookies = 50;
export const maxCookieLength = 4096;

/** So often at most: a server that sends without an end keeps this process busy for as long. */
export const maxGraces = 3;

/** Longer bodies in chunks are the client's: reading them over and over as they come would not be linear. */
export const maxChunked = 256 * 1024;

/** A longer body is left to the client: it may be refused halfway, and the server may answer before its end. */
export const maxBodyLength = 64 * 1024;

export const maxHeadLength = 8192;

/** A target whose answers need the HTTP client so often gets it from the start. */
export const maxOdd = 8;

/** More values of one name are forgotten. */
export const maxEarlier = 100;
