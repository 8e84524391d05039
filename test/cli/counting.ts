import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers `GET /N` with a little JSON and counts what is asked. */
export interface Counting {
  readonly url: string;
  /** How often each path was asked. */
  readonly asked: ReadonlyMap<string, number>;
  /** Called after each request has been counted; the answer waits for it. */
  onRequest: (count: number) => void | Promise<void>;
  forget(): void;
  close(): Promise<void>;
}

/** Every seventh answer says whose it is, so that two servers diverge there; every third has an empty list. */
export async function counting(name: string): Promise<Counting> {
  const asked = new Map<string, number>();
  let count = 0;
  const server: Server = createServer(async (request, response) => {
    const path = request.url ?? '';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    count += 1;
    await self.onRequest(count);
    const number = Number(path.slice(1));
    const list = number % 3 === 0 ? [] : [number, null];
    const body = { number, list, id: `id-${number}`, ...(number % 7 === 0 ? { [name]: 'big'.repeat(number) } : {}) };
    response.writeHead(200, ['Content-Type', 'application/json', 'X-Served-By', name]).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const self: Counting = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    onRequest: () => {},
    forget: () => {
      asked.clear();
      count = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return self;
}
