/* The limits of this room: what is bounded, in which unit, and why. */

/** Steps of one case, in requests: a longer flow cannot be read by a person. */
export const maxFlowSteps = 50;

/** Length of an identifier from which it is known by itself, in characters; a shorter one only in a place for identifiers. */
export const minPlainIdLength = 6;

/** Values of one answer that later requests are looked through for, so that a long list costs no more than it is worth. */
export const maxAnswerValues = 2000;

/** Levels of a body that count for its shape, and that identifiers are looked for in: deeper ones are data of data. */
export const maxShapeDepth = 12;
