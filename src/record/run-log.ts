import { createHash } from 'node:crypto';
import { constants, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ParityError } from '../errors.ts';
import { makeFolders } from '../structures/make-folders.ts';
import { caseWriter } from './case-codec.ts';
import {
  answersName,
  bodiesName,
  errorCode,
  runLogName,
  storing,
  storingSync,
  flush as toDisk,
} from './lines/files.ts';
import { type LineWriter, lineWriter } from './lines/line-writer.ts';
import { type GatheredRun, gatherRun, readToRender } from './read.ts';
import { begunText, type Unfinished } from './resume.ts';
import type { RunRecord } from './run-record.ts';
import type { RecordedCase, RunFooter, RunHeader } from './types.ts';

/** The open record of a run. Every method throws ParityError PX4201 once the disk has refused, and goes on doing so. */
export interface RunLog {
  readonly dir: string;
  /** The line is with the operating system at the end of this turn of the event loop, one that `canWait` some milliseconds later; a failure shows in the next call. */
  append(runCase: RecordedCase, canWait?: boolean): void;
  /** Keeps the answers to a case whose line has none and comes next, the JSON text of `KeptAnswers`, in a file that goes with the footer unless it is to be merged. */
  keep(answers: string): void;
  /** Keeps before a case is sent that may not be sent twice that it will be: it is with the operating system on return. Throws as `append`. */
  begin(id: string): void;
  /** Keeps a body in a file of its own; its name, relative to the run folder. */
  keepBody(bytes: Uint8Array): string;
  /** Hands what is waiting to the operating system; a failure shows in the next call. No-op once closed. */
  flush(): void;
  /** Writes the footer, syncs to the disk and closes. */
  finish(footer: RunFooter): Promise<void>;
  /** Closes without a footer: the record then shows a cut-off run. No-op once finished. */
  close(): Promise<void>;
  /** The finished record, as whoever reads its file finds it. Throws ParityError PX2501. */
  read(): Promise<RunRecord>;
}

const makeRunFolder = async (dir: string): Promise<void> => {
  await makeFolders(dirname(dir));
  await mkdir(dir, { mode: 0o700 }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
};

interface OpenFile {
  readonly path: string;
  readonly file: FileHandle;
  readonly write: LineWriter;
}

const openFile = async (path: string, flags: string | number, first: OpenFile | null = null): Promise<OpenFile> => {
  const file = await storing(path, () => open(path, flags, 0o600));
  return { path, file, write: lineWriter(file.fd, path, first?.write) };
};

const closeFile = async ({ path, file, write }: OpenFile): Promise<void> => {
  try {
    write.flush();
  } finally {
    await storing(path, () => file.close());
  }
};

/** Named by its content, so that a body that comes again and again is kept once. */
const keepBody = (dir: string, bytes: Uint8Array): string => {
  const name = join(bodiesName, `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.bin`);
  const path = join(dir, name);
  storingSync(path, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!existsSync(path)) writeFileSync(path, bytes, { mode: 0o600, flag: 'wx' });
  });
  return name;
};

/** What cannot be removed any more does no harm. */
const forget = (path: string): Promise<void> => rm(path, { force: true }).catch(() => {});

/** Whether the answers of matching cases outlive the run: a shard is merged with others once all of them are done. */
export interface LogOptions {
  readonly keepAnswers: boolean;
}

interface LogFiles {
  readonly dir: string;
  readonly lines: OpenFile;
  readonly answers: OpenFile;
  /** What was written so far of a run that began in this process: its record need not be read to be known. */
  readonly begun: { readonly run: GatheredRun; readonly end: number } | null;
}

/** The line of a footer: one of many findings is longer than what should be in memory at once. */
function* footerParts({ type, findings, ...rest }: RunFooter): Generator<string> {
  yield `{"type":"${type}","findings":[`;
  for (const [at, one] of findings.entries()) yield `${at === 0 ? '' : ','}${JSON.stringify(one)}`;
  yield `],${JSON.stringify(rest).slice(1)}`;
}

