import type { Socket } from 'node:net';
import { maxStallMs } from './limits.ts';
import { TooSlow } from './message-fault.ts';

const nothing = Buffer.alloc(0);

/** Reads a socket only as far as somebody asks for bytes, so that a slow reader slows its sender down. */
export class ByteReader {
  readonly #socket: Socket;
  #bytes: Buffer = nothing;
  #hasEnded = false;
  #wake: () => void = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    const end = () => {
      this.#hasEnded = true;
      this.#wake();
    };
    socket
      .on('readable', () => this.#wake())
      .on('end', end)
      .on('close', end)
      .on('error', () => {});
  }

  /** What has been read and not taken yet. */
  get buffered(): Buffer {
    return this.#bytes;
  }

  /** The socket has bytes, here or in its own buffer, that nobody has taken. */
  get hasMore(): boolean {
    return this.#bytes.length > 0 || this.#socket.readableLength > 0;
  }

  /** Adds what comes next to the buffered bytes; false at the end of the stream. Throws the error of the socket, and TooSlow after `limitMs`. */
  async more(limitMs?: number): Promise<boolean> {
    const until = limitMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + limitMs;
    for (;;) {
      const part: Buffer | null = this.#socket.read();
      if (part !== null) {
        this.#bytes = this.#bytes.length === 0 ? part : Buffer.concat([this.#bytes, part]);
        return true;
      }
      if (this.#socket.errored) throw this.#socket.errored;
      if (this.#hasEnded) return false;
      const left = until - performance.now();
      if (left <= 0) throw new TooSlow();
      await this.#changed(left);
    }
  }

  #changed(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(limitMs) ? setTimeout(() => this.#wake(), limitMs).unref() : undefined;
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve();
      };
    });
  }

  /** Takes up to so many of the buffered bytes. */
  take(count: number): Buffer {
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.length <= count ? nothing : this.#bytes.subarray(count);
    return taken;
  }
}

/** Writes to a socket; resolves when it takes more. Rejects where it takes nothing any more; one that takes nothing for too long is ended. */
export function write(socket: Socket, bytes: Uint8Array | string): Promise<void> {
  if (socket.destroyed || socket.writableEnded) return Promise.reject(closed());
  const isRoomy = typeof bytes === 'string' ? socket.write(bytes, 'latin1') : socket.write(bytes);
  if (isRoomy) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(), maxStallMs).unref();
    const settle = (act: () => void) => {
      clearTimeout(timer);
      socket.off('drain', drained).off('close', ended);
      act();
    };
    const drained = () => settle(resolve);
    const ended = () => settle(() => reject(closed()));
    socket.on('drain', drained).on('close', ended);
  });
}

/** Resolves when all that was written has left this process, or never will. */
export function flushed(socket: Socket): Promise<void> {
  if (socket.writableLength === 0 || socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('close', done).on('drain', done).write('', done);
  });
}

function closed(): Error {
  return new Error('the connection is closed');
}
