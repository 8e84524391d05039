import type { Failure } from './exchange.ts';
import { broken, bytes, codeOf, lost, unsendable } from './failure.ts';

/** Cap of the headers of one answer, in bytes. */
export const maxHeaderBytes = 16384;

/** How far an answer has come. */
export interface Progress {
  readonly target: string;
  readonly port: number;
  phase: 'connect' | 'head' | 'body';
  /** A byte of the answer has come. */
  begun: boolean;
  /** How many 1xx answers came first (RFC 9110, 15.2). */
  interim: number;
  /** Length of the body as the head states it, or null. */
  expected: number | null;
  /** The head states the length in more than one way (RFC 9112, 6.3). */
  ambiguous: boolean;
  /** Bytes of the body so far. */
  got: number;
  /** When the last part of the answer came, on the monotonic clock. */
  lastAt: number;
}

/** The progress of a request that is not sent yet. */
export function newProgress({ name: target, port }: { readonly name: string; readonly port: number }): Progress {
  return {
    target,
    port,
    phase: 'connect',
    begun: false,
    interim: 0,
    expected: null,
    ambiguous: false,
    got: 0,
    lastAt: 0,
  };
}

/** Why an answer could not be read: an error of undici or of the socket, in one sentence that names the target. */
export function answerFailure(error: unknown, progress: Progress): Failure {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (
    code === 'UND_ERR_INVALID_ARG' ||
    code === 'UND_ERR_NOT_SUPPORTED' ||
    code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH'
  ) {
    const hint = 'change the request of the case';
    return unsendable(
      'refused-request',
      `${progress.target}: the HTTP client does not send this request: ${message}`,
      hint,
    );
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return headersLimit(progress);
  if (code === 'UND_ERR_SOCKET' && message === 'bad upgrade') return unexpectedUpgrade(progress.target);
  if (code === 'UND_ERR_SOCKET' && message === 'bad response') {
    return broken('unexpected-100', `${progress.target} sent 100 Continue although nobody asked`);
  }
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return lengthFailure(progress);
  if (error instanceof Error && error.name === 'HTTPParserError') return syntaxFailure(error, progress);
  if (code === 'ERR_ASSERTION') return badStatus(progress.target);
  return endFailure(code, progress);
}

/** The failure of an answer that was not complete at the deadline, `timeoutMs` after the start. */
export function answerTimeout(progress: Progress, timeoutMs: number): Failure {
  const { target, interim, got } = progress;
  const hint = 'look at the server, or raise --timeout';
  if (progress.phase === 'head' && interim > 0) {
    return lost('timeout-total', `${target} sent only interim (1xx) answers, ${interim} in ${timeoutMs} ms`, hint);
  }
  if (progress.phase === 'head') {
    const what = progress.begun ? 'finish the head of its answer' : 'answer';
    return lost('timeout-headers', `${target} did not ${what} within ${timeoutMs} ms`, hint);
  }
  if (performance.now() - progress.lastAt >= timeoutMs / 2) {
    return lost('timeout-body', `${target} stopped sending: ${share(progress)} in ${timeoutMs} ms`, hint);
  }
  return lost('timeout-total', `${target} was still sending after ${timeoutMs} ms, ${bytes(got)} of body so far`, hint);
}

/** The failure of a body over the cap of `limit` bytes. */
export function bodyLimit(progress: Progress, limit: number): Failure {
  const { expected, target } = progress;
  const size = expected !== null && expected > limit ? `announced ${bytes(expected)} of body` : 'sent a longer body';
  return broken('body-limit', `${target} ${size}; the limit is ${bytes(limit)}`, 'raise the limit, or ask for less');
}

/** The failure of an answer whose status is not one of HTTP: three digits, 100 to 999 (RFC 9110, 15). */
export function badStatus(target: string): Failure {
  return broken('bad-status', `${target} answered with a status that is not a number from 100 to 999`);
}

/** The failure of an answer that switches protocols unasked (RFC 9110, 15.2.2). */
export function unexpectedUpgrade(target: string): Failure {
  return broken('unexpected-101', `${target} switched protocols (101) although nobody asked`);
}

/** The failure of a head that states the length of the body in more than one way (RFC 9112, 6.3). */
export function ambiguousLength({ target }: Progress): Failure {
  return broken(
    'ambiguous-length',
    `${target} states the length of its body in two ways, or not as a number`,
    'send content-length once, and never together with transfer-encoding',
  );
}

function headersLimit({ target }: Progress): Failure {
  return broken(
    'headers-limit',
    `${target} sent more than ${maxHeaderBytes} bytes of headers`,
    'send fewer or shorter headers',
  );
}

function lengthFailure(progress: Progress): Failure {
  if (progress.ambiguous) return ambiguousLength(progress);
  // undici says no more than this of a head that holds a content-length and anything invalid after it.
  if (progress.phase !== 'body') return { ...ambiguousLength(progress), message: headMessage(progress) };
  return lost('truncated', `${progress.target} ended the connection inside the body: ${share(progress)}`);
}

function headMessage({ target }: Progress): string {
  return `${target} states the length of its body in two ways, or sent an invalid header after it`;
}

/** What llhttp says of a head, which undici hands on in brackets, and our word for it. First match wins. */
const headSyntax: readonly (readonly [pattern: RegExp, reason: string, words: string])[] = [
  [
    /content-length|transfer-encoding/i,
    'ambiguous-length',
    'states the length of its body in two ways, or not as a number',
  ],
  [/status/i, 'bad-status', 'answered with a status that is not a number from 100 to 999'],
  [/header/i, 'bad-header', 'sent a header that is not valid HTTP'],
  [/\b(CR|LF)\b/, 'bad-header', 'ended a line of its head with something other than CR LF'],
];

function syntaxFailure(error: Error, progress: Progress): Failure {
  const { target, phase } = progress;
  if (/EOF/i.test(error.message)) return endFailure('', progress);
  if (phase === 'body') return broken('bad-chunking', `${target} framed its body in chunks that are not valid`);
  const known = headSyntax.find(([pattern]) => pattern.test(error.message));
  return known ? broken(known[1], `${target} ${known[2]}`) : notHttp(error, target);
}

function notHttp(error: Error, target: string): Failure {
  const text = 'data' in error && typeof error.data === 'string' ? error.data.slice(0, 16) : '';
  const shown = [...text].map((char) => (char === '\ufffd' ? '??' : Buffer.from(char).toString('hex'))).join(' ');
  const message = `${target} answered with something that is not HTTP/1.x, at the bytes ${shown}`;
  // RFC 8446, 5.1: record types 20 to 23, then version 3.
  return broken('not-http', message, /^[\x14-\x17]\x03/.test(text) ? 'use https:// in its URL' : 'check its URL');
}

/** The connection ended or was reset. */
function endFailure(code: string, progress: Progress): Failure {
  const { target, phase, begun } = progress;
  const reset = code === 'ECONNRESET' || code === 'EPIPE';
  const verb = reset ? 'reset' : 'closed';
  if (phase === 'body') {
    const message = `${target} ${reset ? 'reset' : 'ended'} the connection inside the body: ${share(progress)}`;
    return lost(reset ? 'reset' : 'truncated', message);
  }
  const when = begun ? 'inside the head of its answer' : 'before sending anything';
  const tlsLike = !begun && /443$/.test(String(progress.port));
  const hint = tlsLike ? 'is this an https port?' : null;
  return lost(reset ? 'reset' : 'closed-early', `${target} ${verb} the connection ${when}`, hint);
}

function share({ expected, got }: Progress): string {
  return expected === null ? `got ${bytes(got)}, the end is missing` : `got ${got} of ${bytes(expected)}`;
}
