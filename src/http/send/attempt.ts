import type { Dispatcher } from 'undici';
import {
  ambiguousLength,
  answerFailure,
  answerTimeout,
  badStatus,
  bodyLimit,
  newProgress,
  onlyHttp2,
  type Progress,
  unexpectedUpgrade,
} from '../answer-failure.ts';
import { connectFailure, connectTimeout } from '../connection/connect-failure.ts';
import { isParting } from '../connection/connection-close.ts';
import { drop, type Lane, linger } from '../connection/connections.ts';
import { EarlyBytes } from '../connection/early-bytes.ts';
import { type Connection, cameOver, isBodiless } from '../connection/surplus.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Failure, Response } from '../exchange.ts';
import { aborted, codeOf } from '../failure.ts';
import { bodyParts } from './body-parts.ts';

export interface AttemptEnd {
  readonly outcome: Response | Failure;
  readonly durationMs: number;
  /**
   * `unsent`: no byte of the request was written. `stale`: a used connection ended before any byte of the answer came,
   * which says nothing of the request. Null: the outcome stands.
   */
  readonly again: 'unsent' | 'stale' | null;
  /** A used connection on which bytes came that may belong to an earlier request. */
  readonly unclear?: Connection;
}

export interface AttemptOptions {
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  /** When its time is over, on the monotonic clock, in milliseconds. */
  readonly at: number;
  readonly hasBody: boolean;
  /** Of a request that was written before: when its first byte was, on the monotonic clock, and whether the connection was a used one. */
  readonly written?: { readonly startedAt: number; readonly isOnUsed: boolean };
}

type Head = Pick<Response, 'status' | 'statusText' | 'headers'>;

/** One request on one lane, told by undici's callbacks. Holds what has come of the answer until `done` settles, once. */
export class Attempt implements Dispatcher.DispatchHandler {
  readonly done: Promise<AttemptEnd>;
  readonly at: number;
  readonly #lane: Lane;
  readonly #options: AttemptOptions;
  readonly #progress: Progress;
  readonly #body = bodyParts();
  #settle: ((end: AttemptEnd) => void) | null = null;
  #controller: Dispatcher.DispatchController | null = null;
  #head: Head | null = null;
  /** The connection had carried another request before this one was written. */
  #used = false;
  #startedAt = performance.now();

