import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Announcement } from '../../engine/announcement.ts';
import { type Engine, openEngine } from '../../engine/client.ts';
import { clearRun, coordinate } from '../../engine/coordinate.ts';
import { startWorker } from '../../engine/work.ts';
import { newRunId } from '../../run/run-id.ts';
import { stopCodes } from '../../run/verdict.ts';
import { makeFolders } from '../../structures/make-folders.ts';
import { printError, progressLine } from '../console.ts';
import { mergeFrom } from '../earlier.ts';
import { listOption, type Options, seedOption, textOption } from '../options.ts';
import { runSession, type Session } from '../session.ts';
import { stopOnSignals } from '../signals.ts';
import { version } from '../version.ts';
import { chunkOption, engineOption } from './options.ts';
import { workOf } from './work-of.ts';

/** `parity run --engine`: puts the selected cases on a queue in parts, takes part itself, and merges what came; the exit code of the run. */
export async function runOnEngine(session: Session, selectors: readonly string[], options: Options): Promise<number> {
  const chunk = chunkOption(options);
  const engine = await openEngine(engineOption(options));
  const announcement = announcementOf(session, selectors, { options, chunk });
  const dir = join(session.config.out, `.parts-${announcement.id}`);
  try {
    await makeFolders(dir, 0o700);
    const { folders, stopCode } = await partsOf(session, options, { engine, announcement, dir });
    if (stopCode !== null) return stopCode;
    return (await runSession(session, options, await mergeFrom(folders, session))).exitCode;
  } finally {
    await clearRun(engine, announcement.id);
    engine.close();
    await rm(dir, { recursive: true, force: true });
  }
}

interface Asked {
  readonly options: Options;
  readonly chunk: number;
}

function announcementOf(session: Session, selectors: readonly string[], { options, chunk }: Asked): Announcement {
  const text = (name: string) => {
    const value = textOption(options, name);
    return value === undefined ? {} : { [name]: value };
  };
  const tags = listOption(options, 'tag');
  return {
    id: newRunId(new Date()),
    version,
    marks: { ...session.marks },
    total: Math.max(1, Math.ceil(session.selected.length / chunk)),
    seed: seedOption(options),
    rate: session.config.rate,
    selectors: [...selectors],
    options: {
      ...text('grep'),
      ...text('level'),
      ...text('noise'),
      ...text('retries'),
      ...(tags.length === 0 ? {} : { tag: [...tags] }),
    },
  };
}

interface Parts {
  readonly engine: Engine;
  readonly announcement: Announcement;
  readonly dir: string;
}

/** Waits for all parts; where the run is stopped, `stopCode` is its exit code. */
async function partsOf(session: Session, options: Options, { engine, announcement, dir }: Parts) {
  const stopping = stopOnSignals();
  const progress = progressLine(session.selected.length);
  const { signal } = stopping;
  const worker =
    options.workersOnly === true ? null : startWorker(workOf(session, options, { engine, announcement, signal }));
  try {
    const folders = await coordinate(engine, {
      ...{ announcement, dir, signal },
      onPart: (count) => progress.show(Math.round((count * session.selected.length) / announcement.total)),
      onFailed: (part, reason) => printError(`part ${part} of ${announcement.total} failed: ${reason}\n`),
    });
    return { folders, stopCode: signal.aborted ? (stopCodes[String(signal.reason)] ?? 130) : null };
  } finally {
    progress.clear();
    await worker?.close();
    stopping.forget();
  }
}
