import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { answerFailure, answerTimeout, newProgress, type Progress } from '../answer-failure.ts';
import { noteMore } from '../connection/conduct.ts';
import { connectFailure, connectTimeout } from '../connection/connect-failure.ts';
import { isParting } from '../connection/connection-close.ts';
import { type Lane, linger, makeBare, openBare } from '../connection/connections.ts';
import { EarlyBytes } from '../connection/early-bytes.ts';
import { beginsAnswer, type Connection, cameOver, isBodiless, isStrayBody } from '../connection/surplus.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Failure, Response } from '../exchange.ts';
import { aborted, codeOf } from '../failure.ts';
import { maxChunked } from '../limits.ts';
import type { AttemptEnd, AttemptOptions } from './attempt.ts';
import { type BodyParts, bodyParts } from './body-parts.ts';
import { type PlainHead, plainChunks, plainHead } from './fast-response-parser.ts';
import { standIn } from './undici-handover.ts';

type PlainDone = (end: AttemptEnd | Duplex) => void;

export interface PlainOptions {
  readonly endpoint: Endpoint;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  /** When its time is over, on the monotonic clock, in milliseconds. */
  readonly at: number;
  /** The request, head and body, as latin1. */
  readonly bytes: string;
  readonly hasBody: boolean;
}

/**
 * One plain request on the bare connection of a lane: written at once, and read as long as there is nothing special about the answer.
 * Tells `done` once what came of it; where there is something special, a stream of the whole answer, for the HTTP client to say what it is.
 */
export class PlainAttempt {
  readonly progress: Progress;
  readonly at: number;
  startedAt = performance.now();
  readonly #lane: Lane;
  readonly #options: PlainOptions;
  #done: PlainDone | null;
  #head: PlainHead | null = null;
  #body: BodyParts | null = null;
  /** Of a body in chunks, all that has come of the answer. */
  #all: Buffer | null = null;
  #used = false;

  constructor(lane: Lane, options: PlainOptions, done: PlainDone) {
    this.at = options.at;
    this.#lane = lane;
    this.#options = options;
    this.#done = done;
    this.progress = newProgress(options.endpoint);
  }

