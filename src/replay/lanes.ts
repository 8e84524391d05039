import type { Socket } from 'node:net';
import { Client } from 'undici';
import { maxHeaderBytes } from './answer-failure.ts';
import { openSocket } from './connect.ts';
import type { Endpoint } from './endpoint.ts';

/** A client with one connection at most, which carries one request at a time. */
export interface Lane {
  client: Client;
  socket: Socket | null;
  /** How many requests the present connection has carried. */
  served: number;
  /** Why the last attempt to connect failed, or null. */
  connectError: Error | null;
}

export interface LaneWish {
  /** A connection that has carried nothing yet. */
  readonly fresh: boolean;
  /** Do not wait for a free lane: open one over the limit, for this request only. */
  readonly now: boolean;
}

export interface Lanes {
  /** Waits, first come first served, for a free lane; null once closed. */
  acquire(wish: LaneWish): Promise<Lane | null>;
  release(lane: Lane): void;
  close(): Promise<void>;
}

/**
 * At most `limit` connections to one endpoint. A pool of undici would not tell which connection a request got,
 * and so not whether it was a used one: that decides if a request may be sent again.
 */
export function openLanes(endpoint: Endpoint, limit: number): Lanes {
  const all = new Set<Lane>();
  const free: Lane[] = [];
  const waiting: { readonly wish: LaneWish; readonly give: (lane: Lane | null) => void }[] = [];
  let closed = false;

  const open = () => {
    const lane = openLane(endpoint);
    all.add(lane);
    return lane;
  };
  const discard = (lane: Lane) => {
    all.delete(lane);
    return destroy(lane);
  };
  return {
    async acquire(wish) {
      if (closed) return null;
      const idle = takeIdle(free, wish.fresh);
      if (idle) return ready(idle, wish);
      if (all.size < limit || wish.now) return open();
      return new Promise((give) => waiting.push({ wish, give }));
    },
    release(lane) {
      const next = waiting.shift();
      if (next) next.give(ready(lane, next.wish));
      else if (closed || all.size > limit) void discard(lane);
      else free.push(lane);
    },
    async close() {
      closed = true;
      for (const { give } of waiting.splice(0)) give(null);
      await Promise.all([...all].map(discard));
    },
  };
}

/** The lane that was used last, its connection being the likeliest to live; for a fresh one, a lane without any. */
function takeIdle(free: Lane[], fresh: boolean): Lane | undefined {
  if (!fresh) return free.pop();
  const bare = free.findIndex((lane) => !isConnected(lane));
  return free.splice(Math.max(bare, 0), 1)[0];
}

function ready(lane: Lane, { fresh }: LaneWish): Lane {
  // The client connects anew for the next request.
  if (fresh) lane.socket?.destroy();
  return lane;
}

/** Drops the connection of a lane, whatever its state; the next request gets a new one. */
export function renew(lane: Lane, endpoint: Endpoint): void {
  void destroy(lane);
  lane.client = newClient(lane, endpoint);
}

function openLane(endpoint: Endpoint): Lane {
  const lane: Omit<Lane, 'client'> = { socket: null, served: 0, connectError: null };
  return Object.assign(lane, { client: newClient(lane, endpoint) });
}

function newClient(lane: Omit<Lane, 'client'>, endpoint: Endpoint): Client {
  return new Client(endpoint.origin, {
    pipelining: 1,
    maxHeaderSize: maxHeaderBytes,
    // One deadline bounds the whole request: the client's timeouts are for idle phases only, and half a second coarse.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_, callback) => {
      lane.served = 0;
      lane.connectError = null;
      lane.socket = openSocket(endpoint, (error, socket) => {
        if (error === null) return callback(null, socket);
        lane.connectError = error;
        callback(error, null);
      });
    },
  });
}

function isConnected(lane: Lane): boolean {
  return lane.socket !== null && !lane.socket.destroyed;
}

function destroy(lane: Lane): Promise<void> {
  const { client, socket } = lane;
  lane.socket = null;
  const gone = client.destroy();
  socket?.destroy();
  return gone;
}
