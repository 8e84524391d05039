import { writeSync } from 'node:fs';
import type { ParityError } from '../../errors.ts';
import { maxWaitLength } from '../limits.ts';
import { batches, storeError } from './files.ts';

/** So many bytes are written at once, even if more are on their way. */
const fullBatch = 64 * 1024;
const roomSize = 4 * fullBatch;
const lineFeed = 0x0a;

/** Lines on their way to a file. */
export interface LineWriter {
  /** Takes a line without its line feed; returns how many bytes it comes to with it. Throws what an earlier write failed with. One that `canWait` may be lost if the process is killed within five milliseconds. */
  add(line: string, canWait?: boolean): number;
  /** Takes a line in parts, for one that is too long to be one text, and writes it. Throws as `add`. */
  addParts(parts: Iterable<string>): void;
  /** Writes what is waiting. */
  flush(): void;
}

/**
 * Lines that come in one turn of the event loop go out in one write, before the loop waits for anything: a killed run has every
 * case that finished before. Those that can wait go with the next, or together. Written synchronously, since a trip through the
 * thread pool costs more than the write. What waits for `first` is written before.
 */
export const lineWriter = (fd: number, path: string, first: LineWriter | null = null): LineWriter => {
  const room = Buffer.allocUnsafeSlow(roomSize);
  let used = 0;
  let next: NodeJS.Immediate | null = null;
  let later: NodeJS.Timeout | null = null;
  let failed: ParityError | null = null;
  const write = (bytes: Buffer): void => {
    try {
      first?.flush();
      for (let at = 0; failed === null && at < bytes.length; ) at += writeSync(fd, bytes, at);
    } catch (error) {
      failed = storeError(path, error);
    }
  };
  const flush = (): void => {
    if (next !== null) clearImmediate(next);
    if (later !== null) clearTimeout(later);
    [next, later] = [null, null];
    const waiting = room.subarray(0, used);
    used = 0;
    write(waiting);
  };
  const told = (): void => {
    if (failed !== null) throw failed;
  };
  /** A UTF-16 unit takes three bytes at most. */
  const take = (line: string): number => {
    const most = 3 * line.length + 1;
    if (used + most > roomSize) flush();
    if (most > roomSize) {
      const bytes = Buffer.from(`${line}\n`, 'utf8');
      write(bytes);
      return bytes.length;
    }
    const start = used;
    used += room.write(line, used, 'utf8');
    room[used] = lineFeed;
    used += 1;
    return used - start;
  };
  return {
    add(line, canWait = false) {
      told();
      const bytes = take(line);
      if (used > fullBatch) flush();
      else if (canWait) later ??= setTimeout(flush, maxWaitLength);
      else next ??= setImmediate(flush);
      return bytes;
    },
    addParts(parts) {
      told();
      flush();
      for (const text of batches(parts)) write(Buffer.from(text));
      write(Buffer.from('\n'));
      told();
    },
    flush() {
      flush();
      told();
    },
  };
};
