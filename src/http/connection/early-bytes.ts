import { onlyHttp2, type Progress, startsHttp2 } from '../answer-failure.ts';
import type { Failure } from '../exchange.ts';
import { lost } from '../failure.ts';

/** How long the first connections to a target are watched for bytes before the first request, in milliseconds: once in a run. */
const firstWatchMs = 20;

/** What is known of a target that sends bytes before it gets a request. */
export interface Greeting {
  /** Until when each new connection is watched, on the monotonic clock; null before the first connection. */
  watchedUntil: number | null;
  /** It has sent bytes before a request: each new connection is watched as long as the first. */
  isSent: boolean;
}

/** Bytes that came before the first request on a connection. They are not answers to it. */
export class EarlyBytes extends Error {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    super('bytes came before the request was sent');
    this.bytes = Buffer.from(bytes.subarray(0, 64));
  }

  failure(progress: Pick<Progress, 'target' | 'secure'>): Failure {
    const { target } = progress;
    if (startsHttp2(this.bytes.toString('latin1'))) return onlyHttp2(progress);
    return lost(
      'early-bytes',
      `${target} sent bytes before the request was sent to it: they are not answer`,
      'let the server send nothing until it has read a request; see that the URL leads to a server of HTTP/1.1',
    );
  }
}

/**
 * Calls `then` when a new connection has been watched for early bytes: for the first connections to a target some milliseconds, for
 * later ones until the bytes that have arrived are read.
 */
export function whenWatched(greeting: Greeting, then: () => void): void {
  const now = performance.now();
  greeting.watchedUntil ??= now + firstWatchMs;
  const waitMs = greeting.isSent ? firstWatchMs : greeting.watchedUntil - now;
  if (waitMs > 0) setTimeout(() => afterReads(then), Math.ceil(waitMs));
  else afterReads(then);
}

/** Calls `then` after a turn of the event loop in which all open connections were read. */
export function afterReads(then: () => void): void {
  setImmediate(() => setImmediate(then));
}
