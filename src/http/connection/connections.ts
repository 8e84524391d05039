import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client } from 'undici';
import type { Endpoint } from '../endpoint.ts';
import { newClient } from './client.ts';
import { type Conduct, lingerOn, newConduct, noteMore, readAlong, refuse } from './conduct.ts';
import { openSocket } from './connect.ts';
import { isGoodbye } from './connection-close.ts';
import { EarlyBytes, whenWatched } from './early-bytes.ts';
import { InterimReader } from './informational.ts';
import { type Connection, isStrayBody, newConnection } from './surplus.ts';

/** Who wants to know what comes over a bare connection. */
export interface BareListener {
  /** Takes a part of the answer; the bytes are there during the call only. */
  read(part: Buffer): void;
  cut(error: Error | null): void;
}

/** One connection at most, which carries one request at a time: bare, or in the hands of an HTTP client. */
export interface Lane {
  /** The client that has the connection; null while it is bare. */
  client: Client | null;
  socket: Socket | null;
  /** What is known of the present connection. */
  connection: Connection;
  /** How many requests the present connection has carried. */
  served: number;
  /** The last of them had a body, and was refused: the server may not have read it, and take it for the next request (RFC 9112, 9.3). */
  isDoubtful: boolean;
  /** Why the client's last attempt to connect failed, or null. */
  connectError: Error | null;
  /** Reads along what an HTTP client is given. */
  readonly interim: InterimReader;
  /** Of a bare connection: the request under way, or null. */
  listener: BareListener | null;
  /** That of all lanes to the endpoint. */
  readonly conduct: Conduct;
  /** After this the server may close the idle connection any time; on the monotonic clock. */
  idleUntil: number;
}

export interface LaneWish {
  /** A connection that has carried nothing yet. */
  readonly fresh: boolean;
  /** Do not wait for a free lane: open one over the limit, for this request only. */
  readonly now: boolean;
}

export interface Lanes {
  /** A free lane, or a wait for one, first come first served; null once closed. */
  acquire(wish: LaneWish): Lane | null | Promise<Lane | null>;
  release(lane: Lane): void;
  /** The endpoint has sent more than it was asked for. */
  hasSentMore(): boolean;
  close(): Promise<void>;
}

/**
 * At most `limit` connections to one endpoint. A pool of undici would not tell which connection a request got,
 * and so not whether it was a used one: that decides if a request may be sent again.
 */
export function openLanes(limit: number): Lanes {
  const all = new Set<Lane>();
  const free: Lane[] = [];
  const waiting: { readonly wish: LaneWish; readonly give: (lane: Lane | null) => void }[] = [];
  const conduct = newConduct();
  let closed = false;

  const open = () => {
    const lane = openLane(conduct);
    all.add(lane);
    return lane;
  };
  const discard = (lane: Lane) => {
    all.delete(lane);
    return drop(lane);
  };
  return {
    acquire(wanted) {
      if (closed) return null;
      const wish = conduct.isUnruly ? { ...wanted, fresh: true } : wanted;
      const idle = takeIdle(free, wish.fresh);
      if (idle) return ready(idle, wish);
      if (all.size < limit || wish.now) return open();
      return new Promise((give) => waiting.push({ wish, give }));
    },
    release(lane) {
      const next = waiting.shift();
      if (next) next.give(ready(lane, conduct.isUnruly ? { ...next.wish, fresh: true } : next.wish));
      else if (closed || all.size > limit) void discard(lane);
      else free.push(lane);
    },
    hasSentMore: () => conduct.hasSentMore,
    async close() {
      closed = true;
      for (const { give } of waiting.splice(0)) give(null);
      for (const socket of conduct.lingering) socket.destroy();
      await Promise.all([...all].map(discard));
    },
  };
}

/** The lane that was used last, its connection being the likeliest to live; for a fresh one, a lane without any. */
function takeIdle(free: Lane[], fresh: boolean): Lane | undefined {
  if (!fresh) return free.pop();
  const unconnected = free.findIndex((lane) => !isConnected(lane));
  return free.splice(Math.max(unconnected, 0), 1)[0];
}

function ready(lane: Lane, { fresh }: LaneWish): Lane {
  // The next request connects anew. What a target sends that has sent too much before is still looked at.
  if (fresh && lane.conduct.isUnruly) {
    linger(lane);
    lane.client = null;
  } else if (fresh) lane.socket?.destroy();
  return lane;
}

function openLane(conduct: Conduct): Lane {
  const nothing = { client: null, socket: null, served: 0, isDoubtful: false, connectError: null, listener: null };
  return { ...nothing, connection: newConnection(), interim: new InterimReader(), conduct, idleUntil: 0 };
}

