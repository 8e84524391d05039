import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ParityError } from '../../errors.ts';
import { maxPageBodyBytes, maxPageStreams, pageEveryMs } from '../limits.ts';
import { metricsText } from './metrics.ts';
import { pagePolicy, pageText } from './page.ts';
import type { LiveStatus } from './status.ts';

/** What the page shows, and what it can do. */
export interface PageSource {
  status(): LiveStatus;
  switchOff(isOff: boolean): void;
}

/** A page that is served. */
export interface PageServer {
  readonly url: string;
  close(): void;
}

/** Serves the page on loopback. Throws ParityError PX2013 where it cannot listen. */
export async function servePage(port: number, source: PageSource): Promise<PageServer> {
  const token = randomBytes(16).toString('hex');
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    answer(request, response, { source, token, streams }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: Error) =>
      reject(
        new ParityError('PX2013', `the page cannot listen on port ${port}`, { hint: 'name another --page', cause }),
      );
    server.once('error', fail).listen(port, '127.0.0.1', () => resolve());
  });
  const timer = setInterval(() => {
    const event = eventText(source);
    // A reader that takes nothing is sent nothing more: what is not read would pile up.
    for (const stream of streams) if (!stream.writableNeedDrain) stream.write(event);
  }, pageEveryMs);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Serving {
  readonly source: PageSource;
  readonly token: string;
  readonly streams: Set<ServerResponse>;
}

function eventText(source: PageSource): string {
  return `data: ${JSON.stringify(source.status())}\n\n`;
}

async function answer(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const { source, token } = serving;
  const send = (status: number, type: string, text: string) => void response.writeHead(status, headOf(type)).end(text);
  // A name that a stranger's page resolves to this machine is not ours.
  if (!/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(request.headers.host ?? ''))
    return send(403, 'text/plain', 'ask for this page by the address of this machine\n');
  switch (`${request.method} ${request.url}`) {
    case 'GET /':
      return send(200, 'text/html; charset=utf-8', pageText(token));
    case 'GET /status':
      return send(200, 'application/json', `${JSON.stringify(source.status())}\n`);
    case 'GET /metrics':
      return send(200, 'text/plain; version=0.0.4; charset=utf-8', metricsText(source.status()));
    case 'GET /events':
      return stream(response, serving);
    case 'POST /copying':
      if (request.headers['x-parity-token'] !== token)
        return send(403, 'text/plain', 'only the page itself may do so\n');
      source.switchOff((await bodyOf(request)) === 'off');
      return send(200, 'text/plain', 'done\n');
    default:
      return send(404, 'text/plain', 'there are /, /status, /metrics and /events\n');
  }
}

function headOf(type: string): Record<string, string> {
  return {
    ...{ 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    ...{ 'referrer-policy': 'no-referrer', 'content-security-policy': pagePolicy },
  };
}

function stream(response: ServerResponse, { source, streams }: Serving): void {
  if (streams.size >= maxPageStreams) return void response.writeHead(503, headOf('text/plain')).end('too many pages\n');
  response.writeHead(200, headOf('text/event-stream')).write(eventText(source));
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) {
    text += piece;
    if (text.length > maxPageBodyBytes) break;
  }
  return text;
}
