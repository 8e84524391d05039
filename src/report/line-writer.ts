import { writeSync } from 'node:fs';
import type { ParityError } from '../errors.ts';
import { storeError } from './store.ts';

/** So many characters are written at once, even if more are on their way. */
const fullBatch = 64 * 1024;

/** So long a line that can wait does so for others, in milliseconds. */
const longestWait = 5;

/** Lines on their way to a file. */
export interface LineWriter {
  /** Throws what an earlier write failed with. One that `canWait` may be lost if the process is killed within five milliseconds. */
  add(line: string, canWait?: boolean): void;
  /** Writes what is waiting. */
  flush(): void;
}

/**
 * Lines that come in one turn of the event loop go out in one write, before the loop waits for anything: a killed run has every
 * case that finished before. Those that can wait go with the next, or together. Written synchronously, since a trip through the
 * thread pool costs more than the write. What waits for `first` is written before.
 */
export const lineWriter = (fd: number, path: string, first: LineWriter | null = null): LineWriter => {
  let waiting = '';
  let next: NodeJS.Immediate | null = null;
  let later: NodeJS.Timeout | null = null;
  let failed: ParityError | null = null;
  const flush = (): void => {
    if (next !== null) clearImmediate(next);
    if (later !== null) clearTimeout(later);
    [next, later] = [null, null];
    const bytes = Buffer.from(waiting, 'utf8');
    waiting = '';
    try {
      first?.flush();
      for (let at = 0; failed === null && at < bytes.length; ) at += writeSync(fd, bytes, at);
    } catch (error) {
      failed = storeError(path, error);
    }
  };
  const told = (): void => {
    if (failed !== null) throw failed;
  };
  return {
    add(line, canWait = false) {
      told();
      waiting += line;
      if (waiting.length > fullBatch) flush();
      else if (canWait) later ??= setTimeout(flush, longestWait);
      else next ??= setImmediate(flush);
    },
    flush() {
      flush();
      told();
    },
  };
};
