import { request } from 'node:http';
import type { Socket } from 'node:net';
import type { TargetProxy } from '../../config/config.ts';
import { addressOf, type Hop } from '../endpoint.ts';
import { codeOf, down } from '../failure.ts';
import { maxHeaderBytes } from '../limits.ts';
import { connectFailure, Unreached } from './connect-failure.ts';

/** Of a target behind a proxy: the two. */
interface Way {
  readonly hop: Hop;
  readonly proxy: TargetProxy;
}

/** Takes a connection to a proxy; asks it for a tunnel (RFC 9110, 9.3.6). `done` is called once: with null when what the socket carries is the target's. */
export function openTunnel(socket: Socket, way: Way, done: (error: Error | null) => void): void {
  const { hop, proxy } = way;
  const path = addressOf(hop);
  const { authorization } = proxy;
  const headers = { host: path, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
  const setting = { createConnection: () => socket, maxHeaderSize: maxHeaderBytes };
  request({ method: 'CONNECT', path, headers, ...setting })
    .once('connect', ({ statusCode = 0 }, _, head: Buffer) => {
      if (statusCode < 200 || statusCode >= 300) return done(refused(statusCode, way));
      if (head.length > 0) socket.unshift(head);
      done(null);
    })
    .on('error', (error) => done(noTunnel(error, way)))
    .end();
}

/** Why no connection to the proxy itself came about. */
export function proxyDown(error: Error, proxy: TargetProxy): Unreached {
  const { reason, message } = connectFailure(error, proxy);
  const failure = down('proxy', `the proxy cannot be reached: ${message}`, hintOf(reason));
  return new Unreached(failure, error);
}

function hintOf(reason: string): string {
  return reason === 'tls'
    ? 'write it as http:// if it speaks no TLS; NODE_EXTRA_CA_CERTS names a file with the certificate of its authority'
    : 'start it, or check `proxy` of the target';
}

const refusals: Readonly<Record<number, readonly [what: string, hint: string]>> = {
  403: ['does not allow a tunnel to', 'let it allow CONNECT to this host and port: many allow port 443 alone'],
  405: ['makes no tunnels (CONNECT), also to', 'name a proxy that does, or take `proxy` away'],
  502: ['could not connect to', 'see that the target is up, and reachable from the proxy'],
  503: ['could not connect to', 'see that the target is up, and reachable from the proxy'],
  504: ['got no connection in time to', 'see that the target is up, and reachable from the proxy'],
};

function refused(status: number, { hop, proxy }: Way): Unreached {
  const [address, target] = [addressOf(proxy), addressOf(hop)];
  if (status === 407) {
    const hint = `write them into \`proxy\` of the target: http://USER:\${PASSWORD}@${address}`;
    const message =
      proxy.authorization === undefined
        ? `the proxy ${address} wants a user and a password (407)`
        : `the proxy ${address} does not accept the user and the password (407)`;
    return new Unreached(
      down('proxy', message, proxy.authorization === undefined ? hint : 'check both in `proxy` of the target'),
    );
  }
  const [what, hint] = refusals[status] ?? ['made no tunnel to', 'look in its log'];
  return new Unreached(down('proxy', `the proxy ${address} ${what} ${target} (${status})`, hint));
}

/** What came is no answer to CONNECT, or nothing came. */
function noTunnel(error: Error, { hop, proxy }: Way): Unreached {
  const code = codeOf(error);
  const what = code.startsWith('HPE_') ? 'answered with something that is not HTTP' : 'ended the connection';
  const message = `the proxy ${addressOf(proxy)} ${what} when it was asked for a tunnel to ${addressOf(hop)}`;
  return new Unreached(
    down(
      'proxy',
      `${message}${code === '' ? '' : ` (${code})`}`,
      'see that `proxy` of the target is the address of an HTTP proxy',
    ),
    error,
  );
}
