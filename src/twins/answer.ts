import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** One header as it goes out. */
export type Header = readonly [name: string, value: string];

/** One answer, every byte of its head decided: header pairs in order and casing, `Date` among them. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

/** What a twin sees of a request: the raw path and query, and the body only when it asks for it. */
export interface TwinRequest {
  readonly method: string;
  /** Percent-encoded, as on the request line, without the query. */
  readonly path: string;
  readonly query: string;
  /** What `Content-Length` announces, in bytes; 0 if it is absent. */
  readonly announced: number;
  /** How many header lines came. */
  readonly headerCount: number;
  /** The first value of a header, by lower-case name, or null. */
  header(name: string): string | null;
  /** Reads the body; null if it is longer than `limit` bytes. Rejects if the client goes away. */
  body(limit: number): Promise<Buffer | null>;
}

/** A service: what it answers to a request, and to bytes that are none. */
export interface Service {
  answer(request: TwinRequest): Promise<Answer>;
  malformed(): Answer;
}

const LINGER_MS = 500;

/** Wraps what Node received; a client that waits for `100 Continue` gets it once the body is asked for. */
export function toTwinRequest(incoming: IncomingMessage, response: ServerResponse): TwinRequest {
  const target = (incoming.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
  const mark = target.indexOf('?');
  const header = (name: string): string | null => {
    const at = incoming.rawHeaders.findIndex((text, i) => i % 2 === 0 && text.toLowerCase() === name);
    return at < 0 ? null : (incoming.rawHeaders[at + 1] ?? null);
  };
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    announced: Number(header('content-length') ?? 0),
    headerCount: incoming.rawHeaders.length / 2,
    header,
    body: (limit) => {
      if (incoming.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
      return readBody(incoming, limit);
    },
  };
}

async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > limit) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Sends `answer` with nothing of Node's own in its head; one with `Connection: close` ends the connection. */
export function sendAnswer(incoming: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (answer.headers.some(([name, value]) => name.toLowerCase() === 'connection' && value === 'close')) {
    incoming.resume();
    sendLast(incoming.socket, incoming.method === 'HEAD' ? { ...answer, body: Buffer.alloc(0) } : answer);
    return;
  }
  response.sendDate = false;
  // Node takes this as the wish for no Connection header at all; the connection stays open.
  response.removeHeader('connection');
  response.writeHead(answer.status, answer.reason, answer.headers.flat());
  response.end(answer.body);
}

/** Ends our side and reads on for a moment, so that a client in the middle of its upload meets the answer and no reset. */
export function sendLast(socket: Duplex, { status, reason, headers, body }: Answer): void {
  const lines = [`HTTP/1.1 ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  socket.end(Buffer.concat([head, body]));
  const linger = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(linger));
}
