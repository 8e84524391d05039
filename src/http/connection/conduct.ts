import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { maxLingering } from '../limits.ts';
import { isGoodbye } from './connection-close.ts';
import { afterReads, type Greeting } from './early-bytes.ts';
import type { InterimReader } from './informational.ts';
import type { Connection } from './surplus.ts';

/** How an endpoint keeps to HTTP. */
export interface Conduct {
  /** What it sends on a used connection may belong to an earlier request. */
  isUnruly: boolean;
  /** It has sent more than it was asked for; what begins no answer may be all that it ever says. */
  hasSentMore: boolean;
  readonly greeting: Greeting;
  /** Connections that get no request any more, and are watched for surplus bytes. */
  readonly lingering: Set<Socket>;
}

export function newConduct(): Conduct {
  const greeting = { watchedUntil: null, isSent: false };
  return { isUnruly: false, hasSentMore: false, greeting, lingering: new Set() };
}

/** Notes that more came than was asked for. */
export function noteMore(conduct: Conduct, connection: Connection | null = null): void {
  conduct.isUnruly = true;
  conduct.hasSentMore = true;
  if (connection !== null) connection.hasSurplus = true;
}

/** Ends a connection that carried bytes before its first request. */
export function refuse({ greeting }: Conduct, socket: Socket): void {
  greeting.isSent = true;
  socket.destroy();
}

/** How long a connection that gets no more requests is watched for surplus bytes, in milliseconds: as long as any case is held for them. */
const lingerMs = 400;

/** Ends a connection when no surplus bytes have come over it for a while. */
export function lingerOn(socket: Socket, { lingering }: Conduct): void {
  if (socket.destroyed) return;
  for (const oldest of lingering) {
    if (lingering.size < maxLingering) break;
    lingering.delete(oldest);
    oldest.destroy();
  }
  lingering.add(socket);
  const timer = setTimeout(() => afterReads(() => socket.destroy()), lingerMs);
  socket.once('close', () => {
    clearTimeout(timer);
    lingering.delete(socket);
  });
}

/** Who reads along what an HTTP client is given, and what is known of the connection. */
interface Along {
  readonly interim: InterimReader;
  readonly conduct: Conduct;
  readonly connection: Connection;
}

/** The client takes what has come with `read`. */
export function readAlong(socket: Socket, { interim, conduct, connection }: Along): Socket {
  const read = socket.read.bind(socket);
  let isParting = false;
  socket.read = (size) => {
    const part: Buffer | null = read(size);
    if (part !== null && connection.isIdle) isParting ||= isGoodbye(part);
    return part && interim.read(part);
  };
  watchClient(socket, () => {
    if (connection.isIdle && !connection.isBodiless && !isParting) noteMore(conduct, connection);
  });
  return socket;
}

/** Calls `found` when the HTTP client leaves bytes unread, or ends the connection as what it reads is no part of an answer. */
export function watchClient(stream: Duplex, found: () => void): void {
  const unshift = stream.unshift.bind(stream);
  stream.unshift = (part: Buffer) => {
    if (part.length > 0) found();
    unshift(part);
  };
  stream.once('close', () => {
    if (isMisread(stream.errored) || stream.readableLength > 0) found();
  });
}

/** The HTTP client read bytes that are no part of an answer, or begin one while no request is under way. */
function isMisread(error: Error | null): boolean {
  return error?.name === 'HTTPParserError' || error?.message === 'bad response';
}
