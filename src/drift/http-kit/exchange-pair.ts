import { isUtf8 } from 'node:buffer';
import { headerValue, headerValues } from '../../compare/headers/compare-headers.ts';
import { isJsonType, type MediaType, mediaType } from '../../compare/headers/media-type.ts';
import { bodyOf, jsonOf } from '../../compare/media/body-content.ts';
import type { Divergence } from '../../compare/model/divergence.ts';
import type { Failure, Response, SentRequest } from '../../http/exchange.ts';
import type { JsonDocument } from '../../json/document.ts';
import { type JsonNode, toTree } from '../../json/tree.ts';
import { maxReadBytes, maxTextLength } from '../limits.ts';
import { type ErrorReason, readError } from './error-text.ts';
import { refineError } from './fault.ts';
import { type AnswerOutcome, outcomeOf } from './outcome.ts';

/** A query parameter as it stands in the request, before decoding; `value` is null without an equals sign. */
export interface QueryPair {
  readonly name: string;
  readonly value: string | null;
}

/** The request of an exchange, as recognisers see it: what stands in it, nothing decoded. */
export interface Asked {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The escapes in the path are those of values that were filled in: nobody wrote them. */
  readonly fillsEscapes: boolean;
  /** Null if there is no question mark. */
  readonly query: string | null;
  readonly pairs: readonly QueryPair[];
  readonly type: MediaType;
  readonly body: Buffer;
  /** The body as a tree; null if it is none, too large or too deep. */
  readonly json: JsonNode | null;
  /** A method that changes something (RFC 9110, section 9.2.1). */
  readonly writes: boolean;
  header(name: string): string | null;
}

/** One side's answer, as recognisers see it. */
export interface Answered {
  /** 0 where there was no answer. */
  readonly status: number;
  /** The connection was closed before a byte of an answer came. */
  readonly isClosed: boolean;
  /** The body with its content-codings undone. */
  readonly body: Buffer;
  /** Its first 4096 characters. */
  readonly text: string;
  readonly type: MediaType;
  readonly json: JsonNode | null;
  /** What the answer says went wrong, where its text is known. */
  readonly error: ErrorReason | null;
  /** What status and body report of the request as a whole. */
  readonly outcome: AnswerOutcome;
  /** A status 2xx, and no body that reports a failure. */
  readonly accepts: boolean;
  readonly refuses: boolean;
  header(name: string): string | null;
  headers(name: string): readonly string[];
}

/** One exchange with its sides in roles: what a recogniser says of `first` it does not say of `second`. */
export interface ExchangePair {
  readonly asked: Asked;
  readonly first: Answered;
  readonly second: Answered;
  /** What is still open in the exchange. */
  readonly divergences: readonly Divergence[];
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function readTree(bytes: Buffer): JsonNode | null {
  if (bytes.length === 0 || bytes.length > maxReadBytes) return null;
  const document: JsonDocument | null = jsonOf({ bytes, type: mediaType(null), problem: null });
  return document === null ? null : toTree(document);
}

const writing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

function pairsOf(query: string): QueryPair[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? { name: part, value: null } : { name: part.slice(0, at), value: part.slice(at + 1) };
    });
}

/** A request as recognisers see it. */
export function askedOf(request: SentRequest, fillsEscapes = false): Asked {
  const at = request.path.indexOf('?');
  const query = at < 0 ? null : request.path.slice(at + 1);
  const body = Buffer.from(request.body ?? []);
  const json = lazily(() => readTree(body));
  return {
    method: request.method,
    path: at < 0 ? request.path : request.path.slice(0, at),
    fillsEscapes,
    query,
    pairs: query === null ? [] : pairsOf(query),
    type: mediaType(headerValue(request.headers, 'content-type')),
    body,
    get json() {
      return json();
    },
    writes: writing.has(request.method),
    header: (name) => headerValue(request.headers, name),
  };
}

/** An answer to a request as recognisers see it. */
export function answeredOf(response: Response, asked: Asked): Answered {
  const { bytes, type } = bodyOf(response.headers, response.body);
  const json = lazily(() => (isJsonType(type) || /^[{["]/.test(text) ? readTree(bytes) : null));
  const text = bytes.toString('utf8', 0, maxTextLength * 4).slice(0, maxTextLength);
  const error = lazily(() => {
    const said = response.status < 400 ? null : readError(text, json());
    return said === null ? null : refineError(said, asked);
  });
  const outcome = lazily(() => outcomeOf(response.status, json()));
  return {
    status: response.status,
    isClosed: false,
    body: bytes,
    text,
    type,
    get json() {
      return json();
    },
    get error() {
      return error();
    },
    get outcome() {
      return outcome();
    },
    get accepts() {
      return outcome() === 'success';
    },
    refuses: response.status >= 400 && response.status < 500,
    header: (name) => headerValue(response.headers, name),
    headers: (name) => headerValues(response.headers, name),
  };
}

/** What a side that did not answer is to recognisers. */
export function unanswered({ reason }: Failure): Answered {
  return {
    status: 0,
    isClosed: reason === 'closed-early',
    body: Buffer.alloc(0),
    text: '',
    type: mediaType(null),
    json: null,
    error: null,
    outcome: 'failure',
    accepts: false,
    refuses: false,
    header: () => null,
    headers: () => [],
  };
}

/** Bytes that are not UTF-8. */
export function isNoUtf8(bytes: Buffer): boolean {
  return !isUtf8(bytes);
}