  /** For the HTTP client that goes on with it. */
  get written(): NonNullable<AttemptOptions['written']> {
    return { startedAt: this.startedAt, isOnUsed: this.#used };
  }

  /** Connects if need be, and writes; nothing if it has ended before. */
  start(): void {
    if (this.#done === null) return;
    makeBare(this.#lane);
    const { socket } = this.#lane;
    this.#lane.listener = this;
    if (socket === null) this.#connect();
    else this.#write(socket);
  }

  #connect(): void {
    openBare(this.#lane, this.#options.endpoint, (error, opened) => {
      if (this.#done === null) opened.destroy();
      else if (error === null) this.#write(opened);
      else this.#end(this.#unreachable(error));
    });
  }

  /** The deadline has passed. */
  expire(): void {
    const { endpoint, timeoutMs } = this.#options;
    const connecting = this.progress.phase === 'connect';
    this.#stop(connecting ? connectTimeout(endpoint, timeoutMs) : answerTimeout(this.progress, timeoutMs));
  }

  /** Somebody wants no answer any more. */
  abort(): void {
    this.#stop(aborted(this.progress.target));
  }

  /** As `abort`, for a signal. */
  handleEvent(): void {
    this.abort();
  }

  #write(socket: Socket): void {
    this.progress.phase = 'head';
    this.#used = this.#lane.served > 0;
    this.#lane.served += 1;
    this.#lane.connection.isIdle = false;
    this.startedAt = performance.now();
    socket.write(this.#options.bytes, 'latin1');
  }

  /** A part of the answer. */
  read(chunk: Buffer): void {
    const isFirst = !this.progress.begun;
    this.progress.begun = true;
    this.progress.lastAt = performance.now();
    if (isFirst && this.#used && !beginsAnswer(chunk)) {
      this.#lane.conduct.isUnruly = true;
      this.#leave(this.#lane.connection);
    } else if (this.#head === null) this.#readHead(chunk);
    else if (this.#head.length !== null) this.#readLength(this.#head.length, chunk);
    else this.#readChunks(this.#head, Buffer.concat([this.#all ?? Buffer.alloc(0), chunk]));
  }

  /** The connection has ended, with an error or without. */
  cut(error: Error | null, unclear?: Connection): void {
    if (error instanceof EarlyBytes) {
      this.#end(this.#unreachable(error));
      return;
    }
    const cause = error ?? Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
    const stale = /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(codeOf(cause)) && this.#used && !this.progress.begun;
    const given = codeOf(cause) === 'UND_ERR_DESTROYED';
    const failure = given ? aborted(this.progress.target) : answerFailure(cause, this.progress);
    this.#end(failure, { again: stale ? 'stale' : null, ...(unclear === undefined ? {} : { unclear }) });
  }

  #readHead(chunk: Buffer): void {
    const head = plainHead(chunk);
    if (head === null || (head.length ?? 0) > this.#options.maxBodyBytes) this.#handOver(chunk);
    else this.#begin(head, chunk);
  }

  #begin(head: PlainHead, chunk: Buffer): void {
    if (this.#used && head.idleMs === 0 && isParting(this.#lane, head.status)) {
      this.#leave();
      return;
    }
    this.#head = head;
    this.progress.phase = 'body';
    this.progress.expected = head.length;
    if (head.length === null) this.#readChunks(head, Buffer.from(chunk));
    else this.#readLength(head.length, chunk.subarray(head.bodyAt));
  }

  #readLength(length: number, part: Buffer): void {
    const left = length - this.progress.got;
    const own = Buffer.from(part.length > left ? part.subarray(0, left) : part);
    this.progress.got += own.length;
    const body = this.#withPart(own);
    if (this.progress.got === length) this.#finish(body?.whole() ?? own, part.subarray(left));
  }

  /** The parts so far and this one; null if this one is all there was. */
  #withPart(part: Buffer): BodyParts | null {
    if (this.#body === null && part.length === this.progress.expected) return null;
    this.#body ??= bodyParts();
    if (part.length > 0) this.#body.add(part);
    return this.#body;
  }

  #readChunks(head: PlainHead, all: Buffer): void {
    const chunks = plainChunks(all, head.bodyAt);
    const limit = Math.min(this.#options.maxBodyBytes, maxChunked);
    this.#all = all;
    this.progress.got = chunks?.got ?? 0;
    if (chunks === null || chunks.got > limit || all.length > maxChunked) this.#handOver(all);
    else if (chunks.body !== null) this.#finish(chunks.body, all.subarray(chunks.end));
  }

  /** What came is of a request before this one, or may be: on a connection of its own it will get its own answer. */
  #leave(unclear?: Connection): void {
    const { socket } = this.#lane;
    this.progress.begun = false;
    this.cut(null, unclear);
    socket?.destroy();
  }

  /** On a used connection it is not known which of the bytes are the answer. `surplus` are those behind it. */
  #finish(body: Buffer, surplus: Buffer): void {
    const { conduct, connection } = this.#lane;
    const { status, statusText, headers, idleMs } = this.#head!;
    const isWhole = surplus.length === 0;
    connection.isBodiless = isBodiless(status);
    if (!isWhole) noteMore(conduct, isStrayBody(connection, surplus) || this.#used ? null : connection);
    if (!isWhole && this.#used) {
      this.#leave(connection);
      return;
    }
    this.#lane.listener = null;
    this.#lane.isDoubtful = this.#options.hasBody && status >= 400;
    this.#lane.idleUntil = this.progress.lastAt + idleMs;
    const response: Response = { kind: 'response', status, statusText, headers, body };
    cameOver(response, connection);
    if (!isWhole) this.#lane.socket?.destroy();
    else if (idleMs === 0) linger(this.#lane);
    this.#end(response);
  }

  /** There is something special about the answer that begins with these bytes. */
  #handOver(bytes: Buffer): void {
    const done = this.#done;
    this.#done = null;
    done?.(standIn(this.#lane, bytes));
  }

  #unreachable(error: Error): Failure {
    if (error instanceof EarlyBytes) return error.failure(this.progress);
    const failure = connectFailure(error, this.#options.endpoint);
    return { ...failure, message: `${this.progress.target}: ${failure.message}` };
  }

  #stop(outcome: Failure): void {
    if (this.#done === null) return;
    this.#end(outcome);
    this.#lane.socket?.destroy();
  }

  #end(outcome: Response | Failure, rest: Partial<AttemptEnd> = {}): void {
    const done = this.#done;
    this.#done = null;
    this.#lane.listener = null;
    done?.({ outcome, durationMs: performance.now() - this.startedAt, again: null, ...rest });
  }
}
