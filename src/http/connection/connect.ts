import { isIP, connect as plainConnect, type Socket } from 'node:net';
import { connect as secureConnect } from 'node:tls';
import type { Endpoint } from '../endpoint.ts';

// Node gives up on an address after 250 ms by default, which a distant host may well need.
const addressing = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 2000 };

/** Takes what comes over a connection; the bytes are there during the call only. */
export type Read = (part: Buffer) => void;

/**
 * Opens a connection: TCP, or TLS with the certificate checked against the host. Every address of a name is tried (RFC 8305).
 * `done` is called once, with the connected socket or with the reason; also when the socket is destroyed before. With `read`, the
 * socket gives what comes to it, and is not a stream to read from.
 */
export function openSocket(
  endpoint: Endpoint,
  done: (error: Error | null, socket: Socket) => void,
  read?: Read,
): Socket {
  const socket = endpoint.secure ? openSecure(endpoint, read) : openPlain(endpoint, read).prependListener('end', tell);
  const settle = (error: Error | null) => {
    socket.off('error', settle).off('close', ended).off(ready, connected);
    if (error) socket.on('error', () => {}).destroy();
    done(error, socket);
  };
  const ready = endpoint.secure ? 'secureConnect' : 'connect';
  const connected = () => settle(null);
  const ended = () => settle(new Error('the socket was closed while it was connecting'));
  socket.setNoDelay(true);
  return socket.once('error', settle).once('close', ended).once(ready, connected);
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

function openPlain({ host, port }: Endpoint, read?: Read): Socket {
  if (read === undefined) return plainConnect({ ...addressing, host, port });
  const callback = (size: number) => {
    read(inbox.subarray(0, size));
    return true;
  };
  return plainConnect({ ...addressing, host, port, onread: { buffer: inbox, callback } });
}

function openSecure({ host, port }: Endpoint, read?: Read): Socket {
  // RFC 6066, 3: an address is not a server name.
  const servername = isIP(host) === 0 ? host : '';
  const socket = secureConnect({ ...addressing, host, port, servername, ALPNProtocols: ['http/1.1'] });
  return read === undefined ? socket : socket.on('data', read);
}
