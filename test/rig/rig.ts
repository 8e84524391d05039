import { once } from 'node:events';
import { type AddressInfo, createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { createServer as createSecureServer } from 'node:tls';
import type { Move, Scenario } from './scenario.ts';

export interface RigOptions {
  /** The scenario of each request, in the order of their arrival over all connections; the last one is for all that follow. */
  readonly answers: readonly Scenario[];
  /** In place of those, the scenarios of the requests for one path, by path. Not where a scenario starts on connecting. */
  readonly routes?: Readonly<Record<string, readonly Scenario[]>>;
  /** When a scenario starts: on a whole request (the default), on its head, or on connecting, before any byte of it. */
  readonly start?: 'request' | 'head' | 'connect';
  /** PEM texts, for a server that speaks TLS. */
  readonly tls?: {
    readonly key: string;
    readonly cert: string;
    /** Refuses clients without a certificate of theirs. */
    readonly requestCert?: boolean;
    /** What it speaks (RFC 7301); HTTP/1.1 or whatever the client likes if absent. */
    readonly ALPNProtocols?: string[];
  };
  /** Where it listens; 127.0.0.1 if absent. */
  readonly host?: string;
  /** The rig closes by itself after so long; 150 seconds if absent. */
  readonly lifeMs?: number;
  /** It writes no more than so many bytes in all; 64 MiB if absent. */
  readonly maxBytes?: number;
}

export interface Rig {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, or https. */
  readonly url: string;
  /** Every whole request, as the bytes that came, in latin1. */
  readonly requests: readonly string[];
  /** Every part of a request, with the milliseconds since the rig began. */
  readonly arrivals: readonly { readonly atMs: number; readonly bytes: string }[];
  /** Connections that were accepted. */
  readonly connections: () => number;
  /** The most connections that were open at the same time. */
  readonly peak: () => number;
  close(): Promise<void>;
}

interface Log {
  readonly requests: string[];
  readonly arrivals: { readonly atMs: number; readonly bytes: string }[];
  readonly sockets: Set<Socket>;
  readonly startedAt: number;
  /** How many scenarios of a list have been played. */
  readonly played: Map<readonly Scenario[], number>;
  /** Where it listens, to go down and come back at the same place. */
  readonly place: { server: Server; port: number };
  accepted: number;
  peak: number;
  budget: number;
}

/** A server on 127.0.0.1, on a port of its own, that answers with the bytes it is told to, valid HTTP or not. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const server = listener(options, (socket) => accept(socket, options, log));
  const log: Log = {
    requests: [],
    arrivals: [],
    sockets: new Set(),
    startedAt: performance.now(),
    played: new Map(),
    place: { server, port: 0 },
    accepted: 0,
    peak: 0,
    budget: options.maxBytes ?? 64 * 1024 * 1024,
  };
  server.listen(0, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  log.place.port = port;
  const close = () => shut(server, log);
  setTimeout(close, options.lifeMs ?? 150_000).unref();
  return {
    port,
    url: `${options.tls ? 'https' : 'http'}://${(options.host ?? '127.0.0.1').replace(/^.*:.*$/, '[$&]')}:${port}`,
    requests: log.requests,
    arrivals: log.arrivals,
    connections: () => log.accepted,
    peak: () => log.peak,
    close,
  };
}

function listener({ tls }: RigOptions, accepted: (socket: Socket) => void): Server {
  if (!tls) return createPlainServer({ noDelay: true }, accepted);
  // A client that refuses the certificate is what such a rig is for.
  return createSecureServer({ ...tls, noDelay: true }, accepted).on('tlsClientError', () => {});
}

/** Nobody new is let in before the others are sent away: a client may be back before this side has taken its next step. */
async function shut(server: Server, { sockets }: Log): Promise<void> {
  const closed = server.listening ? new Promise((done) => server.close(done)) : null;
  for (const socket of sockets) socket.destroy();
  await closed;
}

function accept(socket: Socket, options: RigOptions, log: Log): void {
  log.accepted += 1;
  log.sockets.add(socket);
  log.peak = Math.max(log.peak, log.sockets.size);
  socket.on('error', () => {}).on('close', () => log.sockets.delete(socket));
  const play = (head: string) => playNext(socket, scenariosFor(head, options), log);
  if (options.start === 'connect') play('');
  let pending = '';
  socket.on('data', (chunk) => {
    const had = endOfHead(pending) !== null;
    pending += chunk.toString('latin1');
    log.arrivals.push({ atMs: performance.now() - log.startedAt, bytes: chunk.toString('latin1') });
    if (options.start === 'head' && !had && endOfHead(pending) !== null) play(pending);
    for (let end = endOfRequest(pending); end !== null; end = endOfRequest(pending)) {
      const request = pending.slice(0, end);
      log.requests.push(request);
      pending = pending.slice(end);
      if ((options.start ?? 'request') === 'request') play(request);
    }
  });
}

function endOfHead(text: string): number | null {
  const end = text.indexOf('\r\n\r\n');
  return end < 0 ? null : end + 4;
}

function endOfRequest(text: string): number | null {
  const head = endOfHead(text);
  if (head === null) return null;
  const length = /^content-length: *(\d+)\r$/im.exec(text.slice(0, head))?.[1] ?? '0';
  return text.length < head + Number(length) ? null : head + Number(length);
}

function scenariosFor(head: string, { answers, routes = {} }: RigOptions): readonly Scenario[] {
  const path = head.split(' ', 2)[1] ?? '';
  return (Object.hasOwn(routes, path) ? routes[path] : undefined) ?? answers;
}

function playNext(socket: Socket, scenarios: readonly Scenario[], log: Log): void {
  const number = log.played.get(scenarios) ?? 0;
  log.played.set(scenarios, number + 1);
  void play(scenarios[Math.min(number, scenarios.length - 1)] ?? [], socket, log);
}

/** False once the connection is over, or is not to be used any more. */
async function play(scenario: Scenario, socket: Socket, log: Log): Promise<boolean> {
  for (const move of scenario) {
    if (socket.destroyed || !(await moves[move.do](move as never, socket, log))) return false;
  }
  return true;
}

type Moves = {
  readonly [K in Move['do']]: (move: Extract<Move, { do: K }>, socket: Socket, log: Log) => Promise<boolean>;
};

const moves: Moves = {
  write: async ({ bytes }, socket, log) => send(socket, bytes, log),
  wait: async ({ ms }) => sleep(ms, true, { ref: false }),
  rst: async (_, socket) => {
    // resetAndDestroy ends the connection in order first, so that the other side may see either.
    Object.assign(socket, { resetAndClosing: true }).destroy();
    return false;
  },
  fin: async (_, socket) => {
    socket.end();
    return false;
  },
  stall: async () => false,
  drip: async ({ bytes, size, ms }, socket, log) => {
    const whole = Buffer.from(bytes as string, 'latin1');
    for (let at = 0; at < whole.length; at += size) {
      if (!(await send(socket, whole.subarray(at, at + size), log))) return false;
      await sleep(ms, undefined, { ref: false });
    }
    return true;
  },
  down: async ({ ms }, _, log) => {
    await shut(log.place.server, log);
    if (ms !== null) setTimeout(() => log.place.server.listen(log.place.port), ms);
    return false;
  },
  repeat: async ({ times, moves: inner }, socket, log) => {
    for (let i = 0; i < times; i += 1) {
      if (!(await play(inner, socket, log))) return false;
      // A socket takes what it is given without a pause: the other connections of the rig want their turn.
      await turn();
    }
    return true;
  },
};

/** Waits where the other side does not read; false once the connection is over or the byte cap is reached. */
async function send(socket: Socket, bytes: string | Uint8Array, log: Log): Promise<boolean> {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  log.budget -= buffer.length;
  if (log.budget < 0 || socket.destroyed) return false;
  if (!socket.write(buffer)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
  return !socket.destroyed;
}
