import * as zlib from 'node:zlib';
import { maxBytes, maxCodings, maxRatio } from '../limits.ts';

/** Bytes after content-decoding, or a plain sentence why there are none. */
export type Decoded = { readonly bytes: Buffer } | { readonly problem: string };

/** Decoded bytes, and how many of the encoded ones they took: zlib leaves what comes after them unread, without a word. */
interface Undone {
  readonly bytes: Buffer;
  readonly taken: number;
}

type Inflate = (bytes: Buffer, options: zlib.ZlibOptions) => unknown;
type Decoder = (bytes: Buffer, limit: number) => Undone;

function undoing(inflate: Inflate): Decoder {
  return (bytes, maxOutputLength) => {
    const found = inflate(bytes, { maxOutputLength, info: true }) as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return { bytes: found.buffer, taken: found.engine.bytesWritten };
  };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

const wrapped = undoing(zlib.inflateSync);
const raw = undoing(zlib.inflateRawSync);

/** `deflate` means a zlib stream (RFC 9110, section 8.4.1.2), but many send the bare one, so that is taken too. */
function deflate(bytes: Buffer, limit: number): Undone {
  try {
    return wrapped(bytes, limit);
  } catch (error) {
    if (codeOf(error) !== 'Z_DATA_ERROR') throw error;
    try {
      return raw(bytes, limit);
    } catch (second) {
      throw codeOf(second) === 'ERR_BUFFER_TOO_LARGE' ? second : error;
    }
  }
}

const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Where the frame that begins at `at` ends (RFC 8878, section 3.1.1), block by block; null if it is cut off. */
function frameEnd(bytes: Buffer, at: number): number | null {
  const descriptor = bytes[at + 4] ?? 0;
  const isSingle = (descriptor & 0x20) !== 0;
  const contentSize = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  const dictionary = [0, 1, 2, 4][descriptor & 3]!;
  let end = at + 5 + (isSingle ? 0 : 1) + dictionary + contentSize;
  for (let isLast = false; !isLast; ) {
    if (end + 3 > bytes.length) return null;
    const header = bytes.readUIntLE(end, 3);
    isLast = (header & 1) !== 0;
    const isOneByte = ((header >> 1) & 3) === 1;
    end += 3 + (isOneByte ? 1 : header >> 3);
  }
  end += (descriptor & 4) === 0 ? 0 : 4;
  return end <= bytes.length ? end : null;
}

/**
 * One frame after another, and each cut out by us: Node 22 reads the first alone, and takes a frame that is cut off for a whole one;
 * later ones do not.
 */
function zstdFrames(frame: Decoder): Decoder {
  return (bytes, limit) => {
    const found: Buffer[] = [];
    let [taken, size] = [0, 0];
    do {
      const end = frameEnd(bytes, taken);
      if (end === null) throw new Error('a frame is cut off');
      const { bytes: decoded } = frame(bytes.subarray(taken, end), Math.max(1, limit - size));
      found.push(decoded);
      taken = end;
      size += decoded.length;
    } while (bytes.subarray(taken, taken + 4).equals(zstdMagic) && found.length < 10_000);
    return { bytes: Buffer.concat(found), taken };
  };
}

const zstdSync: unknown = Reflect.get(zlib, 'zstdDecompressSync');

/** A map, for a server may name its coding `constructor`. */
const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', undoing(zlib.gunzipSync)],
  ['x-gzip', undoing(zlib.gunzipSync)],
  ['deflate', deflate],
  ['br', undoing(zlib.brotliDecompressSync)],
  ...(typeof zstdSync === 'function' ? [['zstd', zstdFrames(undoing(zstdSync as Inflate))] as const] : []),
]);

function unknownCoding(coding: string): string {
  if (coding === 'zstd') return 'this Node cannot decode zstd, which needs Node 22.15 or later';
  return `the content-encoding "${coding}" is not one that this tool decodes`;
}

function limitFor(bytes: Buffer): number {
  return Math.min(maxBytes, Math.max(1024 * 1024, bytes.length * maxRatio));
}

function decodeOne(bytes: Buffer, coding: string): Decoded {
  const decoder = decoders.get(coding);
  if (decoder === undefined) return { problem: unknownCoding(coding) };
  const limit = limitFor(bytes);
  try {
    const undone = decoder(bytes, limit);
    const rest = bytes.length - undone.taken;
    return rest > 0 ? { problem: `${rest} bytes come after the end of the ${coding} stream` } : { bytes: undone.bytes };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE')
      return { problem: `${bytes.length} ${coding} bytes decode to more than ${limit}` };
    return { problem: `the body is not valid ${coding} (${error.message})` };
  }
}

/** Undoes the codings of a Content-Encoding value (RFC 9110, section 8.4), last one first, within fixed caps. */
export function decodeContent(bytes: Buffer, contentEncoding: string): Decoded {
  if (bytes.length === 0 || contentEncoding === '') return { bytes };
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > maxCodings) return { problem: `${codings.length} content-encodings are stacked` };
  let decoded: Decoded = { bytes };
  for (const coding of codings.reverse()) {
    if ('problem' in decoded) return decoded;
    decoded = decodeOne(decoded.bytes, coding);
  }
  return decoded;
}

/** zlib takes the end of the bytes for the end of what there is, and not for a fault. */
const flushed = { finishFlush: zlib.constants.Z_SYNC_FLUSH, maxOutputLength: maxBytes };
const flushedBrotli = { ...flushed, finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH };

const beginnings: ReadonlyMap<string, (bytes: Buffer) => Buffer> = new Map([
  ['gzip', (bytes: Buffer) => zlib.gunzipSync(bytes, flushed)],
  ['x-gzip', (bytes: Buffer) => zlib.gunzipSync(bytes, flushed)],
  ['deflate', (bytes: Buffer) => zlib.inflateSync(bytes, flushed)],
  ['br', (bytes: Buffer) => zlib.brotliDecompressSync(bytes, flushedBrotli)],
]);

/** What can be read of bytes that begin in one coding and may be cut off; null where nothing can, or it is too much. */
export function decodeBeginning(bytes: Buffer, coding: string): Buffer | null {
  try {
    return beginnings.get(coding)?.(bytes) ?? null;
  } catch {
    return null;
  }
}
