import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { ByteReader } from './byte-reader.ts';
import { type Field, parseTrailers } from './fields.ts';
import { maxChunkLineBytes, maxTrailerBytes } from './limits.ts';
import { MessageFault, Truncated } from './message-fault.ts';

/** A body as it comes, without its framing. */
export interface BodyReader {
  /** The next piece; null at the end. Throws Truncated, and MessageFault for chunks with a fault. */
  next(): Promise<Buffer | null>;
  /** The trailer section, once the end has come. */
  readonly trailers: readonly Field[];
}

/** A message without a body. */
export const noBody: BodyReader = { next: () => Promise.resolve(null), trailers: [] };

/** Where the bytes come from, and how long the next ones may take, in milliseconds. */
export interface Source {
  readonly reader: ByteReader;
  readonly stallMs?: number;
}

/** A body of so many bytes. */
export function sizedBody({ reader, stallMs }: Source, length: number): BodyReader {
  let left = length;
  return {
    trailers: [],
    async next() {
      if (left === 0) return null;
      if (reader.buffered.length === 0 && !(await reader.more(stallMs))) throw new Truncated('a body');
      const piece = reader.take(left);
      left -= piece.length;
      return piece;
    },
  };
}

/** A body that the end of the connection ends. Throws where a reset ended it. */
export function bodyUntilClose({ reader }: Source, socket: Socket): BodyReader {
  return {
    trailers: [],
    async next() {
      if (reader.buffered.length > 0 || (await reader.more())) return reader.take(reader.buffered.length);
      await turn();
      if (socket.errored) throw socket.errored;
      return null;
    },
  };
}

const chunkLine =
  /^([0-9A-Fa-f]{1,8})(?:;[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:=(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+|"[\x20\x21\x23-\x5b\x5d-\x7e\x80-\xff]*"))?)*$/;

/** A body in chunks (RFC 9112, 7.1). Extensions are read over. */
export class ChunkedBody implements BodyReader {
  trailers: readonly Field[] = [];
  readonly #source: Source;
  /** Bytes of this chunk that have not come; null before its size has. */
  #left: number | null = null;
  /** The line end behind the last chunk has not come. */
  #awaitsEnd = false;
  #hasEnded = false;

  constructor(source: Source) {
    this.#source = source;
  }

  async next(): Promise<Buffer | null> {
    if (this.#hasEnded) return null;
    if (this.#awaitsEnd) await this.#endOfChunk();
    this.#left ??= await this.#chunkSize();
    if (this.#left === 0) return this.#end();
    const { reader } = this.#source;
    if (reader.buffered.length === 0) await this.#more();
    const piece = reader.take(this.#left);
    this.#left -= piece.length;
    this.#awaitsEnd = this.#left === 0;
    // Some send the line end with the next chunk.
    if (this.#awaitsEnd && reader.buffered.length >= 2) await this.#endOfChunk();
    return piece;
  }

  async #chunkSize(): Promise<number> {
    const size = chunkLine.exec(await this.#line(maxChunkLineBytes))?.[1];
    if (size === undefined) throw new MessageFault('chunk-size', 'a chunk does not begin with its size');
    return Number.parseInt(size, 16);
  }

  async #endOfChunk(): Promise<void> {
    while (this.#source.reader.buffered.length < 2) await this.#more();
    if (this.#source.reader.take(2).toString('latin1') !== '\r\n')
      throw new MessageFault('chunk-end', 'a chunk is longer than its size says');
    this.#left = null;
    this.#awaitsEnd = false;
  }

  async #end(): Promise<null> {
    const lines: string[] = [];
    for (let left = maxTrailerBytes; ; ) {
      const line = await this.#line(left);
      if (line === '') break;
      lines.push(line);
      left -= line.length + 2;
    }
    this.trailers = parseTrailers(lines);
    this.#hasEnded = true;
    return null;
  }

  async #line(maxBytes: number): Promise<string> {
    for (let checked = 0; ; ) {
      const { buffered } = this.#source.reader;
      const end = buffered.indexOf(0x0a, checked);
      if (end > 0 && buffered[end - 1] !== 0x0d) break;
      if (end === 0) break;
      if (end > 0) return this.#source.reader.take(end + 1).toString('latin1', 0, end - 1);
      if (buffered.length > maxBytes)
        throw new MessageFault('chunk-line', `a line between chunks is over ${maxBytes} bytes`);
      checked = buffered.length;
      await this.#more();
    }
    throw new MessageFault('bare-line-feed', 'a line between chunks ends with LF in place of CR LF');
  }

  async #more(): Promise<void> {
    const { reader, stallMs } = this.#source;
    if (!(await reader.more(stallMs))) throw new Truncated('a chunked body');
  }
}

/** One chunk around a piece of a body. */
export function chunkAround(piece: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
}

/** The last chunk and the trailer section. */
export function lastChunk(trailers: readonly Field[]): string {
  return `0\r\n${trailers.map(({ line }) => `${line}\r\n`).join('')}\r\n`;
}
