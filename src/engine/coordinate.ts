import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FlowJob } from 'bullmq';
import { ParityError } from '../errors.ts';
import { makeFolders } from '../structures/make-folders.ts';
import { type Announcement, announce, deleteAll, forget, stayAlive } from './announcement.ts';
import type { Engine } from './client.ts';
import { mergeQueue, partQueue, runKeys } from './keys.ts';
import { beatMs, maxAttempts, maxAwayMs } from './limits.ts';
import { fetchPart } from './part-files.ts';

export interface Coordination {
  readonly announcement: Announcement;
  /** Folder that the records of the parts are put into, a folder each. */
  readonly dir: string;
  /** Ends the waiting: what has come by then is what there is. */
  readonly signal: AbortSignal;
  /** Told how many parts have come. */
  readonly onPart: (count: number) => void;
  /** Told of a part that could not be carried out, and why. */
  readonly onFailed: (part: number, reason: string) => void;
}

/**
 * Puts the parts of a run on the queue, waits until all have ended, and gives the folders of their records. Throws ParityError PX1301 if
 * Redis stays away, PX1302 if it came back without the run.
 */
export async function coordinate(engine: Engine, coordination: Coordination): Promise<string[]> {
  const { announcement, signal } = coordination;
  const { connection, bull } = engine;
  const flows = new bull.FlowProducer({ connection });
  const events = new bull.QueueEvents(partQueue(announcement.id), { connection });
  const allEnded = new AbortController();
  const merger = new bull.Worker(mergeQueue(announcement.id), async () => allEnded.abort(), { connection });
  // A connection that is lost comes back by itself; whether Redis stays away is watched below.
  flows.on('error', () => {});
  events.on('error', () => {});
  merger.on('error', () => {});
  const gathering = gatherParts(engine, coordination);
  events.on('completed', ({ jobId }) => gathering.fetch(partOf(jobId)));
  events.on('failed', ({ jobId, failedReason }) => coordination.onFailed(partOf(jobId), failedReason));
  try {
    await events.waitUntilReady();
    await flows.add(flowOf(announcement));
    await announce(engine, announcement);
    await watch(engine, announcement.id, AbortSignal.any([allEnded.signal, signal]));
    return await gathering.all();
  } finally {
    for (const one of [flows, events, merger]) await one.close();
  }
}

/** Takes all that Redis holds of a run away: its queues, and its records. */
export async function clearRun(engine: Engine, id: string): Promise<void> {
  await forget(engine, id);
  for (const name of [partQueue(id), mergeQueue(id)]) await deleteAll(engine, `bull:${name}:*`);
}

/** Parts as children, and one job behind them that comes once all have ended, each as it did. */
function flowOf({ id, total }: Announcement): FlowJob {
  const parts = Array.from({ length: total }, (_, at) => at + 1);
  return {
    name: 'merge',
    queueName: mergeQueue(id),
    children: parts.map((part) => ({
      name: 'part',
      queueName: partQueue(id),
      data: { part },
      opts: { jobId: `part-${part}`, attempts: maxAttempts, ignoreDependencyOnFailure: true },
    })),
  };
}

function partOf(jobId: string): number {
  return Number(jobId.slice('part-'.length));
}

/** Fetches the records of parts, one after another, as they are finished; what is here is kept in Redis no longer. */
function gatherParts(engine: Engine, { announcement, dir, onPart }: Coordination) {
  const keys = runKeys(announcement.id);
  const folders = new Map<number, string>();
  const fetchOne = async (part: number) => {
    if (folders.has(part)) return;
    const folder = join(dir, String(part));
    await makeFolders(folder, 0o700);
    if (!(await fetchPart({ redis: engine.redis, keys, dir: folder, part }))) return;
    folders.set(part, folder);
    await deleteAll(engine, keys.allFiles(part));
    onPart(folders.size);
  };
  let last: Promise<void> = Promise.resolve();
  const fetch = (part: number): Promise<void> => {
    last = last.then(() => fetchOne(part));
    return last;
  };
  return {
    fetch: (part: number) => {
      // What went wrong is seen by who waits for all of them.
      fetch(part).catch(() => {});
    },
    async all(): Promise<string[]> {
      for (let part = 1; part <= announcement.total; part += 1) await fetch(part);
      return [...folders.values()];
    },
  };
}

/** Says that the run goes on, until it has ended or is stopped. */
async function watch(engine: Engine, id: string, signal: AbortSignal): Promise<void> {
  const beats = { last: performance.now(), isUnderWay: false, lost: null as unknown };
  const beat = async () => {
    beats.isUnderWay = true;
    try {
      if (!(await stayAlive(engine, id))) beats.lost = lostRun(engine);
      beats.last = performance.now();
    } catch (error) {
      beats.lost = error;
    }
    beats.isUnderWay = false;
  };
  while (!signal.aborted) {
    // One that waits for Redis to come back is not followed by others.
    if (!beats.isUnderWay) void beat();
    await sleep(beatMs, undefined, { signal }).catch(() => {});
    if (beats.lost !== null) throw beats.lost;
    if (performance.now() - beats.last > maxAwayMs) throw goneRedis(engine);
  }
}

function lostRun({ address }: Engine): ParityError {
  return new ParityError('PX1302', `Redis at ${address} has lost the run: it came back without its data`, {
    hint: 'let Redis keep its data (appendonly yes); look at what the run has left on the targets',
  });
}

function goneRedis({ address }: Engine): ParityError {
  return new ParityError('PX1301', `Redis at ${address} has been away for ${maxAwayMs / 1000} seconds`, {
    hint: 'nothing more is sent; bring it back, and run again',
  });
}
