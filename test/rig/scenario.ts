/** One move of a scripted connection. A scenario is a list of moves: data, so that a table of faults is a table of lists. */
export type Move =
  | { readonly do: 'write'; readonly bytes: string | Uint8Array }
  | { readonly do: 'wait'; readonly ms: number }
  /** Ends the connection with a reset. */
  | { readonly do: 'rst' }
  /** Ends the connection in order. */
  | { readonly do: 'fin' }
  /** Sends nothing more, and keeps the connection open. */
  | { readonly do: 'stall' }
  /** Writes `size` bytes at a time, with a pause of `ms` after each. */
  | { readonly do: 'drip'; readonly bytes: string | Uint8Array; readonly size: number; readonly ms: number }
  /** Ends every connection and listens no more; again after `ms`, or never for null. */
  | { readonly do: 'down'; readonly ms: number | null }
  | { readonly do: 'repeat'; readonly times: number; readonly moves: Scenario };

/** What is done for one request. After the last move the connection waits for the next request. */
export type Scenario = readonly Move[];

/** Text is latin1: each character is one byte on the wire. */
export const write = (bytes: string | Uint8Array): Move => ({ do: 'write', bytes });
export const wait = (ms: number): Move => ({ do: 'wait', ms });
export const rst: Move = { do: 'rst' };
export const fin: Move = { do: 'fin' };
export const stall: Move = { do: 'stall' };
export const drip = (bytes: string | Uint8Array, size: number, ms: number): Move => ({ do: 'drip', bytes, size, ms });
export const down = (ms: number | null): Move => ({ do: 'down', ms });
export const repeat = (times: number, ...moves: Scenario): Move => ({ do: 'repeat', times, moves });

/** A whole answer with a content-length; `head` holds more header lines, each with its line end. */
export function answer(status: number, body = '', head = ''): Move {
  return write(`HTTP/1.1 ${status} S\r\n${head}content-length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`);
}
