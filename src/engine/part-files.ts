import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { answersName, bodiesName, runLogName } from '../record/lines/files.ts';
import { begunText } from '../record/resume.ts';
import { makeFolders } from '../structures/make-folders.ts';
import type { RunKeys } from './keys.ts';
import { maxCommandBytes, maxKeptSeconds, maxSuspicions } from './limits.ts';

/** The record of a part, in a folder here and in Redis. */
export interface PartPlace {
  readonly redis: Redis;
  readonly keys: RunKeys;
  readonly dir: string;
  readonly part: number;
}

type FileKeys = ReturnType<RunKeys['files']>;

/** Sends what was written to the folder of a part since it was last called. Calls wait for one another. */
export function uploads({ redis, keys, dir, part }: PartPlace, attempt: number): () => Promise<void> {
  const to = keys.files(part, attempt);
  const sent = { lines: 0, answers: 0 };
  const bodies = new Set<string>();
  const append = async (name: string, what: 'lines' | 'answers', until: number) => {
    for (let from = sent[what]; from < until; from = sent[what]) {
      const bytes = bytesOf(join(dir, name), from, Math.min(until, from + maxCommandBytes));
      await redis.append(to[what], bytes);
      if (from === 0) await redis.expire(to[what], maxKeptSeconds);
      sent[what] += bytes.length;
    }
  };
  const upload = async () => {
    // A line is written behind the bodies and answers that belong to it: what it needs is there.
    const until = sizeOf(join(dir, runLogName));
    for (const name of bodiesIn(dir)) {
      if (bodies.has(name)) continue;
      await redis.hset(to.bodies, name, readFileSync(join(dir, bodiesName, name)));
      if (bodies.size === 0) await redis.expire(to.bodies, maxKeptSeconds);
      bodies.add(name);
    }
    await append(answersName, 'answers', sizeOf(join(dir, answersName)));
    await append(runLogName, 'lines', until);
  };
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(upload);
    return last;
  };
}

/**
 * Puts into the folder what the newest attempt before this one has left in Redis, with a mark for each case that was claimed and is not
 * on record. Returns whether there is anything to go on with.
 */
export async function takeOver(place: PartPlace, attempt: number): Promise<boolean> {
  for (let earlier = attempt - 1; earlier >= 1; earlier -= 1) {
    const from = place.keys.files(place.part, earlier);
    if ((await place.redis.strlen(from.lines)) === 0) continue;
    await download(place, from);
    const begun = await claimedCases(place);
    await appendFile(join(place.dir, answersName), begun.map((id) => `${begunText(id)}\n`).join(''));
    return true;
  }
  return false;
}

/** Cases that may be sent once only, and that a worker has begun to send. */
function claimedCases({ redis, keys, part }: PartPlace): Promise<string[]> {
  return redis.hkeys(keys.claims(part));
}

/** Ids of the cases that several workers have begun to send alone, and not ended. */
export async function deadlyCases({ redis, keys, part }: PartPlace): Promise<string[]> {
  const counts = Object.entries(await redis.hgetall(keys.suspects(part)));
  return counts.filter(([, count]) => Number(count) >= maxSuspicions).map(([id]) => id);
}

/** Puts the record of a finished part into the folder; false where no attempt finished it. */
export async function fetchPart(place: PartPlace): Promise<boolean> {
  const attempt = Number(await place.redis.hget(place.keys.done, String(place.part)));
  if (!Number.isInteger(attempt) || attempt < 1) return false;
  await download(place, place.keys.files(place.part, attempt));
  return true;
}

async function download({ redis, dir }: PartPlace, from: FileKeys): Promise<void> {
  await makeFolders(join(dir, bodiesName), 0o700);
  for (const name of await redis.hkeys(from.bodies)) {
    const bytes = /^[0-9a-f]{32}\.bin$/.test(name) ? await redis.hgetBuffer(from.bodies, name) : null;
    if (bytes !== null) await writeFile(join(dir, bodiesName, name), bytes, { mode: 0o600 });
  }
  for (const [name, key] of [
    [runLogName, from.lines],
    [answersName, from.answers],
  ] as const) {
    await writeFile(join(dir, name), '', { mode: 0o600 });
    const size = await redis.strlen(key);
    for (let at = 0; at < size; at += maxCommandBytes)
      await appendFile(join(dir, name), await redis.getrangeBuffer(key, at, Math.min(size, at + maxCommandBytes) - 1));
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function bodiesIn(dir: string): string[] {
  return existsSync(join(dir, bodiesName)) ? readdirSync(join(dir, bodiesName)) : [];
}

function bytesOf(path: string, from: number, until: number): Buffer {
  const bytes = Buffer.allocUnsafe(until - from);
  const file = openSync(path, 'r');
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
  } finally {
    closeSync(file);
  }
}
