import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ParityError } from '../errors.ts';
import type { Transport } from '../http/send/transport.ts';
import type { Tap, TappedExchange, TappedRequest } from '../proxy/tap.ts';
import { requestOf } from './compare/live-case.ts';

/** What takes a mirror of the traffic. */
export interface Tee {
  readonly url: string;
  close(): void;
}

export interface TeeOptions {
  readonly listen: { readonly host: string; readonly port: number };
  readonly transport: Transport;
  /** The name of the reference. */
  readonly reference: string;
  readonly tap: Tap;
  /** Requests that wait for the reference at one time; beyond them one is skipped. */
  readonly maxPending: number;
  readonly skip: (request: TappedRequest) => void;
}

/**
 * Takes requests that somebody else mirrors (nginx `mirror`, Envoy), answers each with 204 at once, and asks the reference itself. Only
 * for requests that read. Throws ParityError PX2013 where it cannot listen.
 */
export async function openTee(options: TeeOptions): Promise<Tee> {
  const { listen, tap } = options;
  let waiting = 0;
  const server = createServer((message, response) => {
    message.resume();
    response.writeHead(204).end();
    const request = tappedOf(message);
    if (tap.wants?.(request) === false) return;
    if (waiting >= options.maxPending) return options.skip(request);
    waiting += 1;
    ask(request, options)
      .catch(tap.failed)
      .finally(() => {
        waiting -= 1;
      });
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: Error) =>
      reject(
        new ParityError('PX2013', `nothing can listen on ${listen.host}:${listen.port}`, {
          hint: 'choose another port',
          cause,
        }),
      );
    server.once('error', fail).listen(listen.port, listen.host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Fields that are about the connection of the mirror, or its framing. */
const ofConnection = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'te',
  'upgrade',
  'expect',
]);

function tappedOf({ method = 'GET', url = '/', headers, rawHeaders }: IncomingMessage): TappedRequest {
  const pairs: [string, string][] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!;
    if (!ofConnection.has(name.toLowerCase())) pairs.push([name, rawHeaders[at + 1]!]);
  }
  return { method, path: url, host: headers.host ?? '', headers: pairs };
}

const nothing = { size: 0, bytes: Buffer.alloc(0), omitted: null } as const;

async function ask(request: TappedRequest, { transport, reference, tap }: TeeOptions): Promise<void> {
  const exchange = { startedAt: Date.now(), durationMs: 0, request: { ...request, body: nothing } };
  const sent = requestOf({ ...request, body: null });
  if (sent === null) return give(tap, { ...exchange, answer: null, end: 'refused', message: 'it cannot be sent' });
  const { outcome, durationMs } = await transport.send(reference, sent);
  if (outcome.kind === 'failure')
    return give(tap, { ...exchange, durationMs, answer: null, end: 'target-failed', message: outcome.message });
  const body = { size: outcome.body.length, bytes: Buffer.from(outcome.body), omitted: null };
  return give(tap, { ...exchange, durationMs, answer: { ...outcome, body }, end: 'complete', message: null });
}

async function give(tap: Tap, exchange: TappedExchange): Promise<void> {
  if (exchange.end === 'refused') tap.refused?.('unsendable', exchange.message ?? '');
  await tap.exchanged(exchange);
}
