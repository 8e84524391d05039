import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** Bytes after content-decoding, or a plain sentence why there are none. */
export type Decoded = { readonly bytes: Buffer } | { readonly problem: string };

/** The most bytes that a body may decode to, and how many times its encoded size beyond the first MiB. */
const mostBytes = 64 * 1024 * 1024;
const mostRatio = 200;
/** The most codings that may be stacked. */
const mostCodings = 3;

/** A map, for a server may name its coding `constructor`. */
const decoders: ReadonlyMap<string, (bytes: Buffer, limit: number) => Buffer> = new Map([
  ['gzip', (bytes, maxOutputLength) => gunzipSync(bytes, { maxOutputLength })],
  ['x-gzip', (bytes, maxOutputLength) => gunzipSync(bytes, { maxOutputLength })],
  ['deflate', (bytes, maxOutputLength) => inflateSync(bytes, { maxOutputLength })],
  ['br', (bytes, maxOutputLength) => brotliDecompressSync(bytes, { maxOutputLength })],
]);

function limitFor(bytes: Buffer): number {
  return Math.min(mostBytes, Math.max(1024 * 1024, bytes.length * mostRatio));
}

function decodeOne(bytes: Buffer, coding: string): Decoded {
  const decoder = decoders.get(coding);
  if (decoder === undefined) return { problem: `the content-encoding "${coding}" is not one that this tool decodes` };
  const limit = limitFor(bytes);
  try {
    return { bytes: decoder(bytes, limit) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? error.code : null;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      return { problem: `${bytes.length} ${coding} bytes decode to more than ${limit}` };
    return { problem: `the body is not valid ${coding} (${error.message})` };
  }
}

/** Undoes the codings of a Content-Encoding value (RFC 9110, section 8.4), last one first, within fixed caps. */
export function decodeContent(bytes: Buffer, contentEncoding: string | null): Decoded {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (bytes.length === 0 || codings.length === 0) return { bytes };
  if (codings.length > mostCodings) return { problem: `${codings.length} content-encodings are stacked` };
  let decoded: Decoded = { bytes };
  for (const coding of codings.reverse()) {
    if ('problem' in decoded) return decoded;
    decoded = decodeOne(decoded.bytes, coding);
  }
  return decoded;
}
