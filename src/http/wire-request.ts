import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { memoizeBounded } from '../structures/memoize-bounded.ts';
import type { Endpoint } from './endpoint.ts';
import type { Failure, SentRequest } from './exchange.ts';
import { unsendable } from './failure.ts';

/** A request as it goes to the HTTP client. Text is latin1: each character is one byte on the wire. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** Names and values in turn, in the order of the wire. */
  readonly headers: readonly string[];
  readonly body: Uint8Array | null;
}

type Header = readonly [name: string, value: string];

/**
 * The request as it goes out to one target: its path prefix put in front, raw, and its own headers after the case's,
 * in place of same-named ones. Gives a failure where the HTTP client would change something silently (RFC 9112).
 */
export function wireRequest(endpoint: Endpoint, request: SentRequest): WireRequest | Failure {
  const { all, list, isTouchy } = headersOf(endpoint)(request.headers);
  const problem = pathProblem(request) ?? (isTouchy ? firstProblem(all, request) : null);
  if (problem !== null)
    return unsendable('refused-request', `${endpoint.name}: ${problem}`, 'change the request of the case');
  return {
    method: request.method,
    path: asBytes(endpoint.prefix + withQuery(request.path, endpoint.query)),
    headers: list,
    body: request.body,
  };
}

/** The headers of a request as they go out to one endpoint. */
interface WireHeaders {
  readonly all: readonly Header[];
  /** Names and values in turn, as bytes. */
  readonly list: readonly string[];
  /** There is one that may not fit the request. */
  readonly isTouchy: boolean;
}

const touchy = new Set(['connection', 'content-length']);

const known = new WeakMap<Endpoint, (headers: readonly Header[]) => WireHeaders>();

/** Many requests share one list of headers. */
function headersOf(endpoint: Endpoint): (headers: readonly Header[]) => WireHeaders {
  const found = known.get(endpoint);
  if (found !== undefined) return found;
  const made = memoizeBounded(64, (headers: readonly Header[]): WireHeaders => {
    const all = withOwn(headers, endpoint.headers);
    return { all, list: inTurn(all), isTouchy: all.some(([name]) => touchy.has(name.toLowerCase())) };
  });
  known.set(endpoint, made);
  return made;
}

/** RFC 9110, 9.2.2. */
const idempotent = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']);

/** Whether a request does no more harm if it arrives twice. */
export function isSafeToRepeat({ method }: SentRequest, { repeatable }: { readonly repeatable?: boolean }): boolean {
  return repeatable === true || idempotent.has(method);
}

function withQuery(path: string, query: string): string {
  if (query === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

function inTurn(headers: readonly Header[]): string[] {
  const list: string[] = [];
  for (const [name, value] of headers) list.push(name, asBytes(value));
  return list;
}

function withOwn(headers: readonly Header[], own: readonly Header[]): readonly Header[] {
  if (own.length === 0) return headers;
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  return [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...own];
}

function pathProblem({ method, path }: SentRequest): string | null {
  if (!path.startsWith('/')) return 'the path must start with a slash';
  return method === 'CONNECT' ? 'the HTTP client cannot send CONNECT' : null;
}

function firstProblem(headers: readonly Header[], request: SentRequest): string | null {
  for (const header of headers) {
    const problem = headerProblem(header, request);
    if (problem !== null) return problem;
  }
  return null;
}

function headerProblem([name, value]: Header, request: SentRequest): string | null {
  const lower = name.toLowerCase();
  if (lower === 'connection') {
    return /^\s*(close|keep-alive)\s*$/i.test(value) ? null : 'the HTTP client cannot send these connection options';
  }
  return lower === 'content-length' ? lengthProblem(value, request) : null;
}

const expectsBody = new Set(['POST', 'PUT', 'PATCH']);

function lengthProblem(value: string, { method, body }: SentRequest): string | null {
  const length = body?.length ?? 0;
  if (length === 0 && !expectsBody.has(method)) return 'the HTTP client cannot send a content-length without a body';
  if (value === String(length)) return null;
  return `the HTTP client cannot send a content-length other than that of the body, ${length}`;
}

/** A case file is UTF-8, and so are the bytes that its text stands for. */
function asBytes(text: string): string {
  return /[^\0-\x7f]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}

/** How the body of a request goes out. */
export interface Delivery {
  /** The body after its first byte waits for so many milliseconds. */
  readonly holdMs?: number;
  /** The body goes out in chunks of so many bytes (RFC 9112, 7.1); null for a body with its length. */
  readonly chunkBytes?: number | null;
}

/** What undici's dispatch takes for a request. */
export function dispatchOptions(wire: WireRequest, delivery: Delivery): Dispatcher.DispatchOptions {
  const { method, path, headers, body } = wire;
  const { holdMs = 0, chunkBytes = null } = delivery;
  const isHeld = holdMs > 0 && (body?.length ?? 0) > 1;
  if (body === null || (!isHeld && chunkBytes === null)) return { method, path, headers: [...headers], body };
  const isSized = headers.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'content-length');
  const length = isSized || chunkBytes !== null ? [] : ['content-length', String(body.length)];
  const parts = Readable.from(partsOf(body, isHeld ? holdMs : 0, chunkBytes ?? body.length), { objectMode: false });
  return { method, path, headers: [...headers, ...length], body: parts };
}

async function* partsOf(body: Uint8Array, holdMs: number, size: number): AsyncGenerator<Uint8Array> {
  if (holdMs > 0) {
    yield body.subarray(0, 1);
    await sleep(holdMs, undefined, { ref: false });
  }
  for (let at = Number(holdMs > 0); at < body.length; at += size) yield body.subarray(at, at + size);
}
