import { isUtf8 } from 'node:buffer';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { decodeContent } from '../compare/decode.ts';
import { headerValues } from '../compare/headers.ts';
import type { TargetReplay } from '../replay/exchange.ts';
import { lately } from '../structures/lately.ts';
import type { Mask } from './mask.ts';
import { namesSecret } from './mask-names.ts';

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
  if (decoded === null || 'problem' in decoded) return maskBytes(bytes, mask);
  const shown = maskBytes(decoded.bytes, mask);
  // Stacked codings are not put on again: what matters is that the secret is gone.
  return shown === decoded.bytes ? bytes : (encoders.get(coding)?.(shown) ?? shown);
}

/** Bytes that are no UTF-8 are looked at one by one, as latin1. */
function maskBytes(bytes: Buffer, mask: Mask): Buffer {
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  const text = bytes.toString(encoding);
  const shown = mask(text);
  return shown === text ? bytes : Buffer.from(shown, encoding);
}

const isEncoded = lately(128, (headers: Headers) => headerValues(headers, 'content-encoding').length > 0);

/** Whether a body may have members that are credentials by their names. All targets get the same request, and most answer alike. */
export function showsCredentials(replays: readonly TargetReplay[]): boolean {
  const [first] = replays;
  return replays.some((replay) =>
    replay.exchanges.some(({ request, outcome }, at) => {
      if (replay === first && request.body !== null && mayName(request.body, request.headers)) return true;
      if (outcome.kind === 'failure') return false;
      const other = replay === first ? undefined : first!.exchanges[at]?.outcome;
      const isSame = other?.kind === 'response' && Buffer.compare(other.body, outcome.body) === 0;
      return !isSame && mayName(outcome.body, outcome.headers);
    }),
  );
}

/** What is encoded is not looked into: it may. */
function mayName(body: Uint8Array, headers: Headers): boolean {
  if (isEncoded(headers)) return true;
  return namesSecret(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1'));
}
