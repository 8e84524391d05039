import { z } from 'zod';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { planDifferences } from '../run/plan-marks.ts';
import type { Engine } from './client.ts';
import { openRuns, runKeys } from './keys.ts';
import { aliveMs, maxKeptSeconds, maxParts } from './limits.ts';

const text = z.string().max(10_000);

/** What a worker is told of a run. Where targets and files are it knows from its own configuration: what Redis says decides no address. */
const announcementSchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  version: text,
  marks: z.record(text, text),
  total: z.int().min(1).max(maxParts),
  seed: z.int(),
  rate: z.number().positive().nullable(),
  selectors: z.array(text),
  options: z.object({
    grep: text.optional(),
    tag: z.array(text).optional(),
    level: text.optional(),
    noise: text.optional(),
    retries: text.optional(),
  }),
});

export type Announcement = z.infer<typeof announcementSchema>;

/** Makes a run known to workers, for as long as `stayAlive` is called. */
export async function announce({ redis }: Engine, announcement: Announcement): Promise<void> {
  const keys = runKeys(announcement.id);
  await redis.set(keys.announcement, JSON.stringify(announcement), 'EX', maxKeptSeconds);
  await stayAlive({ redis }, announcement.id);
  await redis.sadd(openRuns, announcement.id);
}

/** Whether Redis still knows the run: one that was restarted without its data does not. */
export async function stayAlive({ redis }: Pick<Engine, 'redis'>, id: string): Promise<boolean> {
  const keys = runKeys(id);
  await redis.set(keys.alive, '1', 'PX', aliveMs);
  return (await redis.exists(keys.announcement)) === 1;
}

/** Whether the run goes on. */
export async function isOpen({ redis }: Engine, id: string): Promise<boolean> {
  const keys = runKeys(id);
  return (await redis.exists(keys.announcement, keys.alive)) === 2;
}

/** The runs that wait for workers; those whose first process died are forgotten. */
export async function openAnnouncements(engine: Engine): Promise<Announcement[]> {
  const found: Announcement[] = [];
  for (const id of await engine.redis.smembers(openRuns)) {
    const announcement = (await isOpen(engine, id)) ? await engine.redis.get(runKeys(id).announcement) : null;
    if (announcement === null) await engine.redis.srem(openRuns, id);
    else found.push(read(announcement));
  }
  return found;
}

function read(announcement: string): Announcement {
  try {
    return announcementSchema.parse(JSON.parse(announcement));
  } catch (error) {
    throw new ParityError('PX2707', 'Redis holds a run that this version cannot read', {
      hint: 'let all take part with one version of parity-prober',
      cause: error,
    });
  }
}

/** What a worker has: its version, and the marks of its files and configuration. */
export interface OwnPlan {
  readonly version: string;
  readonly marks: Readonly<Record<string, string>>;
}

/** Throws ParityError PX2707 where a worker has another version, other case files or another configuration than a run. */
export function checkFits({ id, version, marks }: Announcement, own: OwnPlan): void {
  const run = `run ${terminalText(id)}`;
  if (version !== own.version)
    throw new ParityError('PX2707', `${run} is of version ${terminalText(version)}, and this is ${own.version}`, {
      hint: 'nothing was sent; let all take part with one version',
    });
  const differs = planDifferences(marks, own.marks);
  if (differs.length === 0) return;
  throw new ParityError('PX2707', `this worker does not fit ${run}: ${differs.map(terminalText).join(', ')} differ`, {
    hint: 'nothing was sent; give the worker the flags, case files and configuration of the run',
  });
}

/** Takes all that Redis knows of a run away. */
export async function forget({ redis }: Engine, id: string): Promise<void> {
  await redis.srem(openRuns, id);
  const keys = runKeys(id);
  await redis.del(keys.announcement, keys.alive);
  await deleteAll({ redis }, keys.all);
}

/** Deletes the keys that fit a pattern, without holding Redis up. */
export async function deleteAll({ redis }: Pick<Engine, 'redis'>, pattern: string): Promise<void> {
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', 1000);
    if (found.length > 0) await redis.unlink(...found);
    cursor = next;
  } while (cursor !== '0');
}
