import { isUtf8 } from 'node:buffer';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { isSameButForEnd } from '../compare/compare-body.ts';
import { headerValues } from '../compare/headers/compare-headers.ts';
import { decodeBeginning, decodeContent } from '../compare/media/content-encoding.ts';
import type { Failure, Response, TargetReplay } from '../http/exchange.ts';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import type { Mask } from './redact.ts';
import { namesSecret } from './redact-members.ts';

const encoders: ReadonlyMap<string, (bytes: Buffer) => Buffer> = new Map([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
]);

type Headers = readonly (readonly [string, string])[];

/** Takes a body and the headers that it came with; returns it with every secret masked, also inside its content-coding (RFC 9110, 8.4); the same bytes where there is none. */
export function maskBody(body: Uint8Array, headers: Headers, mask: Mask): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const coding = headerValues(headers, 'content-encoding').join(',').trim().toLowerCase();
  const decoded = coding === '' ? null : decodeContent(bytes, coding);
  if (decoded === null || 'problem' in decoded) return maskBegun(bytes, coding, mask) ?? maskBytes(bytes, mask);
  const shown = maskBytes(decoded.bytes, mask);
  // Stacked codings are not put on again: what matters is that the secret is gone.
  return shown === decoded.bytes ? bytes : (encoders.get(coding)?.(shown) ?? shown);
}

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** A body that cannot be decoded, or is not said to be, as what of it can be read, masked; null where there is no secret in that. */
function maskBegun(bytes: Buffer, coding: string, mask: Mask): Buffer | null {
  const begun = decodeBeginning(bytes, gzipMagic.equals(bytes.subarray(0, 2)) ? 'gzip' : coding);
  const shown = begun && maskBytes(begun, mask);
  return shown === begun ? null : shown;
}

/** Bytes that are not UTF-8 are looked at one by one, as latin1; those of UTF-16 in twos. */
function maskBytes(bytes: Buffer, mask: Mask): Buffer {
  return maskWide(bytes, mask) ?? maskNarrow(bytes, mask);
}

/** Null where UTF-16 of neither order holds a secret. */
function maskWide(bytes: Buffer, mask: Mask): Buffer | null {
  if (bytes.length % 2 !== 0 || !bytes.includes(0)) return null;
  for (const isTurned of [false, true]) {
    const text = (isTurned ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
    const shown = mask(text);
    if (shown === text) continue;
    const masked = Buffer.from(shown, 'utf16le');
    return isTurned ? masked.swap16() : masked;
  }
  return null;
}

function maskNarrow(bytes: Buffer, mask: Mask): Buffer {
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  const text = bytes.toString(encoding);
  const shown = mask(text);
  return shown === text ? bytes : Buffer.from(shown, encoding);
}

const isEncoded = memoizeBounded(128, (headers: Headers) => headerValues(headers, 'content-encoding').length > 0);

/** Whether a body may have members that are credentials by their names. All targets get the same request, and most answer alike. */
export function showsCredentials(replays: readonly TargetReplay[]): boolean {
  const [first] = replays;
  for (const { exchanges } of replays)
    for (let at = 0; at < exchanges.length; at += 1) {
      const { request, outcome } = exchanges[at]!;
      const other = exchanges === first!.exchanges ? undefined : first!.exchanges[at];
      if (request.body !== null && request !== other?.request && mayName(request.body, request.headers)) return true;
      if (outcome.kind === 'response' && !isAsSaid(outcome, other?.outcome) && mayName(outcome.body, outcome.headers))
        return true;
    }
  return false;
}

/** White space at the end makes no member. */
function isAsSaid({ headers, body }: Response, other: Response | Failure | undefined): boolean {
  return other?.kind === 'response' && !isEncoded(headers) && isSameButForEnd(bufferOf(other.body), bufferOf(body));
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** What is encoded, or may be UTF-16, is not looked into: it may. */
function mayName(body: Uint8Array, headers: Headers): boolean {
  if (isEncoded(headers) || body.includes(0)) return true;
  return namesSecret(bufferOf(body).toString('latin1'));
}