/** Makes the lane ready for a plain request: its bare connection, or none. */
export function makeBare(lane: Lane): void {
  const isUsable = lane.client === null && isConnected(lane) && performance.now() < lane.idleUntil;
  if (!isUsable) void drop(lane);
}

/** The lane gets another connection. */
function begin(lane: Lane): Connection {
  lane.served = 0;
  lane.isDoubtful = false;
  lane.connection = newConnection();
  return lane.connection;
}

/** Opens the bare connection of a lane that has none. */
export function openBare(lane: Lane, endpoint: Endpoint, done: (error: Error | null, socket: Socket) => void): void {
  const connection = begin(lane);
  let early: EarlyBytes | null = null;
  let isWatched = true;
  // What comes unasked over an idle connection ends it.
  const read = (part: Buffer) => {
    if (isWatched) early ??= new EarlyBytes(part);
    else if (lane.listener !== null && lane.socket === opened) lane.listener.read(part);
    else {
      if (!opened.destroyed && !isGoodbye(part))
        noteMore(lane.conduct, isStrayBody(connection, part) ? null : connection);
      opened.destroy();
    }
  };
  const watched = () => {
    isWatched = false;
    if (early !== null) refuse(lane.conduct, opened);
    done(early, opened);
  };
  const connected = (error: Error | null, socket: Socket) => {
    if (error !== null) return done(error, socket);
    takeOver(lane, opened, socket);
    opened = socket;
    listen(lane, socket, () => early);
    whenWatched(lane.conduct.greeting, watched);
  };
  let opened = openSocket(endpoint, connected, read);
  lane.socket = opened;
}

/** Behind a proxy TLS makes another socket of the one that was opened. */
function takeOver(lane: Lane, opened: Socket, socket: Socket): void {
  if (lane.socket === opened) lane.socket = socket;
}

/** Takes a bare connection from its lane, and ends it when no surplus bytes have come for a while. */
export function linger(lane: Lane): void {
  const { socket, conduct } = lane;
  lane.socket = null;
  lane.listener = null;
  if (socket !== null) lingerOn(socket, conduct);
}

/** `early` gives the bytes that came before the first request, or null. */
function listen(lane: Lane, socket: Socket, early: () => EarlyBytes | null): void {
  let failed: Error | null = null;
  const cut = () => {
    const { listener } = lane;
    if (lane.socket !== socket) return;
    lane.listener = null;
    listener?.cut(early() ?? failed ?? socket.errored);
  };
  socket
    .on('error', (error) => {
      failed = error;
    })
    .on('end', cut)
    .on('close', cut);
}

/** The HTTP client of a lane, which connects when it has something to send. */
export async function clientOf(lane: Lane, endpoint: Endpoint): Promise<Client> {
  if (lane.client !== null) return lane.client;
  void drop(lane);
  const client = await newClient(endpoint, (done) => {
    const connection = begin(lane);
    lane.connectError = null;
    const watched = (socket: Socket) => {
      if (socket.destroyed) return done(otherSideClosed(), socket);
      const early: Buffer | null = socket.read();
      lane.connectError = early && new EarlyBytes(early);
      if (early !== null) refuse(lane.conduct, socket);
      done(lane.connectError, readAlong(socket, { ...lane, connection }));
    };
    const opened = openSocket(endpoint, (error, socket) => {
      lane.connectError = error;
      if (error !== null) return done(error, socket);
      takeOver(lane, opened, socket);
      // A connection that ends meanwhile is the client's to explain.
      socket.on('error', () => {});
      whenWatched(lane.conduct.greeting, () => watched(socket));
    });
    lane.socket = opened;
  });
  lane.client = client;
  return client;
}

/** What the HTTP client says of a connection that ended before the request was written. */
function otherSideClosed(): Error {
  return Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
}

/** A client that has `stream` for its only connection. To be dropped after one request. */
export async function clientOn(lane: Lane, endpoint: Endpoint, stream: Duplex): Promise<Client> {
  // The client wants no more of a socket than a stream has, but not at once: it is in the midst of asking.
  lane.client = await newClient(endpoint, (done) => queueMicrotask(() => done(null, stream as Socket)));
  return lane.client;
}

function isConnected(lane: Lane): boolean {
  return lane.socket !== null && !lane.socket.destroyed;
}

/** Ends the connection of a lane, whatever its state; a request under way on it is told as the HTTP client would. */
export async function drop(lane: Lane): Promise<void> {
  const { client, socket, listener } = lane;
  lane.client = null;
  lane.socket = null;
  lane.listener = null;
  listener?.cut(Object.assign(new Error('the connection was given up'), { code: 'UND_ERR_DESTROYED' }));
  socket?.destroy();
  await client?.destroy();
}
