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
