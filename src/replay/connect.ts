import { isIP, connect as plainConnect, type Socket } from 'node:net';
import { connect as secureConnect } from 'node:tls';
import type { Endpoint } from './endpoint.ts';

// Node gives up on an address after 250 ms by default, which a distant host may well need.
const addressing = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 2000 };

/**
 * Opens a connection: TCP, or TLS with the certificate checked against the host. Every address of a name is tried (RFC 8305).
 * `done` is called once, with the connected socket or with the reason; also when the socket is destroyed before.
 */
export function openSocket(endpoint: Endpoint, done: (error: Error | null, socket: Socket) => void): Socket {
  const socket = endpoint.secure ? openSecure(endpoint) : openPlain(endpoint);
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

function openPlain({ host, port }: Endpoint): Socket {
  return plainConnect({ ...addressing, host, port });
}

function openSecure({ host, port }: Endpoint): Socket {
  // RFC 6066, 3: an address is no server name.
  const servername = isIP(host) === 0 ? host : '';
  return secureConnect({ ...addressing, host, port, servername, ALPNProtocols: ['http/1.1'] });
}
