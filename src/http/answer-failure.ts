import type { Endpoint } from './endpoint.ts';
import type { Failure } from './exchange.ts';
import { broken, bytes, codeOf, down, lost, unsendable } from './failure.ts';
import { maxHeaderBytes } from './limits.ts';

const noStatus = 'answered with a status that is not a number from 100 to 999';
const statusHint = 'send three digits, from 100 to 999';
const lengthHint = 'send content-length once, and never together with transfer-encoding';
const headerHint = 'send each header as name, colon, value and CR LF, without control characters';
const notAsked = 'answer with a final status: no request of the case asks for this one';

/** How far an answer has come. */
export interface Progress {
  readonly target: string;
  /** It is spoken to over TLS. */
  readonly secure: boolean;
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
export function newProgress({ name: target, secure }: Pick<Endpoint, 'name' | 'secure'>): Progress {
  return {
    target,
    secure,
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
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return lengthFailure(progress);
  if (error instanceof Error && error.name === 'HTTPParserError') return syntaxFailure(error, progress);
  if (code === 'ERR_ASSERTION') return badStatus(progress.target);
  if (/^ERR_SSL_.*_ALERT_/.test(code)) return tlsAlert(code, progress);
  return endFailure(code, progress);
}

/** TLS 1.3 lets a server refuse a client after the handshake (RFC 8446, 4.6.2). */
function tlsAlert(code: string, { target }: Progress): Failure {
  if (/CERTIFICATE_REQUIRED/.test(code))
    return down(
      'tls',
      `${target} wants a certificate of its client (${code})`,
      'set tls: { cert: FILE, key: FILE } of the target in parity.yaml',
    );
  return /CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED/.test(code)
    ? down(
        'tls',
        `${target} does not accept the certificate of its client (${code})`,
        'see that it trusts the authority of `tls: { cert }` of the target, and that the certificate is valid',
      )
    : down('tls', `${target} ended the TLS connection with an alert (${code})`, 'look in its log');
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
  return broken(
    'body-limit',
    `${target} ${size}; the limit is ${bytes(limit)}`,
    'raise maxBody in parity.yaml, or ask for less',
  );
}

/** The failure of an answer whose status is not one of HTTP: three digits, 100 to 999 (RFC 9110, 15). */
export function badStatus(target: string): Failure {
  return broken('bad-status', `${target} ${noStatus}`, statusHint);
}

/** The failure of an answer that switches protocols unasked (RFC 9110, 15.2.2). */
export function unexpectedUpgrade(target: string): Failure {
  return broken('unexpected-101', `${target} switched protocols (101) although nobody asked`, notAsked);
}

/** The failure of a head that states the length of the body in more than one way (RFC 9112, 6.3). */
export function ambiguousLength({ target }: Progress): Failure {
  return broken(
    'ambiguous-length',
    `${target} states the length of its body in two ways, or not as a number`,
    lengthHint,
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
  return endFailure('', progress);
}

function headMessage({ target }: Progress): string {
  return `${target} states the length of its body in two ways, or sent an invalid header after it`;
}

interface HeadFault {
  readonly pattern: RegExp;
  readonly reason: string;
  readonly words: string;
  readonly hint: string;
}

/** What llhttp says of a head, which undici hands on in brackets, and our word for it. First match wins. */
const headFaults: readonly HeadFault[] = [
  {
    pattern: /content-length|transfer-encoding/i,
    reason: 'ambiguous-length',
    words: 'states the length of its body in two ways, or not as a number',
    hint: lengthHint,
  },
  { pattern: /status/i, reason: 'bad-status', words: noStatus, hint: statusHint },
  { pattern: /header/i, reason: 'bad-header', words: 'sent a header that is not valid HTTP', hint: headerHint },
  {
    pattern: /\b(CR|LF)\b/,
    reason: 'bad-header',
    words: 'ended a line of its head with something other than CR LF',
    hint: headerHint,
  },
];

function syntaxFailure(error: Error, progress: Progress): Failure {
  const { target, phase } = progress;
  if (/EOF/i.test(error.message)) return endFailure('', progress);
  if (phase === 'body') {
    const hint = 'send each chunk as its size in hex, CR LF, the bytes, CR LF, and 0 for the last';
    return broken('bad-chunking', `${target} framed its body in chunks that are not valid`, hint);
  }
  const known = headFaults.find(({ pattern }) => pattern.test(error.message));
  return known ? broken(known.reason, `${target} ${known.words}`, known.hint) : notHttp(error, progress);
}

// RFC 9113, 3.4 and 6: a SETTINGS or GOAWAY frame of the connection itself, or the preface of a client.
const http2Start = /^(?:\0[\s\S]{2}[\x04\x07]\0\0\0\0\0|PRI \* HTTP\/2)/;

/** Whether bytes, as latin1, begin a connection of HTTP/2. */
export function startsHttp2(text: string): boolean {
  return http2Start.test(text);
}

/** The failure of a target that speaks HTTP/2 alone. */
export function onlyHttp2({ target, secure }: Pick<Progress, 'target' | 'secure'>): Failure {
  return secure
    ? down(
        'http2-only',
        `${target} speaks HTTP/2 over TLS where it was asked in HTTP/1.1 (ALPN), and only HTTP/1.1 is sent`,
        'let it speak http/1.1 beside h2, or put a proxy in front of it that does, such as nginx, and give its URL',
      )
    : down(
        'http2-only',
        `${target} speaks HTTP/2 in clear text (h2c) where it was asked in HTTP/1.1, and only HTTP/1.1 is sent without TLS`,
        'give it a URL with https://, where the two agree on a version (ALPN), or that of a port which speaks HTTP/1.1',
      );
}

function notHttp(error: Error, progress: Progress): Failure {
  const { target } = progress;
  const text = 'data' in error && typeof error.data === 'string' ? error.data.slice(0, 16) : '';
  if (startsHttp2(text)) return onlyHttp2(progress);
  const shown = [...text].map((char) => (char === '\ufffd' ? '??' : Buffer.from(char).toString('hex'))).join(' ');
  const message = `${target} answered with something that is not HTTP/1.x, at the bytes ${shown}`;
  // RFC 8446, 5.1: record types 20 to 23, then version 3.
  return broken(
    'not-http',
    message,
    /^[\x14-\x17]\x03/.test(text) ? 'use https:// in its URL' : 'see that its URL leads to a server of HTTP/1.1',
  );
}

/** The connection ended or was reset. */
function endFailure(code: string, progress: Progress): Failure {
  const { target, phase, begun } = progress;
  const reset = code === 'ECONNRESET' || code === 'EPIPE';
  const verb = reset ? 'reset' : 'closed';
  if (phase === 'body') {
    const message = `${target} ${reset ? 'reset' : 'ended'} the connection inside the body: ${share(progress)}`;
    return lost(reset ? 'reset' : 'truncated', message, 'look in its log why it stopped in the midst of an answer');
  }
  // It closed while it was written to: that it said nothing is not known.
  if (code === 'EPIPE' && !begun) {
    const message = `${target} closed the connection while the request was sent; what it may have answered is lost`;
    return lost('reset', message, 'look in its log: it may refuse such a body before it has read it');
  }
  const when = begun ? 'inside the head of its answer' : 'before sending anything';
  const hint = begun ? 'look in its log' : 'look in its log, or use https:// in its URL if that is what it speaks';
  return lost(reset ? 'reset' : 'closed-early', `${target} ${verb} the connection ${when}`, hint);
}

function share({ expected, got }: Progress): string {
  return expected === null ? `got ${bytes(got)}, the end is missing` : `got ${got} of ${bytes(expected)}`;
}
