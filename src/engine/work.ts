import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from 'bullmq';
import type { Cases, TestCase } from '../cases/case.ts';
import { isRepeatable } from '../cases/every-step.ts';
import { ParityError } from '../errors.ts';
import { readUnfinished } from '../record/resume.ts';
import { deadlyToWorkers } from '../run/judging/compare-answers.ts';
import type { RunPlan } from '../run/plan.ts';
import { buildsIn, type Earlier, finishedIn } from '../run/recording/resume.ts';
import { run } from '../run.ts';
import type { Announcement } from './announcement.ts';
import type { Engine } from './client.ts';
import { partQueue, runKeys } from './keys.ts';
import { lockMs, maxAttempts, maxCrashes, stalledCheckMs, uploadMs } from './limits.ts';
import { deadlyCases, type PartPlace, takeOver, uploads } from './part-files.ts';
import { sharedPace } from './shared-pace.ts';

/** What every part of a run is carried out with; which cases it has, and where its record is, is the part's own. */
export interface Work {
  readonly engine: Engine;
  readonly announcement: Announcement;
  readonly plan: Omit<RunPlan, 'id' | 'selected' | 'shard' | 'earlier' | 'signal'>;
  /** The cases of a part, counted from 1. */
  readonly casesOf: (part: number) => Cases;
  /** Ends the work: requests under way are finished, and the part goes to another worker. */
  readonly signal: AbortSignal;
}

/** A worker that takes parts until it is closed. */
export interface PartWorker {
  close(): Promise<void>;
}

/** Takes parts of a run from the queue, one after another, and leaves their records in Redis. */
export function startWorker(work: Work): PartWorker {
  const { engine, announcement, signal } = work;
  const worker = new engine.bull.Worker<{ part: number }>(
    partQueue(announcement.id),
    (job) => carryOut(job, work, engine.bull.UnrecoverableError),
    {
      connection: engine.connection,
      concurrency: 1,
      lockDuration: lockMs,
      stalledInterval: stalledCheckMs,
      maxStalledCount: maxAttempts,
    },
  );
  // A connection that is lost comes back by itself; whether the run goes on is watched elsewhere.
  worker.on('error', () => {});
  const stop = () => void worker.pause(true);
  signal.addEventListener('abort', stop, { once: true });
  return {
    async close() {
      signal.removeEventListener('abort', stop);
      await worker.close();
    },
  };
}

/** What is not a ParityError is tried again; what is one would end the same way. */
async function carryOut(
  { data: { part } }: Job<{ part: number }>,
  work: Work,
  Unrecoverable: Engine['bull']['UnrecoverableError'],
): Promise<void> {
  const { redis } = work.engine;
  const keys = runKeys(work.announcement.id);
  const [attempt, crashes] = await Promise.all([
    redis.hincrby(keys.attempts, String(part), 1),
    redis.hincrby(keys.crashes, String(part), 1),
  ]);
  const out = mkdtempSync(join(tmpdir(), 'parity-part-'));
  try {
    const place = { redis, keys, dir: join(out, partId(work, part)), part };
    const isCareful = crashes > maxCrashes;
    await runPart(work, { place, out, attempt, isCareful });
  } catch (error) {
    if (error instanceof ParityError) throw new Unrecoverable(error.message);
    throw error;
  } finally {
    // Only a worker that died leaves this as it is.
    await redis.hincrby(keys.crashes, String(part), -1);
    await rm(out, { recursive: true, force: true });
  }
}

function partId({ announcement }: Work, part: number): string {
  return `${announcement.id}-${part}`;
}

interface Attempt {
  readonly place: PartPlace;
  readonly out: string;
  readonly attempt: number;
  /** Workers died with this part: one case at a time, each noted, so that the one that kills them is known. */
  readonly isCareful: boolean;
}

async function runPart(work: Work, { place, out, attempt, isCareful }: Attempt): Promise<void> {
  const { announcement, plan, signal } = work;
  const { redis, keys, part } = place;
  const { rate, total } = announcement;
  const upload = uploads(place, attempt);
  const earlier = (await takeOver(place, attempt)) ? await resumedFrom(place, work) : null;
  // Before the first claim the head of the record is in Redis: who takes the part over goes on with it, and heeds the claims.
  let begun: Promise<void> | null = null;
  let failed: unknown = null;
  let timer: NodeJS.Timeout | null = null;
  const uploadSoon = () => {
    timer ??= setTimeout(() => {
      timer = null;
      upload().catch((error: unknown) => {
        failed ??= error;
      });
    }, uploadMs);
  };
  await run({
    ...plan,
    config: { ...plan.config, out, rate: null, ...(isCareful ? { concurrency: 1 } : {}) },
    id: partId(work, part),
    selected: work.casesOf(part),
    shard: { index: part, total },
    signal,
    middleware: rate === null ? [] : [sharedPace({ redis, keys, rate })],
    claimsAll: isCareful,
    claim: async (testCase) => {
      begun ??= upload();
      await begun;
      return claim({ redis, keys }, { part, testCase, attempt });
    },
    onCase: uploadSoon,
    ...(earlier === null ? {} : { earlier }),
  });
  if (timer !== null) clearTimeout(timer);
  await upload();
  if (failed !== null) throw failed;
  if (signal.aborted) throw new Error('the worker was stopped');
  await redis.hset(keys.done, String(part), String(attempt));
}

interface Claim {
  readonly part: number;
  readonly testCase: TestCase;
  readonly attempt: number;
}

/** Whether this attempt may send a case: one that may be repeated always, but it is noted; any other if no attempt has begun to before. */
async function claim(
  { redis, keys }: Pick<PartPlace, 'redis' | 'keys'>,
  { part, testCase, attempt }: Claim,
): Promise<boolean> {
  const { id } = testCase;
  if (!isRepeatable(testCase)) return (await redis.hsetnx(keys.claims(part), id, String(attempt))) === 1;
  await redis.hincrby(keys.suspects(part), id, 1);
  return true;
}

/** What the attempts before have left on record; a case with which several workers died is not sent again. */
async function resumedFrom(place: PartPlace, { plan: { config } }: Work): Promise<Earlier> {
  const resumed = await readUnfinished(place.dir);
  const deadly = new Set(await deadlyCases(place));
  const onRecord = finishedIn([resumed], config);
  const finished: Earlier['finished'] = (testCase) =>
    onRecord(testCase) ??
    (deadly.has(testCase.id) ? { result: deadlyToWorkers(testCase, config), isRecorded: false } : null);
  return { resumed, finished, absent: null, builds: buildsIn([resumed]) };
}
