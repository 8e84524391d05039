import { setTimeout as sleep } from 'node:timers/promises';
import { type Announcement, checkFits, isOpen, openAnnouncements } from '../../engine/announcement.ts';
import { type Engine, openEngine } from '../../engine/client.ts';
import { clearRun } from '../../engine/coordinate.ts';
import { beatMs } from '../../engine/limits.ts';
import { startWorker } from '../../engine/work.ts';
import { stopCodes } from '../../run/verdict.ts';
import { printError } from '../console.ts';
import { refuseUnsafe } from '../harmless.ts';
import type { Options } from '../options.ts';
import { askProtected } from '../protected.ts';
import { openSession, readConfig, type Session } from '../session.ts';
import { stopOnSignals } from '../signals.ts';
import { version } from '../version.ts';
import { engineOption } from './options.ts';
import { workOf } from './work-of.ts';

/** `parity worker`: takes parts of runs until it is stopped, or with `--once` until no run is open; 0, or the code of the signal that ended a part. */
export async function workerCommand(options: Options): Promise<number> {
  const engine = await openEngine(engineOption(options));
  const stopping = stopOnSignals('the part under way goes to another worker');
  const { signal } = stopping;
  try {
    while (!signal.aborted) {
      const [announcement] = await openAnnouncements(engine);
      if (announcement !== undefined) await workOn(announcement, options, { engine, signal });
      else if (options.once === true) return 0;
      else await sleep(beatMs, undefined, { signal }).catch(() => {});
    }
    return signal.reason === 'SIGTERM' ? 0 : (stopCodes[String(signal.reason)] ?? 130);
  } finally {
    stopping.forget();
    engine.close();
  }
}

interface Working {
  readonly engine: Engine;
  readonly signal: AbortSignal;
}

/** Takes parts of one run until it is over. Throws ParityError PX2707 before anything is sent where this worker does not fit it. */
async function workOn(announcement: Announcement, own: Options, { engine, signal }: Working): Promise<void> {
  const options: Options = { ...own, ...announcement.options };
  const session = await sessionOf(announcement, options);
  checkFits(announcement, { version, marks: session.marks });
  if (options.unsafe !== true) refuseUnsafe(session.config.targets, session.selected);
  await askProtected(session.config, options);
  printError(`taking parts of run ${announcement.id}\n`);
  const worker = startWorker(workOf(session, options, { engine, announcement, signal }));
  try {
    while (!signal.aborted && (await isOpen(engine, announcement.id)))
      await sleep(beatMs, undefined, { signal }).catch(() => {});
  } finally {
    await worker.close();
    // Closing writes to the queue, whose run may be over and cleared.
    if (!(await isOpen(engine, announcement.id))) await clearRun(engine, announcement.id);
  }
}

/** Another version may read case files in another way, so it is looked at first. */
async function sessionOf(announcement: Announcement, options: Options): Promise<Session> {
  checkFits({ ...announcement, marks: {} }, { version, marks: {} });
  return openSession(await readConfig(options), announcement.selectors, options);
}
