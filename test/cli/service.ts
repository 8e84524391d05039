import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** One request as it came, body whole. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Which connection it came over, from 1. */
  readonly connection: number;
}

/** What is answered: a status, and a text; other headers where they matter. */
export type Reply = readonly [status: number, body: string, headers?: Record<string, string | string[]>];

/** A small service with a life of its own. */
export interface Service {
  readonly url: string;
  readonly asked: Asked[];
  readonly close: () => void;
}

type Replies = (asked: Asked, all: readonly Asked[]) => Reply | Promise<Reply>;

/** Starts a service on 127.0.0.1 that answers as told until the test ends. */
export async function serving(reply: Replies): Promise<Service> {
  const service = await started(reply);
  onTestFinished(service.close);
  return service;
}

/** Starts a service on 127.0.0.1 that answers as told until it is closed: of tests that run at once none knows which of them ends. */
export async function started(reply: Replies): Promise<Service> {
  const asked: Asked[] = [];
  const connections: unknown[] = [];
  const server: Server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (!connections.includes(request.socket)) connections.push(request.socket);
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { method = '', url = '', headers } = request;
    const one = { method, path: url, headers, body, connection: connections.indexOf(request.socket) + 1 };
    asked.push(one);
    const [status, text, more = {}] = await reply(one, asked);
    response.writeHead(status, { 'content-type': 'application/json', ...more }).end(text);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => void server.close().closeAllConnections();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close };
}
