/* The limits of this room: what is bounded, in which unit, and why. */

/** Cap of the head of a request or an answer, in bytes: more than servers accept by default (8 to 32 KiB). */
export const maxHeadBytes = 65_536;

/** Cap of the fields in one head. Each costs a line of parsing for the few bytes that it takes to send. */
export const maxFields = 500;

/** Cap of the line with the size of a chunk and its extensions, in bytes. */
export const maxChunkLineBytes = 1024;

/** Cap of the trailer section of a chunked body, in bytes. */
export const maxTrailerBytes = 8192;

/** Informational answers (1xx) to one request. An endless row of them would keep both connections. */
export const maxInterimAnswers = 16;

/** Connections of clients at one time. Each may hold a head and two socket buffers. */
export const maxClientConnections = 10_000;

/** How long a client may take for the head of a request, in milliseconds: what never comes to an end holds a connection. */
export const maxHeadMs = 30_000;

/** How long a client may keep an idle connection, in milliseconds: longer than load balancers do by default (60 s). */
export const maxIdleMs = 120_000;

/** How long a client may stop within the body of a request, and either side take nothing of what is sent to it, in milliseconds. */
export const maxStallMs = 300_000;

/** How long the target may take to accept a connection, in milliseconds. */
export const maxConnectMs = 10_000;

/** How long a closed connection is still read, in milliseconds: a client that is still sending would get a reset in place of its answer. */
export const maxLingerMs = 1000;

/** How long the first chunk of a request is waited for before the target gets the head, in milliseconds. */
export const maxFirstChunkMs = 20;

/** Bytes of a chunked request that are checked before the target gets any of it, if they have come already. */
export const maxCheckedBytes = 65_536;

/** Cap of the bodies that are kept for the tap at one time, in bytes, over all exchanges. */
export const maxSpooledBytes = 268_435_456;

/** Cap of one body that is kept for the tap, in bytes, if the caller names none. */
export const maxTappedBodyBytes = 1_048_576;
