/* The limits of this room: what is bounded, in which unit, and why. */

/** Cap of one line of a recording, in bytes: an exchange with two bodies of the largest size that is kept, in base64. */
export const maxLineBytes = 67_108_864;

/** How much of a recording is read at a time, in bytes. */
export const readBytes = 1_048_576;

/** Cap of a body whose form is looked at to find its request again, in bytes; longer ones are found by their bytes alone. */
export const maxKeyedBytes = 4_194_304;
