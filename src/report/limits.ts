/* The limits of this room: what is bounded, in which unit, and why. */

export const maxArrayLength = 400;

export const maxBytes = 100 * 1024;

/** A footer is far shorter; what is longer is not worth the time. */
export const maxFooterLength = 16 * 1024 * 1024;

export const maxCommandLength = 8000;

export const maxUnbrokenLength = 20;
export const maxLineLength = 600;
export const maxRows = 400;
export const minFoldLength = 9;

export const maxShownLength = 4000;

/** Rows of the table of cases in the HTML report: a browser opens so many in two seconds. */
export const maxCaseRows = 10_000;
/** Rows of that table that are open at first: a browser lays out ten thousand in seconds. */
export const maxOpenRows = 500;
/** Of these, cases that matched where not all have room: who reads on finds them in report.json. */
export const maxMatchingRows = 1000;
/** Characters of the details of cases in the HTML report, so that a browser still opens it. */
export const maxDetailLength = 6 * 1024 * 1024;
/** Rows and columns of the table of routes and status codes. */
export const maxRouteRows = 500;
export const maxStatusColumns = 16;

/** Seconds that a custom reporter has for one event: one that hangs must not hang the run. */
export const maxReporterSeconds = 60;
/** Bytes of report.md: GitHub takes comments of up to 65,536 characters. */
export const maxCommentLength = 60 * 1024;