const logOver = ({ dir, lines, answers, begun }: LogFiles, options: LogOptions): RunLog => {
  const written = caseWriter();
  let isOpen = true;
  let end = begun?.end ?? 0;
  let last: RunFooter | null = null;
  const opened = (): void => {
    if (!isOpen) throw new ParityError('PX4201', `cannot store ${lines.path}: the run log is closed`);
  };
  const add = (to: OpenFile, line: string, canWait = false): number => {
    opened();
    return to.write.add(line, canWait);
  };
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    try {
      await closeFile(lines);
    } finally {
      await closeFile(answers);
    }
  };
  const append = (runCase: RecordedCase, canWait = false): void => {
    const { line, held } = written(runCase);
    const start = end;
    end += add(lines, line, canWait);
    begun?.run.take(held, { start, end });
  };
  const finish = async (footer: RunFooter): Promise<void> => {
    last = footer;
    try {
      opened();
      lines.write.addParts(footerParts(footer));
      await storing(lines.path, () => toDisk(lines.file));
    } finally {
      await close();
    }
    if (!options.keepAnswers && !footer.interrupted) await forget(answers.path);
  };
  return {
    dir,
    append,
    keep: (kept) => void add(answers, kept, true),
    begin(id) {
      add(answers, begunText(id));
      answers.write.flush();
    },
    keepBody: (bytes) => keepBody(dir, bytes),
    flush() {
      try {
        if (isOpen) lines.write.flush();
      } catch {
        // Kept by the writer, which tells of it in the next call.
      }
    },
    finish,
    close,
    read: async () => begun?.run.record(dir, last) ?? (await readToRender(dir)),
  };
};

/**
 * Creates the run folder `dir` (0700) with `run.jsonl` (0600) and its header line. Lines are JSON, in the order of `append`.
 * Throws ParityError PX4201 if the folder cannot be made or holds a record already.
 */
export const createRunLog = async (
  dir: string,
  header: RunHeader,
  options: LogOptions = { keepAnswers: false },
): Promise<RunLog> => {
  await storing(dir, () => makeRunFolder(dir));
  const answers = await openFile(join(dir, answersName), 'a');
  const lines = await openFile(join(dir, runLogName), 'ax', answers).catch(async (error: unknown) => {
    await closeFile(answers);
    throw error;
  });
  let end = 0;
  try {
    end = lines.write.add(JSON.stringify(header));
    lines.write.flush();
  } catch (error) {
    await Promise.allSettled([closeFile(lines), closeFile(answers)]);
    throw error;
  }
  const begun = { run: gatherRun(header), end };
  return logOver({ dir, lines, answers, begun }, options);
};

/**
 * Opens the record of a run that was read, to go on with it after the bytes that hold: a torn line or a footer behind them is cut
 * off. Throws ParityError PX2705 if somebody wrote to it since it was read, PX4201 if the disk refuses.
 */
export const reopenRunLog = async (
  { dir, end, size }: Pick<Unfinished, 'dir' | 'end' | 'size'>,
  options: LogOptions,
): Promise<RunLog> => {
  const append = constants.O_WRONLY | constants.O_APPEND;
  const answers = await openFile(join(dir, answersName), append | constants.O_CREAT);
  const lines = await openFile(join(dir, runLogName), append, answers);
  if ((await storing(lines.path, () => lines.file.stat())).size !== size) {
    await Promise.allSettled([closeFile(lines), closeFile(answers)]);
    throw new ParityError('PX2705', `the record in ${dir} was written to while it was read`, {
      hint: `nothing was sent; another process may have gone on with it: parity report ${basename(dir)}`,
    });
  }
  await storing(answers.path, () => answers.file.truncate(end.answers));
  await storing(lines.path, () => lines.file.truncate(end.lines));
  return logOver({ dir, lines, answers, begun: null }, options);
};
