import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import type { Endpoint } from '../endpoint.ts';
import { maxBodyLength } from '../limits.ts';
import type { WireRequest } from '../wire-request.ts';

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;
const path = /^[\x21-\xff]+$/;

/** Headers that the HTTP client reads, refuses or writes by itself. */
const special = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

// RFC 9110, 8.6: with these, a request without a body says so.
const expectsBody = new Set(['POST', 'PUT', 'PATCH']);
const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * The bytes of a request that has nothing special about it (RFC 9112, 3), as latin1, the same that the HTTP client would write. Null
 * for every other request: that one is the client's.
 */
export function plainRequest(endpoint: Endpoint, wire: WireRequest): string | null {
  const { method, headers, body } = wire;
  const length = body?.length ?? 0;
  if (!methods.has(method) || !path.test(wire.path) || length > maxBodyLength) return null;
  const lines = headerLines(headers);
  if (lines === null) return null;
  const first = `${method} ${wire.path} HTTP/1.1\r\nhost: ${endpoint.authority}\r\nconnection: keep-alive\r\n`;
  const sized = length > 0 || expectsBody.has(method) ? `content-length: ${length}\r\n` : '';
  return `${first}${lines}${sized}\r\n${body === null ? '' : latin1Of(body)}`;
}

/** Requests share their headers far more often than not. Null if there is anything special about them. */
const headerLines = memoizeBounded(128, (headers: WireRequest['headers']): string | null => {
  let lines = '';
  for (let at = 0; at < headers.length; at += 2) {
    const [name, value] = [headers[at]!, headers[at + 1]!];
    if (!token.test(name) || special.has(name.toLowerCase()) || !headerValue.test(value)) return null;
    lines += `${name}: ${value}\r\n`;
  }
  return lines;
});

/** A buffer for each request would cost more than its bytes as text do. */
function latin1Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
