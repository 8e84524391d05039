/* The limits of this room: what is bounded, in which unit, and why. */

/** Characters of a credential that is looked for everywhere; shorter ones are replaced only where their name says what they are. */
export const minSearchedLength = 8;

/** Characters of the id of a case that is made of a path; longer ones are cut. */
export const maxIdLength = 60;
