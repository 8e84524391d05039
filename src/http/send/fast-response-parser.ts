import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import type { Response } from '../exchange.ts';
import { maxHeadLength } from '../limits.ts';

/** The head of an answer, and how it frames the body. */
export interface PlainHead extends Pick<Response, 'status' | 'statusText' | 'headers'> {
  /** Where the body begins. */
  readonly bodyAt: number;
  /** Length of the body in bytes, or null for chunks. */
  readonly length: number | null;
  /** How long the connection may be used for another request, in milliseconds; 0 if not at all. */
  readonly idleMs: number;
}

// RFC 9112, 4: the server may leave out the words, not the space before them.
const statusLine = /^HTTP\/1\.1 ([2-5][0-9][0-9]) ([\x20-\x7e]*)$/;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const fieldValue = /^[\x21-\x7e\x80-\xff](?:[\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?$/;
const headEnd = Buffer.from('\r\n\r\n', 'latin1');

/** What the client takes for the age of a connection, unless the server names one. */
const usualIdleMs = 4000;
/** A server's own clock for the connection began before ours. */
const idleMarginMs = 2000;

interface Framing {
  length: number | null;
  chunked: boolean;
  idleMs: number;
}

/** A server's answers share their heads far more often than not. */
const headOf = memoizeBounded(128, readHead);

/**
 * The head of an answer that is whole and has nothing special about it (RFC 9112); null for everything else, be it broken, unusual or
 * not there yet: then the HTTP client has to say what it is. The same bytes give the same object.
 */
export function plainHead(bytes: Buffer): PlainHead | null {
  const end = bytes.indexOf(headEnd);
  if (end < 0 || end > maxHeadLength) return null;
  return headOf(bytes.toString('latin1', 0, end));
}

function readHead(text: string): PlainHead | null {
  const [first = '', ...lines] = text.split('\r\n');
  const start = statusLine.exec(first);
  if (start === null) return null;
  const framing: Framing = { length: null, chunked: false, idleMs: usualIdleMs };
  const headers: (readonly [string, string])[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.charAt(colon + 1) === ' ' ? line.slice(colon + 2) : line.slice(colon + 1);
    if (colon < 1 || !token.test(name) || !fieldValue.test(value)) return null;
    if (!frame(framing, name.toLowerCase(), value)) return null;
    headers.push([name, value]);
  }
  const status = Number(start[1]);
  const { length, chunked, idleMs } = framing;
  const bodiless = status === 204 || status === 304;
  if (bodiless ? chunked || length !== null : chunked === (length !== null)) return null;
  return { status, statusText: start[2]!, headers, bodyAt: text.length + 4, length: bodiless ? 0 : length, idleMs };
}

/** Takes note of a header that is about the connection; false if there is anything special about it. */
function frame(framing: Framing, name: string, value: string): boolean {
  switch (name) {
    case 'content-length':
      if (framing.length !== null || !/^[0-9]{1,15}$/.test(value)) return false;
      framing.length = Number(value);
      return true;
    case 'transfer-encoding':
      if (framing.chunked || value !== 'chunked') return false;
      framing.chunked = true;
      return true;
    case 'connection':
      if (value.toLowerCase() === 'close') framing.idleMs = 0;
      return /^(?:close|keep-alive)$/i.test(value);
    case 'keep-alive':
      framing.idleMs = Math.min(framing.idleMs, idleOf(value));
      return true;
    default:
      return name !== 'upgrade' && name !== 'trailer';
  }
}

function idleOf(value: string): number {
  const seconds = /timeout=([0-9]{1,6})/.exec(value)?.[1];
  return seconds === undefined ? usualIdleMs : Math.max(0, Number(seconds) * 1000 - idleMarginMs);
}

/** A body in chunks, as far as it has come. */
export interface Chunks {
  /** Null until the last chunk has come. */
  readonly body: Buffer | null;
  /** Where the next answer would begin; of a body that is not whole, without meaning. */
  readonly end: number;
  /** Bytes of body so far. */
  readonly got: number;
}

const chunkHead = /^[0-9a-fA-F]{1,7}$/;
const chunkBegun = /^[0-9a-fA-F]{0,7}\r?$/;

/** Reads a body in chunks (RFC 9112, 7.1) from `at` on; null if there is anything special about them: extensions, trailers, faults. */
export function plainChunks(bytes: Buffer, at: number): Chunks | null {
  const parts: Buffer[] = [];
  let got = 0;
  for (let next = at; ; ) {
    const line = bytes.indexOf('\r\n', next, 'latin1');
    if (line < 0)
      return chunkBegun.test(bytes.toString('latin1', next, next + 10)) ? { body: null, end: 0, got } : null;
    const size = bytes.toString('latin1', next, line);
    if (!chunkHead.test(size)) return null;
    const [start, length] = [line + 2, Number.parseInt(size, 16)];
    const end = start + length;
    got += Math.min(length, Math.max(0, bytes.length - start));
    if (bytes.length < end + 2) return isStart(bytes, end) ? { body: null, end: 0, got } : null;
    if (bytes[end] !== 0x0d || bytes[end + 1] !== 0x0a) return null;
    if (length === 0) return { body: parts.length === 1 ? parts[0]! : Buffer.concat(parts), end: end + 2, got };
    parts.push(bytes.subarray(start, end));
    next = end + 2;
  }
}

/** What has come of the line end at `end` may still be one. */
function isStart(bytes: Buffer, end: number): boolean {
  return bytes.length <= end || bytes[end] === 0x0d;
}
