import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Service, sendAnswer, sendLast, toTwinRequest } from './answer.ts';
import { createGo } from './go.ts';
import { createRust } from './rust.ts';

/** A twin that runs: its origin, and how to end it with every connection to it. */
export interface RunningTwin {
  readonly url: string;
  close(): Promise<void>;
}

export interface TwinOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** The Go twin answers validation errors in serde's form: the port, fixed. */
  readonly serdeErrors?: boolean;
}

/** Starts an embedded twin on 127.0.0.1; it answers byte for byte as the real service does. Rejects if the port is taken. */
export function startTwin(which: 'rust' | 'go', options: TwinOptions = {}): Promise<RunningTwin> {
  const service = which === 'rust' ? createRust() : createGo({ serdeErrors: options.serdeErrors ?? false });
  const server = serve(service);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${port}`, close: () => stop(server) });
    });
  });
}

function serve(service: Service): Server {
  // Requests on one connection are answered in turn: the next one sees what the one before it did.
  const turns = new WeakMap<Socket, Promise<void>>();
  const take = (incoming: IncomingMessage, response: ServerResponse): void => {
    const before = turns.get(incoming.socket) ?? Promise.resolve();
    const turn = before
      .then(() => service.answer(toTwinRequest(incoming, response)))
      .then((answer) => sendAnswer(incoming, response, answer))
      // The client went away in the middle of its upload: nobody is left to answer.
      .catch(() => void incoming.destroy());
    turns.set(incoming.socket, turn);
  };
  const server = createServer({ maxHeaderSize: 512 * 1024 }, take);
  server.on('checkContinue', take);
  server.on('clientError', (_, socket) => sendLast(socket, service.malformed()));
  // Neither real service ends an idle connection.
  server.keepAliveTimeout = 0;
  return server;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
