import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { ParityError } from '../errors.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { codeOf } from '../http/failure.ts';
import { ClientSession, type SessionOptions } from './client-session.ts';
import { maxClientConnections, maxTappedBodyBytes } from './limits.ts';
import { SpoolRoom, type Tap } from './tap.ts';

/** What a proxy is made of. */
export interface ProxyOptions {
  /** Where all requests go, whatever host they name. Its own headers and query are not used. */
  readonly endpoint: Endpoint;
  readonly listen: { readonly host: string; readonly port: number };
  /** Certificate and key as PEM; clients speak TLS where they are given. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly tap: Tap;
  /** Cap of one body that the tap gets, in bytes. */
  readonly capBytes?: number;
  /** The target gets the host that the client named, in place of its own. */
  readonly keepsHost?: boolean;
}

/** A reverse proxy that listens. */
export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more connections, lets requests under way end within so many milliseconds, and waits for what the tap is at. */
  close(graceMs: number): Promise<void>;
}

/**
 * Listens for HTTP/1.1 and passes each request on to one target. Answers go to the client as they come: status, reason, end-to-end
 * fields and body, byte for byte. A request that two readers may take for different ones gets 400, and its connection is closed.
 * Throws PX2013 where it cannot listen, PX2012 for a certificate that cannot be used.
 */
export async function openProxy(options: ProxyOptions): Promise<Proxy> {
  const { endpoint, tap, tls, capBytes = maxTappedBodyBytes, keepsHost = false } = options;
  const tapping = { tap, room: new SpoolRoom(), capBytes, pending: new Set<Promise<void>>() };
  const sessions = new Map<ClientSession, Promise<void>>();
  const isLoop = (target: Socket) => leadsTo(target, server);
  const shared: SessionOptions = { endpoint, tapping, keepsHost, isSecure: tls !== undefined, isLoop };
  const server = makeServer(tls, (socket) => {
    const session = new ClientSession(socket, shared);
    sessions.set(
      session,
      session.run().finally(() => sessions.delete(session)),
    );
  });
  const address = await listen(server, options.listen);
  return {
    ...address,
    async close(graceMs) {
      server.close();
      for (const session of sessions.keys()) session.close();
      const timer = setTimeout(() => {
        for (const session of sessions.keys()) session.destroy();
      }, graceMs);
      await Promise.all(sessions.values());
      clearTimeout(timer);
      await Promise.allSettled(tapping.pending);
    },
  };
}

function makeServer(tls: ProxyOptions['tls'], onClient: (socket: Socket) => void): Server {
  const accept = (socket: Socket) => {
    socket.setNoDelay(true).on('error', () => {});
    onClient(socket);
  };
  const server = tls === undefined ? createServer({ allowHalfOpen: true }, accept) : secureServer(tls, accept);
  server.maxConnections = maxClientConnections;
  return server;
}

function secureServer(
  { cert, key }: { readonly cert: string; readonly key: string },
  accept: (socket: Socket) => void,
): Server {
  try {
    const server = createSecureServer({ cert, key, ALPNProtocols: ['http/1.1'], allowHalfOpen: true }, accept);
    return server.on('tlsClientError', (_, socket) => socket.destroy());
  } catch (error) {
    throw new ParityError('PX2012', `the certificate and its key cannot be used (${codeOf(error) || 'not PEM'})`, {
      hint: 'give the certificate and the private key that belongs to it, both as PEM files',
      cause: error,
    });
  }
}

function listen(server: Server, { host, port }: ProxyOptions['listen']): Promise<Pick<Proxy, 'host' | 'port' | 'url'>> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(
        new ParityError('PX2013', `nothing can listen on ${shown(host)}:${port} (${codeOf(error)})`, {
          hint: 'choose another port, or end the program that has it',
          cause: error,
        }),
      );
    server.once('error', fail).listen(port, host, () => {
      server.off('error', fail).on('error', () => {});
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      const scheme = 'setSecureContext' in server ? 'https' : 'http';
      resolve({ host, port: actual, url: `${scheme}://${shown(host)}:${actual}` });
    });
  });
}

function shown(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Whether a connection leads to this server: its port, at an address of this machine that it listens on. */
function leadsTo(target: Socket, server: Server): boolean {
  const own = server.address();
  if (typeof own !== 'object' || own === null || target.remotePort !== own.port) return false;
  const isEverywhere = own.address === '0.0.0.0' || own.address === '::';
  return isEverywhere ? target.remoteAddress === target.localAddress : target.remoteAddress === own.address;
}
