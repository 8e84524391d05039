import { connect, createServer, type Socket } from 'node:net';
import { endpointOf } from '../../src/http/endpoint.ts';
import { openProxy, type ProxyOptions } from '../../src/proxy/proxy.ts';
import type { TappedExchange } from '../../src/proxy/tap.ts';

/** What a target does with a connection: it gets all bytes so far, and answers with bytes, more of them, or an end. */
export type Play = (received: string, socket: Socket, connection: number) => void;

/** A target that plays, with a proxy before it. */
export interface Stage {
  readonly port: number;
  readonly targetPort: number;
  readonly url: string;
  /** All bytes that the target got, a text for each connection. */
  readonly received: string[];
  readonly exchanges: TappedExchange[];
  readonly refused: string[];
  close(): Promise<void>;
}

export type StageOptions = Partial<ProxyOptions> & { readonly play: Play; readonly path?: string };

/** Puts up a target on a bare socket and a proxy before it. */
export async function setStage({ play, path = '', ...options }: StageOptions): Promise<Stage> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const target = createServer((socket) => {
    const connection = received.push('') - 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.on('data', (part: Buffer) => {
      received[connection] += part.toString('latin1');
      play(received[connection]!, socket, connection);
    });
  });
  const targetPort = await new Promise<number>((resolve) => {
    target.listen(0, '127.0.0.1', () => resolve((target.address() as { port: number }).port));
  });
  const exchanges: TappedExchange[] = [];
  const refused: string[] = [];
  const url = `http://127.0.0.1:${targetPort}${path}`;
  const proxy = await openProxy({
    endpoint: endpointOf({ name: 't', url, role: 'reference', headers: [], command: null, ready: null }),
    listen: { host: '127.0.0.1', port: 0 },
    tap: {
      exchanged: (exchange) => void exchanges.push(exchange),
      refused: (reason) => void refused.push(reason),
      failed: (error) => {
        throw error;
      },
    },
    ...options,
  });
  return {
    ...{ port: proxy.port, url: proxy.url, targetPort, received, exchanges, refused },
    async close() {
      await proxy.close(50);
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => target.close(done));
    },
  };
}

/** A client that sends parts in turn, and gives all that it got by the end of the connection, or once `isDone` says so. */
export function ask(
  port: number,
  parts: readonly string[],
  isDone: (text: string) => boolean = () => false,
): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1');
    const finish = (end: string) => {
      resolve(text + end);
      socket.destroy();
    };
    socket.on('connect', async () => {
      for (const part of parts) {
        socket.write(part, 'latin1');
        await new Promise((next) => setTimeout(next, 5));
      }
    });
    socket.on('data', (part: Buffer) => {
      text += part.toString('latin1');
      if (isDone(text)) finish('');
    });
    socket.on('end', () => finish('')).on('error', () => finish('<reset>'));
  });
}
