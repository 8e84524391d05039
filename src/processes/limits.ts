/* The limits of this room: what is bounded, in which unit, and why. */

/** Bytes of an output that are kept of its head, and as many of its tail: its end says why it failed, its beginning what it was. */
export const maxOutputHalf = 16 * 1024;

/** So long the last output may take to arrive, in milliseconds, where something that was started keeps it open. */
export const maxLastOutputMs = 500;

/** So long killed processes may take to be gone, in milliseconds; they are killed again and again until then, as one may just have begun another. */
export const maxKillMs = 2000;

/** The longest a process may take to end when asked, in milliseconds, where nobody said how long. */
export const maxGraceMs = 3000;
