import type { Socket } from 'node:net';
import { openSocket } from '../http/connection/connect.ts';
import { connectFailure, connectTimeout } from '../http/connection/connect-failure.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Failure } from '../http/exchange.ts';
import { ByteReader } from './byte-reader.ts';
import { maxConnectMs } from './limits.ts';

/** A connection with its reader. */
export interface Peer {
  readonly socket: Socket;
  readonly reader: ByteReader;
}

/** A connection to the target could not be made, or ended before the answer to a request did. */
export class TargetFailed extends Error {
  /** The status that the client gets where it has none yet. */
  readonly status: number;
  /** The error of RFC 9209. */
  readonly proxyError: string;

  constructor(message: string, status = 502, proxyError = 'connection_terminated') {
    super(message);
    this.name = 'TargetFailed';
    this.status = status;
    this.proxyError = proxyError;
  }
}

/** Opens a connection to the target. Rejects with TargetFailed. */
export function connectPeer(endpoint: Endpoint): Promise<Peer> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const socket = openSocket(endpoint, (error, opened) => {
      clearTimeout(timer);
      if (error === null) resolve({ socket: opened, reader: new ByteReader(opened) });
      else reject(failureOf(isLate ? connectTimeout(endpoint, maxConnectMs) : connectFailure(error, endpoint)));
    });
    const timer = setTimeout(() => {
      isLate = true;
      socket.destroy();
    }, maxConnectMs);
  });
}

const proxyErrors: Readonly<Record<string, string>> = {
  'connection-refused': 'connection_refused',
  'connect-timeout': 'connection_timeout',
  dns: 'dns_error',
  unreachable: 'destination_ip_unroutable',
  tls: 'tls_protocol_error',
};

function failureOf({ reason, message }: Failure): TargetFailed {
  const proxyError = proxyErrors[reason] ?? 'destination_unavailable';
  return new TargetFailed(message, reason === 'connect-timeout' ? 504 : 502, proxyError);
}
