import { isIP, connect as plainConnect, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, connect as secureConnect } from 'node:tls';
import type { TargetProxy, TargetTls } from '../../config/config.ts';
import type { Hop } from '../endpoint.ts';

// Node gives up on an address after 250 ms by default, which a distant host may well need.
const addressing = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 2000 };

/** Takes what comes over a connection; the bytes are there during the call only. */
export type Read = (part: Buffer) => void;

/** Is called once, with the connected socket or with the reason. */
type Done = (error: Error | null, socket: Socket) => void;

/**
 * Opens a connection: TCP, or TLS with the certificate checked against the host, through the proxy of the endpoint if it has one. Every
 * address of a name is tried (RFC 8305). `done` is called once, also when the socket is destroyed before; the socket that it gets is
 * another one than the returned where a tunnel is made, and the returned one ends both. With `read`, the socket gives what comes to it,
 * and is not a stream to read from.
 */
export function openSocket(hop: Hop, done: Done, read?: Read): Socket {
  if (hop.proxy !== undefined) return openThrough(hop.proxy, hop, { done, read });
  const socket = hop.secure ? openSecure(hop, read) : openPlain(hop, read).prependListener('end', tell);
  socket.setNoDelay(true);
  return whenReady(socket, hop.secure ? 'secureConnect' : 'connect', done);
}

function whenReady(socket: Socket, ready: 'secureConnect' | 'connect', done: Done): Socket {
  const settle = (error: Error | null) => {
    socket.off('error', settle).off('close', ended).off(ready, connected);
    if (error) socket.on('error', () => {}).destroy();
    done(error, socket);
  };
  const connected = () => settle(null);
  const ended = () => settle(new Error('the socket was closed while it was connecting'));
  return socket.once('error', settle).once('close', ended).once(ready, connected);
}

interface Wish {
  readonly done: Done;
  readonly read: Read | undefined;
}

/** The proxy is asked for a tunnel, and what would go over a connection goes through that. */
function openThrough(proxy: TargetProxy, hop: Hop, { done, read }: Wish): Socket {
  return openSocket(proxy, (error, socket) => {
    const failed = (cause: Error) => done(cause, socket.on('error', () => {}).destroy());
    const tunnelled = () => {
      if (hop.secure) whenReady(openSecure(hop, read, socket), 'secureConnect', done);
      else done(null, read === undefined ? socket : socket.on('data', read));
    };
    // Until somebody listens to its errors.
    socket.on('error', () => {});
    import('./tunnel.ts').then(({ openTunnel, proxyDown }) => {
      if (error !== null) failed(proxyDown(error, proxy));
      else openTunnel(socket, { hop, proxy }, (fault) => (fault === null ? tunnelled() : failed(fault)));
    }, failed);
  });
}

const nothing = new Uint8Array();

/**
 * A reset that comes together with bytes is an end in order to Node, which does not ask a second time. Writing nothing sends nothing,
 * and leaves the reason in `errored`.
 */
function tell(this: Socket): void {
  if (this.writableLength === 0) this.write(nothing);
}

/** One for all connections: a fresh one for each part of an answer, 64 KiB and more, costs more than reading it does. */
const inbox = Buffer.allocUnsafe(64 * 1024);

function openPlain({ host, port }: Hop, read?: Read): Socket {
  if (read === undefined) return plainConnect({ ...addressing, host, port });
  const callback = (size: number) => {
    read(inbox.subarray(0, size));
    return true;
  };
  return plainConnect({ ...addressing, host, port, onread: { buffer: inbox, callback } });
}

function openSecure(hop: Hop, read?: Read, tunnel?: Socket): Socket {
  const { host, port, tls } = hop;
  // RFC 6066, 3: an address is not a server name.
  const servername = tls?.serverName ?? (isIP(host) === 0 ? host : '');
  const checks = tls === undefined ? {} : { secureContext: contextOf(tls), rejectUnauthorized: tls.insecure !== true };
  const way = tunnel === undefined ? { ...addressing, host, port } : { host, socket: tunnel };
  const socket = secureConnect({ ...way, ...checks, servername, ALPNProtocols: ['http/1.1'] });
  return read === undefined ? socket : socket.on('data', read);
}

const contexts = new WeakMap<TargetTls, SecureContext>();

/** Certificates are read once for all connections. */
function contextOf(tls: TargetTls): SecureContext {
  const { ca, cert, key } = tls;
  const context = contexts.get(tls) ?? createSecureContext({ ca, cert, key });
  contexts.set(tls, context);
  return context;
}
