import type { Capture } from '../cases/case.ts';
import type { Response } from './exchange.ts';

/** The text of the scalar at a JSON Pointer (RFC 6901) in a body, or null where there is none. */
export type ReadPointer = (body: Uint8Array, pointer: string) => string | null;

/** What a capture finds in a response, or null. Of a header that is there more than once, the first value. */
export function captured(capture: Capture, response: Response, readPointer: ReadPointer): string | null {
  switch (capture.from) {
    case 'status':
      return String(response.status);
    case 'header':
      return firstHeader(response, capture.name);
    case 'pointer':
      return readPointer(response.body, capture.pointer);
  }
}

/** Where a capture looks, for messages. */
export function placeOf(capture: Capture): string {
  if (capture.from === 'status') return 'the status';
  return capture.from === 'header' ? `a header ${capture.name}` : `a value at ${JSON.stringify(capture.pointer)}`;
}

function firstHeader({ headers }: Response, wanted: string): string | null {
  const value = headers.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
  return value === undefined ? null : asText(value);
}

/** A response keeps header bytes as latin1; sent again, text goes out as UTF-8. So what is UTF-8 is read as that. */
function asText(latin1: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}