  constructor(lane: Lane, options: AttemptOptions) {
    this.at = options.at;
    this.#lane = lane;
    this.#options = options;
    this.#progress = newProgress(options.endpoint);
    this.done = new Promise((settle) => {
      this.#settle = settle;
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settle === null) controller.abort(new Error('the request was stopped'));
    this.#controller = controller;
    this.#progress.phase = 'head';
    const { written } = this.#options;
    this.#used = written?.isOnUsed ?? this.#lane.served > 0;
    this.#lane.served += 1;
    this.#lane.interim.begin();
    this.#lane.connection.isIdle = false;
    this.#startedAt = written?.startedAt ?? performance.now();
  }

  onResponseStarted(): void {
    this.#progress.begun = true;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, _: unknown, statusText = ''): void {
    if (status >= 100 && status < 200 && status !== 101) {
      this.#progress.interim += 1;
      return;
    }
    this.#head = { status, statusText, headers: pairs(controller.rawHeaders) };
    const verdict = this.#readHead(this.#head);
    if (verdict) this.#stop(verdict);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#progress.got += chunk.length;
    this.#progress.lastAt = performance.now();
    this.#body.add(chunk);
    const limit = this.#options.maxBodyBytes;
    if (this.#progress.got > limit) this.#stop(bodyLimit(this.#progress, limit));
  }

  onResponseEnd(): void {
    if (this.#head === null) return;
    // A body that only the end of the connection ends looks whole to undici even if that end was a reset.
    const cut = this.#endsWithConnection(this.#head) ? this.#lane.socket?.errored : null;
    if (this.#isParting(this.#head)) {
      this.#progress.begun = false;
      this.#progress.phase = 'head';
      this.#end(answerFailure(new Error('other side closed'), this.#progress), 'stale');
      return;
    }
    this.#lane.isDoubtful = this.#options.hasBody && this.#head.status >= 400;
    this.#end(cut ? this.#explain(cut) : { kind: 'response', ...this.#head, body: this.#body.whole() });
    // The bare connection was lent for this answer alone.
    if (this.#options.written !== undefined) linger(this.#lane);
  }

  onResponseError(_: unknown, error: Error): void {
    // Of a connection that was reset the client may know no more than that it has ended.
    const cut = codeOf(error) === 'UND_ERR_SOCKET' ? (this.#lane.socket?.errored ?? error) : error;
    this.#end(this.#explain(cut), this.#mayRepeat(cut));
  }

  /** The deadline has passed. */
  expire(): void {
    const { endpoint, timeoutMs } = this.#options;
    if (this.#progress.phase === 'connect') this.#stop(connectTimeout(endpoint, timeoutMs));
    else this.#stop(answerTimeout(this.#progress, timeoutMs));
  }

  /** Somebody wants no answer any more. */
  abort(): void {
    this.#stop(aborted(this.#progress.target));
  }

  /** As `abort`, for a signal. */
  handleEvent(): void {
    this.abort();
  }

  /** Null if the body is to be read; else the outcome, known from the head alone. */
  #readHead(head: Head): Response | Failure | null {
    const { target } = this.#progress;
    const limit = this.#options.maxBodyBytes;
    Object.assign(this.#progress, framing(head.headers), { phase: 'body', lastAt: performance.now() });
    if (head.status === 101) return unexpectedUpgrade(target);
    if (head.status < 100) return badStatus(target);
    if (wantsHttp2(head)) return onlyHttp2(this.#progress);
    if (this.#options.method === 'HEAD') return null;
    const { ambiguous, expected } = this.#progress;
    // RFC 9110, 8.6: 304 may state the length of a body that it does not have, which undici takes for a broken answer.
    const bodiless = head.status === 204 || head.status === 304;
    if (bodiless) return ambiguous || expected ? { kind: 'response', ...head, body: new Uint8Array() } : null;
    if (ambiguous) return ambiguousLength(this.#progress);
    return expected !== null && expected > limit ? bodyLimit(this.#progress, limit) : null;
  }

  /** No length and no chunks say where the body ends (RFC 9112, 6.3). */
  #endsWithConnection({ status, headers }: Head): boolean {
    const isBodiless = this.#options.method === 'HEAD' || status === 204 || status === 304;
    return !isBodiless && !headers.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));
  }

  /** The answer ends a used connection, and may be of something else than this request. */
  #isParting(head: Head): boolean {
    return this.#used && isParting(this.#lane, head.status) && (saysClose(head) || this.#endsWithConnection(head));
  }

  #explain(error: Error): Failure {
    const { phase, target } = this.#progress;
    if (this.#lane.connectError instanceof EarlyBytes) return this.#lane.connectError.failure(this.#progress);
    if (/^UND_ERR_(DESTROYED|CLOSED)$/.test(codeOf(error))) return aborted(target);
    if (phase !== 'connect' || !this.#lane.connectError) return answerFailure(error, this.#progress);
    const failure = connectFailure(this.#lane.connectError, this.#options.endpoint);
    return { ...failure, message: `${target}: ${failure.message}` };
  }

  #mayRepeat(error: Error): AttemptEnd['again'] {
    // Bytes that no answer begins with, on a used connection, are of what was asked before; the bare connection knows its own.
    if (/Expected HTTP\//.test(error.message) && this.#options.written === undefined)
      return this.#used ? 'stale' : null;
    if (!/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(codeOf(error))) return null;
    if (this.#progress.phase === 'connect') return this.#lane.connectError ? null : 'unsent';
    return this.#used && !this.#progress.begun ? 'stale' : null;
  }

  /** Settles, and ends the connection, which is in the midst of something. */
  #stop(outcome: Response | Failure): void {
    if (this.#settle === null) return;
    this.#end(outcome);
    this.#controller?.abort(new Error('the request was stopped'));
    // The client would connect anew by itself, and the lane's next request be told of what becomes of that.
    void drop(this.#lane);
  }

  #end(outcome: Response | Failure, again: AttemptEnd['again'] = null): void {
    const settle = this.#settle;
    this.#settle = null;
    if (outcome.kind === 'response') {
      this.#lane.connection.isBodiless = this.#options.method === 'HEAD' || isBodiless(outcome.status);
      cameOver(outcome, this.#lane.connection);
    }
    settle?.({ outcome, durationMs: performance.now() - this.#startedAt, again });
  }
}

/** It turns HTTP/1.1 away, and names HTTP/2 without TLS for what it speaks (RFC 9110, 15.5.22 and 15.6.6; RFC 7540, 3.2). */
function wantsHttp2({ status, headers }: Head): boolean {
  return (
    (status === 426 || status === 505) && headers.some(([name, value]) => /^upgrade$/i.test(name) && isHttp2(value))
  );
}

function saysClose({ headers }: Head): boolean {
  return headers.some(([name, value]) => /^connection$/i.test(name) && /\bclose\b/i.test(value));
}

function isHttp2(value: string): boolean {
  return value.split(',').some((one) => /^(?:h2c|HTTP\/2(?:\.0)?)$/i.test(one.trim()));
}

/** How the head frames the body (RFC 9112, 6.3). */
function framing(headers: Head['headers']): Pick<Progress, 'expected' | 'ambiguous'> {
  const valuesOf = (wanted: string) =>
    headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  const lengths = valuesOf('content-length');
  const chunked = valuesOf('transfer-encoding').length > 0;
  return {
    expected: lengths.length === 1 ? Number(lengths[0]) : null,
    ambiguous: lengths.length > 1 || (chunked && lengths.length > 0),
  };
}

function pairs(raw: Dispatcher.DispatchController['rawHeaders']): Head['headers'] {
  if (!Array.isArray(raw)) return [];
  const text = (part: Buffer | string | undefined) =>
    typeof part === 'string' ? part : (part?.toString('latin1') ?? '');
  return Array.from({ length: raw.length >> 1 }, (_, i) => [text(raw[2 * i]), text(raw[2 * i + 1])] as const);
}
