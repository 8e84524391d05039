/* The limits of this room: what is bounded, in which unit, and why. */

/** Bodies above this are not searched for captured values. */
export const maxSearchedBytes = 1 << 20;

/** Below this length a captured value is too likely to be found by chance inside another text that is not a reference. */
export const minInsideLength = 6;
/** Below this many digits a number is too likely to be a count or the like. */
export const minNumberLength = 12;

/** After so many steps two shapes agree only if they are the same one: a hostile body has millions that nearly are. */
export const maxSteps = 2_000_000;

export const maxShortLength = 16 * 1024;
/** Longer bodies are compared, and not looked into for anything else. */
export const maxReadLength = 1024 * 1024;

/** The most bytes that a body may decode to, and how many times its encoded size beyond the first MiB. */
export const maxBytes = 64 * 1024 * 1024;
export const maxRatio = 200;
/** The most codings that may be stacked. */
export const maxCodings = 3;

/** Lines and events beyond these are compared as bytes. */
export const maxEvents = 10_000;

/** The longest boundary (RFC 2046, section 5.1.1), and the most parts that are told apart. */
export const maxBoundaryLength = 70;
export const maxParts = 10_000;

/** More lines than this are not counted. */
export const maxCounted = 100_000;

/** More divergences of one rung in one body are counted, not listed. By rung, so that none hides a graver one. */
export const maxOfRung = 1000;
/** Of those the first of its kind at each place is listed all the same, while so many are looked at and so many places are known. */
export const maxLooked = 50_000;
export const maxPlaces = 2000;

/** The most characters of a side that a divergence carries. */
export const maxExcerptLength = 300;
/** The most source bytes that are looked at for one excerpt: a hostile body is a long stretch of white space. */
export const maxScanned = 16 * 1024;

/** A hostile body nests a million levels or has keys of a megabyte: a longer pointer would cost more than it tells. */
export const maxPointerLength = 4000;

/**
 * A search for one match is linear, for all matches of a hostile text it is quadratic, so the sum is bounded: about a second. A text
 * that would go beyond stays as it is, which shows a difference and hides none.
 */
export const maxWork = 32 * 1024 * 1024;

/** The root element is above: what is there only once may be a list of one. */
export const minListDepth = 2;

/** Longer ones are told apart by nothing but that they are tokens. */
export const maxJwtLength = 16_384;
export const maxLeaves = 200;

/** Longer texts are told apart by their pieces, and tokens by what they are drawn from. */
export const maxTextTraitsLength = 200;

/** So few characters that vary may be those of a counter. */
export const minVarying = 6;
export const minDigits = 4;
/** Beyond this a length is that of a signature or a key, or of something in which text may be. */
export const maxTokenCharsetLength = 200;
export const maxStayingLength = 4;
export const maxSegments = 20;

/** Longer texts, where they differ, are not cut into pieces; and no more pairs of pieces are compared to line two of them up. */
export const maxTokenDiffLength = 1024 * 1024;
export const maxPairs = 4_000_000;

/** Binary bodies of more bytes are not searched for noise: where they differ, it counts. */
export const maxJudgedBytes = 1024 * 1024;

/** Levels of nesting down to which items of lists are aligned. Deeper ones are paired by position: aligning at each level is quadratic. */
export const maxAlignmentDepth = 200;
