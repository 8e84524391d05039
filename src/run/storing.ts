import { ParityError } from '../errors.ts';
import type { RunHeader } from '../report/record.ts';
import { createRunLog, type RunLog, reopenRunLog } from '../report/run-log.ts';
import type { Earlier } from './earlier.ts';

interface LogPlan {
  readonly earlier?: Earlier;
  readonly shard?: unknown;
}

/** A run folder that cannot be made is found out before anything is sent: PX2701, exit code 2. */
export async function openLog(dir: string, header: RunHeader, { earlier, shard }: LogPlan): Promise<RunLog> {
  const options = { keepAnswers: shard !== undefined };
  try {
    if (earlier?.resumed) return await reopenRunLog(dir, earlier.resumed.end, options);
    return await createRunLog(dir, header, options);
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    throw new ParityError('PX2701', `${error.message}. Nothing was sent.`, {
      hint: error.hint ?? 'name another folder with --out',
      cause: error,
    });
  }
}

/** The record is whole by now: a report that cannot be stored can be rendered from it later. */
export async function reporting(id: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    const hint = `the record of the run is whole; make room there, then: parity report ${id} --reporter json,md,html`;
    throw new ParityError('PX4201', error.message, { hint, cause: error });
  }
}
