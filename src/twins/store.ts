import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';

/** Bytes of the longest object and of the longest key, keys in one listing, uploads at a time. */
export const limits = { objectBytes: 1024 * 1024, keyBytes: 1024, listed: 10_000, uploads: 4 } as const;

/** One object; `etag` without its quotes, `contentType` as it came (latin1). */
export interface StoredObject {
  readonly content: Buffer;
  readonly contentType: string;
  readonly etag: string;
}

/** One entry of a listing. Keys are bytes, held as latin1 text. */
export interface Entry {
  readonly key: string;
  readonly object: StoredObject;
}

/** What is wrong with a key. */
export type KeyFault = 'empty' | 'long' | 'slash' | 'control' | 'parent';

/** The objects of one service, and the permits of its uploads. */
export interface Store {
  readonly objects: Map<string, StoredObject>;
  uploads: number;
}

/** An empty store. */
export function createStore(): Store {
  return { objects: new Map(), uploads: 0 };
}

/** An object from its bytes and content type (`application/octet-stream` if null); the ETag is half a SHA-256 in hex. */
export function createObject(content: Buffer, contentType: string | null): StoredObject {
  const etag = createHash('sha256').update(content).digest('hex').slice(0, 32);
  return { content, contentType: contentType ?? 'application/octet-stream', etag };
}

/** What is wrong with a key (latin1 bytes), or null. */
export function keyFault(key: string): KeyFault | null {
  if (key === '') return 'empty';
  if (key.length > limits.keyBytes) return 'long';
  if (key.startsWith('/')) return 'slash';
  if (/[\0\r\n\t]/.test(key)) return 'control';
  return key.split('/').includes('..') ? 'parent' : null;
}

/** The entries whose key begins with `prefix` (latin1 bytes), sorted by bytes, at most 10,000. */
export function listObjects(store: Store, prefix: string): { entries: Entry[]; truncated: boolean } {
  const keys = [...store.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  const entries = keys.slice(0, limits.listed).map((key) => ({ key, object: store.objects.get(key)! }));
  return { entries, truncated: keys.length > limits.listed };
}

/** Runs `upload` while one of the four permits is held, or returns null at once if there is none. */
export async function withUpload<T>(store: Store, upload: () => Promise<T>): Promise<T | null> {
  if (store.uploads >= limits.uploads) return null;
  store.uploads += 1;
  try {
    return await upload();
  } finally {
    store.uploads -= 1;
  }
}

/** Percent-decodes to bytes as latin1 text; an invalid escape stands for itself. */
export function percentDecode(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Bytes as latin1 text, read as UTF-8; null if they are not. */
export function decodeUtf8(bytes: string): string | null {
  const buffer = Buffer.from(bytes, 'latin1');
  return isUtf8(buffer) ? buffer.toString('utf8') : null;
}

/** A range of bytes of an object. */
export interface ByteRange {
  readonly first: number;
  readonly length: number;
}

/** Whether a list of entity tags names `etag`; `weak` compares without the mark of a weak tag (RFC 9110, 8.8.3.2). */
export function namesEtag(list: string, etag: string, { weak }: { weak: boolean }): boolean {
  const tags = list.split(',').map((tag) => tag.trim());
  return tags.some((tag) => tag === '*' || (weak ? tag.replace(/^W\//, '') : tag) === etag);
}

/** The single range of a `Range` header; `outside` if the object has none of its bytes. */
export function byteRange(header: string, size: number): ByteRange | 'malformed' | 'outside' {
  const match = /^bytes=(\d+)?-(\d+)?$/.exec(header);
  if (match === null || (match[1] ?? match[2]) === undefined) return 'malformed';
  const last = match[2] === undefined ? size - 1 : Number(match[2]);
  if (match[1] === undefined) {
    const length = Math.min(last, size);
    return { first: size - length, length };
  }
  const first = Number(match[1]);
  if (first >= size) return 'outside';
  return first > last ? 'malformed' : { first, length: Math.min(last, size - 1) - first + 1 };
}
