import type { Socket } from 'node:net';
import type { Client } from 'undici';
import type { Endpoint } from '../endpoint.ts';
import { maxHeaderBytes } from '../limits.ts';

type Connect = (done: (error: Error | null, socket: Socket) => void) => void;

/** An HTTP client with one connection, which `connect` gives. It is heavy: it is loaded with the first request that needs it. */
export async function newClient(endpoint: Endpoint, connect: Connect): Promise<Client> {
  const { Client: HttpClient } = await import('undici');
  return new HttpClient(endpoint.origin, {
    pipelining: 1,
    maxHeaderSize: maxHeaderBytes,
    // One deadline bounds the whole request: the client's timeouts are for idle phases only, and half a second coarse.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_, callback) =>
      connect((error, socket) => (error === null ? callback(null, socket) : callback(error, null))),
  });
}
