import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ParityError } from '../errors.ts';
import type { RunCase, RunFooter, RunHeader } from './record.ts';
import { errorCode, flush, runLogName, storing } from './store.ts';

export { readRun } from './read-run.ts';
export { findRun, writeLatest } from './run-folder.ts';

/** The open record of a run. Every method throws ParityError PX4201 if the disk refuses, and goes on doing so. */
export interface RunLog {
  readonly dir: string;
  /** Settles once the line is with the operating system: await it, and memory stays bounded. */
  append(runCase: RunCase): Promise<void>;
  /** Writes the footer, syncs to the disk and closes. */
  finish(footer: RunFooter): Promise<void>;
  /** Closes without a footer: the record then shows a cut-off run. No-op once finished. */
  close(): Promise<void>;
}

/** Lines that come while one write is under way go out together with the next. */
const lineWriter = (file: FileHandle, path: string): ((line: string) => Promise<void>) => {
  let waiting: string[] = [];
  let writing: Promise<void> | null = null;
  let failed: unknown = null;
  const drain = async (): Promise<void> => {
    try {
      while (waiting.length > 0 && failed === null) await file.appendFile(waiting.splice(0).join(''));
    } catch (error) {
      failed = error;
      waiting = [];
      throw error;
    } finally {
      writing = null;
    }
  };
  return (line) =>
    storing(path, async () => {
      if (failed !== null) throw failed;
      waiting.push(line);
      writing ??= drain();
      await writing;
    });
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
  const write = lineWriter(file, path);
  let isOpen = true;
  const writeLine = (line: RunHeader | RunCase | RunFooter): Promise<void> =>
    isOpen ? write(`${JSON.stringify(line)}\n`) : Promise.reject(closed(path));
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await storing(path, () => file.close());
  };
  const finish = async (footer: RunFooter): Promise<void> => {
    try {
      await writeLine(footer);
      await storing(path, () => flush(file));
    } finally {
      await close();
    }
  };
  await writeLine(header).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { dir, append: writeLine, finish, close };
};
