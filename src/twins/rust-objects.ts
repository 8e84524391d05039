import type { Answer, Header, TwinRequest } from './answer.ts';
import { rustAnswer, rustJson, rustText } from './rust-answer.ts';
import {
  byteRange,
  createObject,
  createStore,
  decodeUtf8,
  type Entry,
  type KeyFault,
  keyFault,
  limits,
  listObjects,
  namesEtag,
  percentDecode,
  type Store,
  type StoredObject,
  withUpload,
} from './store.ts';

type Act = (request: TwinRequest) => Answer | Promise<Answer>;

/** The object store's routes: the listing, and what one raw (percent-encoded) key answers. */
export interface RustObjects {
  readonly list: Act;
  at(rawKey: string): { readonly get: Act; readonly put: Act; readonly delete: Act };
}

const keyErrors: Readonly<Record<KeyFault, string>> = {
  empty: 'key must not be empty',
  long: 'key is longer than 1024 bytes',
  slash: 'key must not begin with a slash',
  control: 'key holds a control character',
  parent: 'key must not hold a .. component',
};

/** An empty object store with the Rust service's answers. */
export function createRustObjects(): RustObjects {
  const store = createStore();
  return {
    list: (request) => list(store, request),
    at: (rawKey) => {
      const key = percentDecode(rawKey);
      const refused = refuseKey(key);
      if (refused !== null) return { get: () => refused, put: () => refused, delete: () => refused };
      return {
        get: (request) => read(store.objects.get(key), request),
        put: (request) => put(store, key, request),
        delete: () => (store.objects.delete(key) ? rustAnswer(204, [], Buffer.alloc(0)) : notFound()),
      };
    },
  };
}

function refuseKey(key: string): Answer | null {
  if (decodeUtf8(key) === null) return rustText(400, 'Invalid URL: Invalid UTF-8 in `key`');
  const fault = keyFault(key);
  return fault === null ? null : failure(400, keyErrors[fault]);
}

async function put(store: Store, key: string, request: TwinRequest): Promise<Answer> {
  const tooLarge = failure(413, 'object too large');
  if (request.announced > limits.objectBytes) return tooLarge;
  const answer = await withUpload(store, async () => {
    const content = await request.body(limits.objectBytes);
    if (content === null) return tooLarge;
    const object = createObject(content, request.header('content-type'));
    const status = store.objects.has(key) ? 200 : 201;
    store.objects.set(key, object);
    return rustJson(status, describe({ key, object }), [etagHeader(object)]);
  });
  return answer ?? failure(503, 'too many uploads', [['retry-after', '5']]);
}

function list(store: Store, { query }: TwinRequest): Answer {
  const prefixes = new URLSearchParams(query).getAll('prefix');
  if (prefixes.length > 1) return rustText(400, 'Failed to deserialize query string: duplicate field `prefix`');
  const prefix = Buffer.from(prefixes[0] ?? '').toString('latin1');
  const { entries, truncated } = listObjects(store, prefix);
  return rustJson(200, { objects: entries.map(describe), truncated });
}

function read(object: StoredObject | undefined, request: TwinRequest): Answer {
  if (object === undefined) return notFound();
  const etag = `"${object.etag}"`;
  const wanted = request.header('if-match');
  if (wanted !== null && !namesEtag(wanted, etag, { weak: true })) return failure(412, 'precondition failed');
  const known = request.header('if-none-match');
  if (known !== null && namesEtag(known, etag, { weak: true })) {
    return rustAnswer(304, [etagHeader(object)], Buffer.alloc(0));
  }
  const fresh = (request.header('if-range') ?? etag) === etag;
  const range = fresh ? byteRange(request.header('range') ?? '', object.content.length) : 'malformed';
  const headers: Header[] = [['content-type', object.contentType], ['accept-ranges', 'bytes'], etagHeader(object)];
  if (range === 'malformed') return rustAnswer(200, headers, object.content);
  if (range === 'outside' || range.length === 0) return unsatisfiable(object.content.length);
  const { first, length } = range;
  headers.push(['content-range', `bytes ${first}-${first + length - 1}/${object.content.length}`]);
  return rustAnswer(206, headers, object.content.subarray(first, first + length));
}

function describe({ key, object }: Entry): { key: string; size: number; etag: string } {
  return { key: decodeUtf8(key) ?? '', size: object.content.length, etag: object.etag };
}

function etagHeader(object: StoredObject): Header {
  return ['etag', `"${object.etag}"`];
}

function unsatisfiable(size: number): Answer {
  return failure(416, 'range not satisfiable', [['content-range', `bytes */${size}`]]);
}

function notFound(): Answer {
  return failure(404, 'object not found');
}

function failure(status: number, error: string, extra: readonly Header[] = []): Answer {
  return rustJson(status, { error }, extra);
}
