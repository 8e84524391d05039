import { writeSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ParityError } from '../errors.ts';
import type { RunCase, RunFooter, RunHeader } from './record.ts';
import { errorCode, runLogName, storeError, storing, flush as toDisk } from './store.ts';

export { readRun } from './read-run.ts';
export { findRun, writeLatest } from './run-folder.ts';

/** The open record of a run. Every method throws ParityError PX4201 once the disk has refused, and goes on doing so. */
export interface RunLog {
  readonly dir: string;
  /** The line is with the operating system at the end of this turn of the event loop; a failure shows in the next call. */
  append(runCase: RunCase): void;
  /** Writes the footer, syncs to the disk and closes. */
  finish(footer: RunFooter): Promise<void>;
  /** Closes without a footer: the record then shows a cut-off run. No-op once finished. */
  close(): Promise<void>;
}

/** So many characters are written at once, even if more are on their way. */
const fullBatch = 64 * 1024;

interface LineWriter {
  /** Throws what an earlier write failed with. */
  add(line: string): void;
  /** Writes what is waiting. */
  flush(): void;
}

/**
 * Lines that come in one turn of the event loop go out in one write, before the loop waits for anything: a killed run has every
 * case that finished before. Written synchronously, since a trip through the thread pool costs more than the write.
 */
const lineWriter = (fd: number, path: string): LineWriter => {
  let waiting = '';
  let next: NodeJS.Immediate | null = null;
  let failed: ParityError | null = null;
  const flush = (): void => {
    if (next !== null) clearImmediate(next);
    next = null;
    const bytes = Buffer.from(waiting, 'utf8');
    waiting = '';
    try {
      for (let at = 0; failed === null && at < bytes.length; ) at += writeSync(fd, bytes, at);
    } catch (error) {
      failed = storeError(path, error);
    }
  };
  const told = (): void => {
    if (failed !== null) throw failed;
  };
  return {
    add(line) {
      told();
      waiting += line;
      if (waiting.length > fullBatch) flush();
      else next ??= setImmediate(flush);
    },
    flush() {
      flush();
      told();
    },
  };
};

const makeRunFolder = async (dir: string): Promise<void> => {
  await mkdir(dirname(dir), { recursive: true });
  await mkdir(dir, { mode: 0o700 }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
};

const closed = (path: string): ParityError => new ParityError('PX4201', `cannot store ${path}: the run log is closed`);

/**
 * Creates the run folder `dir` (0700) with `run.jsonl` (0600) and its header line. Lines are JSON, in the order of `append`.
 * Throws ParityError PX4201 if the folder cannot be made or holds a record already.
 */
export const createRunLog = async (dir: string, header: RunHeader): Promise<RunLog> => {
  const path = join(dir, runLogName);
  await storing(dir, () => makeRunFolder(dir));
  const file = await storing(path, () => open(path, 'ax', 0o600));
  const write = lineWriter(file.fd, path);
  let isOpen = true;
  const writeLine = (line: RunHeader | RunCase | RunFooter): void => {
    if (!isOpen) throw closed(path);
    write.add(`${JSON.stringify(line)}\n`);
  };
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    try {
      write.flush();
    } finally {
      await storing(path, () => file.close());
    }
  };
  const finish = async (footer: RunFooter): Promise<void> => {
    try {
      writeLine(footer);
      write.flush();
      await storing(path, () => toDisk(file));
    } finally {
      await close();
    }
  };
  try {
    writeLine(header);
    write.flush();
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
  return { dir, append: writeLine, finish, close };
};
