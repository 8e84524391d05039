import type { HeaderPairs } from './entry.ts';

/** A message as it went over a connection (RFC 9112). */
export interface RawMessage {
  readonly start: string;
  readonly headers: HeaderPairs;
  readonly body: Buffer;
}

/** Reads a whole message; a text says why it is none, or not whole. */
export function readMessage(bytes: Buffer): RawMessage | string {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return 'a message without a whole head';
  const [start = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = lines.flatMap((line) => {
    const at = line.indexOf(':');
    return at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1).trim()] as const];
  });
  const values = (name: string) => headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
  const rest = bytes.subarray(end + 4);
  const [length, coding] = [values('content-length'), values('transfer-encoding')];
  if (coding.length > 0 && length.length > 0) return 'a message with two lengths';
  if (/chunked/i.test(coding.join())) {
    const body = unchunked(rest);
    return body === null ? 'a chunked body that is not whole' : { start, headers, body };
  }
  if (new Set(length).size > 1) return 'a message with two lengths';
  if (length.length === 0) return { start, headers, body: rest };
  const size = Number(length[0]);
  if (!/^\d{1,15}$/.test(length[0]!)) return 'a message with an invalid length';
  return rest.length < size
    ? 'a body that is shorter than its length'
    : { start, headers, body: rest.subarray(0, size) };
}

/** The content of a chunked body; null where it is cut off or wrong. */
function unchunked(bytes: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at);
    const size = end < 0 ? null : /^([\da-f]{1,8})(?:;.*)?$/i.exec(bytes.toString('latin1', at, end))?.[1];
    if (size == null) return null;
    const length = Number.parseInt(size, 16);
    if (length === 0) return Buffer.concat(parts);
    const from = end + 2;
    if (from + length > bytes.length) return null;
    parts.push(bytes.subarray(from, from + length));
    at = from + length + 2;
  }
}
