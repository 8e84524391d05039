import { join } from 'node:path';
import { ParityError } from '../../errors.ts';
import { runLogName } from '../../record/lines/files.ts';
import type { Unfinished } from '../../record/resume.ts';
import { createRunLog, type LogOptions, type RunLog, reopenRunLog } from '../../record/run-log.ts';
import type { RunHeader } from '../../record/types.ts';
import { type Lock, lockFile } from '../../tracker/file/lock.ts';
import type { Earlier } from './resume.ts';

interface LogPlan {
  readonly earlier?: Earlier;
  readonly shard?: unknown;
}

/**
 * Opens the record of a run, and locks it until it is closed. A run folder that cannot be made is found out before anything is sent:
 * PX2701, exit code 2; so is a run that another process is at work on, or has gone on with: PX2705.
 */
export async function openLog(dir: string, header: RunHeader, { earlier, shard }: LogPlan): Promise<RunLog> {
  const options = { keepAnswers: shard !== undefined };
  try {
    if (earlier?.resumed) return await reopened(earlier.resumed, options);
    const log = await createRunLog(dir, header, options);
    return underLock(log, await lockRun(dir));
  } catch (error) {
    if (!(error instanceof ParityError) || error.code === 'PX2705') throw error;
    throw new ParityError('PX2701', `${error.message}. Nothing was sent.`, {
      hint: error.hint ?? 'name another folder with --out',
      cause: error,
    });
  }
}

async function reopened(run: Unfinished, options: LogOptions): Promise<RunLog> {
  const lock = await lockRun(run.dir);
  try {
    return underLock(await reopenRunLog(run, options), lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Longer than a lock stays unreadable that its holder is just writing, or has left half-written. */
const lockWaitMs = 2500;

/** Two that write one record spoil it for both. */
async function lockRun(dir: string): Promise<Lock> {
  const path = join(dir, runLogName);
  try {
    return await lockFile(path, { name: path, waitMs: lockWaitMs });
  } catch (error) {
    if (!(error instanceof ParityError) || error.code !== 'PX4101') throw error;
    throw new ParityError('PX2705', `a run is at work on this record: ${error.message}. Nothing was sent.`, {
      hint: `wait for it to end; if it is gone, remove ${join(dir, `.${runLogName}.lock`)}`,
      cause: error,
    });
  }
}

function underLock(log: RunLog, lock: Lock): RunLog {
  return {
    ...log,
    finish: (footer) => log.finish(footer).finally(lock.release),
    close: () => log.close().finally(lock.release),
  };
}

/** The record is whole by now: a report that cannot be stored can be rendered from it later. */
export async function reporting<T>(dir: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    const hint = `the record of the run is whole; make room there, then: parity report ${dir} --reporter json,md,html`;
    throw new ParityError('PX4201', error.message, { hint, cause: error });
  }
}
