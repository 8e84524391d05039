import { connect, type Socket } from 'node:net';

/** One request as bytes: header pairs as they go out, the rest of the body `holdMs` milliseconds after its first byte. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly holdMs: number;
}

/** One answer as bytes: header pairs in the order and casing that came, latin1; the body without its chunk frames. */
export interface RawAnswer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Sends one request over a TCP connection of its own to `url` (an origin); resolves once the answer is whole (RFC 9112). */
export function exchange(url: string, request: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = Buffer.alloc(0);
    const settle = (ended: boolean): void => {
      const answer = readAnswer(received, request.method, ended);
      if (answer !== null) resolve(answer);
      else if (ended || received.length > MAX_ANSWER_BYTES)
        reject(new Error(`no whole answer in ${received.length} bytes`));
      else return;
      socket.destroy();
    };
    socket.on('connect', () => send(socket, request, `${hostname}:${port}`));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      settle(false);
    });
    socket.on('end', () => settle(true));
    socket.on('error', reject);
  });
}

function send(socket: Socket, request: RawRequest, host: string): void {
  const lines = [`${request.method} ${request.path} HTTP/1.1`, `Host: ${host}`];
  for (const [name, value] of request.headers) lines.push(`${name}: ${value}`);
  const counts = request.body.length > 0 || request.method === 'PUT' || request.method === 'POST';
  if (counts) lines.push(`Content-Length: ${request.body.length}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const atOnce = request.holdMs === 0 ? request.body : request.body.subarray(0, 1);
  // One write: a server that answers the head and closes would otherwise meet the body with a reset.
  socket.write(Buffer.concat([head, atOnce]));
  if (request.holdMs === 0) return;
  const rest = setTimeout(() => socket.write(request.body.subarray(1)), request.holdMs);
  socket.once('close', () => clearTimeout(rest));
}

function readAnswer(bytes: Buffer, method: string, ended: boolean): RawAnswer | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const status = Number(statusLine.slice(9, 12));
  const rest = bytes.subarray(headEnd + 4);
  if (status < 200) return readAnswer(rest, method, ended);
  const headers = lines.map(readHeader);
  const body = method === 'HEAD' || status === 204 || status === 304 ? rest : readBody(rest, headers, ended);
  return body === null ? null : { status, reason: statusLine.slice(13), headers, body };
}

function readHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

function readBody(rest: Buffer, headers: RawAnswer['headers'], ended: boolean): Buffer | null {
  const value = (wanted: string): string | undefined => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  if (value('transfer-encoding') === 'chunked') return joinChunks(rest);
  const length = value('content-length');
  if (length === undefined) return ended ? rest : null;
  return rest.length >= Number(length) ? rest : null;
}

function joinChunks(framed: Buffer): Buffer | null {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = framed.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(framed.toString('latin1', at, lineEnd), 16);
    const start = lineEnd + 2;
    if (framed.length < start + size + 2) return null;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(framed.subarray(start, start + size));
    at = start + size + 2;
  }
}
