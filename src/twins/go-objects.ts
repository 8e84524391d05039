import type { Answer, Header, TwinRequest } from './answer.ts';
import { goAnswer, goError, goFailure, goJson } from './go-answer.ts';
import {
  byteRange,
  createObject,
  createStore,
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

type KeyAct = (request: TwinRequest, key: string) => Answer | Promise<Answer>;

/** The object store's routes; keys are percent-decoded bytes as latin1 text. */
export interface GoObjects {
  readonly list: (request: TwinRequest) => Answer;
  readonly get: KeyAct;
  readonly put: KeyAct;
  readonly delete: KeyAct;
}

const keyErrors: Readonly<Record<KeyFault, string>> = {
  empty: 'key is empty',
  long: 'key is longer than 1024 bytes',
  slash: 'key begins with a slash',
  control: 'key holds a control character',
  parent: 'key holds a .. component',
};

/** An empty object store with the Go service's answers. */
export function createGoObjects(): GoObjects {
  const store = createStore();
  const checked =
    (act: KeyAct): KeyAct =>
    (request, key) => {
      const fault = keyFault(key);
      return fault === null ? act(request, key) : goFailure(400, 'bad_key', keyErrors[fault]);
    };
  return {
    list: (request) => list(store, request),
    get: checked((request, key) => read(store.objects.get(key), request)),
    put: checked((request, key) => put(store, key, request)),
    delete: checked((_, key) => (store.objects.delete(key) ? goAnswer(204, [], Buffer.alloc(0)) : notFound())),
  };
}

async function put(store: Store, key: string, request: TwinRequest): Promise<Answer> {
  const message = 'object is larger than 1048576 bytes';
  if (request.announced > limits.objectBytes) return refuse(413, { code: 'too_large', message });
  const answer = await withUpload(store, async () => {
    const content = await request.body(limits.objectBytes);
    if (content === null) return refuse(413, { code: 'too_large', message });
    const object = createObject(content, request.header('content-type'));
    const status = store.objects.has(key) ? 200 : 201;
    store.objects.set(key, object);
    return goJson(status, describe({ key, object }), [etagHeader(object)]);
  });
  return answer ?? refuse(503, { code: 'busy', message: 'too many uploads at a time' }, [['Retry-After', '5']]);
}

function refuse(status: number, error: { code: string; message: string }, extra: readonly Header[] = []): Answer {
  return goJson(status, error, [['Connection', 'close'], ...extra]);
}

/** As `http.ServeContent` does for an object without a modification time. */
function read(object: StoredObject | undefined, request: TwinRequest): Answer {
  if (object === undefined) return notFound();
  const { content } = object;
  const etag = etagHeader(object);
  const type: Header = ['Content-Type', object.contentType];
  const wanted = request.header('if-match');
  if (wanted !== null && !namesEtag(wanted, etag[1], { weak: false })) {
    return goAnswer(412, [type, etag], Buffer.alloc(0));
  }
  const known = request.header('if-none-match');
  if (known !== null && namesEtag(known, etag[1], { weak: true })) return goAnswer(304, [etag], Buffer.alloc(0));
  const header = (request.header('if-range') ?? etag[1]) === etag[1] ? request.header('range') : null;
  const range = header === null ? null : byteRange(header, content.length);
  if (range === 'malformed') return goError(416, 'invalid range');
  if (range === 'outside') {
    return goError(416, 'invalid range: failed to overlap', [['Content-Range', `bytes */${content.length}`]]);
  }
  const { first, length } = range ?? { first: 0, length: content.length };
  const headers: Header[] = [['Accept-Ranges', 'bytes'], ['Content-Length', String(length)], type, etag];
  if (range !== null) headers.push(['Content-Range', `bytes ${first}-${first + length - 1}/${content.length}`]);
  return goAnswer(range === null ? 200 : 206, headers, content.subarray(first, first + length));
}

function list(store: Store, { query }: TwinRequest): Answer {
  const { entries, truncated } = listObjects(store, queryValue(query, 'prefix'));
  return goJson(200, { objects: entries.length === 0 ? null : entries.map(describe), truncated });
}

/** The first value of a query key as bytes (latin1); pairs that net/url cannot read are dropped. */
function queryValue(query: string, wanted: string): string {
  for (const pair of query.split('&')) {
    if (pair.includes(';') || /%(?![0-9a-fA-F]{2})/.test(pair)) continue;
    const [name = '', ...rest] = pair.split('=');
    const unescaped = (text: string): string => percentDecode(text.replaceAll('+', ' '));
    if (unescaped(name) === wanted) return unescaped(rest.join('='));
  }
  return '';
}

function describe({ key, object }: Entry): { key: string; size: number; etag: string } {
  return { key: Buffer.from(key, 'latin1').toString('utf8'), size: object.content.length, etag: object.etag };
}

function etagHeader(object: StoredObject): Header {
  return ['Etag', `"${object.etag}"`];
}

function notFound(): Answer {
  return goFailure(404, 'not_found', 'no object with this key');
}
