import { isUtf8 } from 'node:buffer';
import { type HeaderPairs, headerValue } from '../headers/compare-headers.ts';
import { isMultipartType, mediaType } from '../headers/media-type.ts';
import { maxBoundaryLength, maxParts } from '../limits.ts';
import type { Body } from './body-content.ts';

/** One part of a multipart body. */
export interface Part {
  /** The name in its Content-Disposition, or null. */
  readonly name: string | null;
  readonly headers: HeaderPairs;
  readonly bytes: Buffer;
  /** Headers and body as they stand there. */
  readonly raw: Buffer;
}

export interface Multipart {
  readonly parts: readonly Part[];
  /** What comes before the first and behind the last boundary. */
  readonly around: Buffer;
  /** The last boundary is there. */
  readonly closed: boolean;
}

const lineFeed = 0x0a;

/** A body cut at its boundary; null if it is not a multipart body, or one of too many parts. */
export function partsOf(body: Body): Multipart | null {
  const boundary = body.type.parameters.find(([name]) => name === 'boundary')?.[1];
  if (!isMultipartType(body.type) || !boundary || boundary.length > maxBoundaryLength) return null;
  const cuts = cutsOf(body.bytes, Buffer.from(`--${boundary}`, 'latin1'));
  const last = cuts.at(-1);
  if (last === undefined || cuts.length > maxParts) return null;
  const ends = [...cuts.slice(1).map((cut) => withoutLineEnd(body.bytes, cut.from)), body.bytes.length];
  const opened = last.closes ? cuts.slice(0, -1) : cuts;
  const parts = opened.map((cut, i) => partOf(body.bytes.subarray(cut.to, Math.max(cut.to, ends[i]!))));
  const behind = last.closes ? body.bytes.subarray(last.to) : Buffer.alloc(0);
  return { parts, around: Buffer.concat([body.bytes.subarray(0, cuts[0]!.from), behind]), closed: last.closes };
}

/** A line with the boundary: where it begins, where the next one does, and whether it is the last. */
interface Cut {
  readonly from: number;
  readonly to: number;
  readonly closes: boolean;
}

function cutsOf(bytes: Buffer, delimiter: Buffer): Cut[] {
  const cuts: Cut[] = [];
  for (let at = bytes.indexOf(delimiter); at !== -1 && cuts.length <= maxParts; ) {
    const cut = cutAt(bytes, at, at + delimiter.length);
    if (cut !== null) cuts.push(cut);
    if (cut?.closes) break;
    at = bytes.indexOf(delimiter, cut?.to ?? at + delimiter.length);
  }
  return cuts;
}

function cutAt(bytes: Buffer, from: number, end: number): Cut | null {
  if (from > 0 && bytes[from - 1] !== lineFeed) return null;
  const closes = bytes.toString('latin1', end, end + 2) === '--';
  let to = closes ? end + 2 : end;
  while (bytes[to] === 0x20 || bytes[to] === 0x09) to += 1;
  if (bytes[to] === 0x0d) to += 1;
  if (bytes[to] === lineFeed) return { from, to: to + 1, closes };
  return to === bytes.length ? { from, to, closes } : null;
}

/** The line end before a boundary belongs to the boundary. */
function withoutLineEnd(bytes: Buffer, end: number): number {
  return bytes[end - 2] === 0x0d ? end - 2 : end - 1;
}

function partOf(raw: Buffer): Part {
  const { head, bytes } = split(raw);
  const headers = head
    .split(/\r?\n/)
    .filter((line) => line.includes(':'))
    .map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()] as const);
  const disposition = mediaType(headerValue(headers, 'content-disposition'));
  const name = disposition.parameters.find(([key]) => key === 'name')?.[1] ?? null;
  return { name: name === null ? null : readable(name), headers, bytes, raw };
}

function split(raw: Buffer): { head: string; bytes: Buffer } {
  const none = /^\r?\n/.exec(raw.toString('latin1', 0, 2));
  if (none !== null) return { head: none[0], bytes: raw.subarray(none[0].length) };
  const [crlf, lf] = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')];
  const [at, width] = crlf !== -1 && (lf === -1 || crlf < lf) ? [crlf, 4] : [lf, 2];
  if (at === -1) return { head: raw.toString('latin1'), bytes: raw.subarray(raw.length) };
  return { head: raw.toString('latin1', 0, at), bytes: raw.subarray(at + width) };
}

/** A name as UTF-8 (RFC 7578, section 5.1), where its bytes are. */
function readable(name: string): string {
  const bytes = Buffer.from(name, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : name;
}
