import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { CompareOptions } from '../config/rules.ts';
import { type ComparedCase, type FoundFinding, findIn, type KeptCase } from '../findings/cluster.ts';
import { held } from '../findings/kept-case.ts';
import type { TargetReplay } from '../replay/exchange.ts';
import { besideName, storeError } from '../report/store.ts';

/** The cases of a run that diverge, with all that was answered: the first of them in memory, the others on the disk until they are asked for. */
export interface DivergentCases {
  /** Throws ParityError PX4201 where the disk is full. */
  add(compared: ComparedCase): void;
  /** In the order in which they came. */
  cases(): readonly KeptCase[];
  /** Lets go of the disk. */
  close(): void;
}

/** Findings in the cases that diverge of a run whose folder is `dir`: `gather` adds these. Throws what it throws, and ParityError PX4201. */
export async function findDivergent(
  dir: string,
  routes: readonly string[],
  gather: (divergent: DivergentCases) => Promise<void>,
): Promise<FoundFinding[]> {
  const divergent = divergentCases(dir);
  try {
    await gather(divergent);
    return findIn(divergent.cases(), routes);
  } finally {
    divergent.close();
  }
}

/** So much of answers is held in memory, in bytes as they are estimated. */
const mostHeld = 4 << 20;

/** No case yet of a run whose folder is `dir`. */
export function divergentCases(dir: string, most = mostHeld): DivergentCases {
  const kept: KeptCase[] = [];
  let left = most;
  let file: Overflow | null = null;
  return {
    add(compared) {
      left -= file === null ? sizeOf(compared) : 0;
      if (left < 0) file ??= overflow(join(dir, 'divergent'));
      kept.push(file === null ? held(compared) : file.keep(compared));
    },
    cases: () => kept,
    close() {
      file?.close();
    },
  };
}

/** What is there of a case beside its bodies and divergences, and of a divergence. */
const [ofCase, ofDivergence] = [2000, 400];

function sizeOf({ reference, candidate, comparison }: ComparedCase): number {
  let size = ofCase + ofDivergence * comparison.divergences.length;
  for (const { request, outcome } of [...reference.exchanges, ...candidate.exchanges])
    size += (request.body?.length ?? 0) + (outcome.kind === 'response' ? outcome.body.length : 0);
  return size;
}

interface Overflow {
  keep(compared: ComparedCase): KeptCase;
  close(): void;
}

/** A file without a name, so that nothing is left of it however the process ends. */
function nameless(path: string): number {
  const file = openSync(path, 'wx+', 0o600);
  rmSync(path, { force: true });
  return file;
}

/** Cases in a file next to `path`. What targets answered may hold secrets: they are enciphered under a key that is nowhere else. */
function overflow(beside: string): Overflow {
  const path = besideName(beside);
  const key = randomBytes(32);
  const file = storingSync(path, () => nameless(path));
  const shared = sharedOptions();
  let [end, count, room] = [0, 0, Buffer.alloc(0)];
  let last: { readonly number: number; readonly compared: ComparedCase } | null = null;
  const read = (start: number, length: number, number: number): Stored => {
    if (room.length < length) room = Buffer.allocUnsafeSlow(2 * length);
    const isWhole = storingSync(path, () => readSync(file, room, 0, length, start)) === length;
    if (!isWhole) throw storeError(path, new RangeError('it was cut off'));
    const decipher = createDecipheriv('aes-256-ctr', key, counterOf(number));
    return deserialize(decipher.update(room.subarray(0, length))) as Stored;
  };
  // Apart from what writes: a function that stands beside the bytes would keep them in memory.
  const fetchAt =
    ({ start, length, number }: Place, light: Omit<ComparedCase, keyof Stored>) =>
    () => {
      if (last?.number !== number) last = { number, compared: { ...light, ...restored(read(start, length, number)) } };
      return last.compared;
    };
  return {
    keep({ testCase: { id, routes }, options, origins, ...answers }) {
      const [number, start] = [count, end];
      const plain = serialize(answers satisfies Stored);
      const bytes = createCipheriv('aes-256-ctr', key, counterOf(number)).update(plain);
      for (let at = 0; at < bytes.length; ) at += storingSync(path, () => writeSync(file, bytes, at));
      [count, end] = [count + 1, end + bytes.length];
      const light = { testCase: { id, routes }, options: shared(options), origins };
      return {
        id,
        candidate: answers.candidate.target,
        fetch: fetchAt({ start, length: bytes.length, number }, light),
      };
    },
    close: () => closeSync(file),
  };
}

/** Where in the file a case is, and the how many-th of it. */
interface Place {
  readonly start: number;
  readonly length: number;
  readonly number: number;
}

type Stored = Pick<ComparedCase, 'reference' | 'candidate' | 'comparison'>;

/** Names of captured values are of files: none of them is one that every object has. */
function restored({ reference, candidate, comparison }: Stored): Stored {
  const bare = (replay: TargetReplay) => ({ ...replay, captured: Object.assign(Object.create(null), replay.captured) });
  return { reference: bare(reference), candidate: bare(candidate), comparison };
}

/** No two records share a block of the key stream: each has 2^64 of its own. */
function counterOf(number: number): Buffer {
  const counter = Buffer.alloc(16);
  counter.writeBigUInt64BE(BigInt(number));
  return counter;
}

/** One object for all options that say the same. */
function sharedOptions(): (options: CompareOptions) => CompareOptions {
  const known = new Map<string, CompareOptions>();
  let last: CompareOptions | null = null;
  return (options) => {
    if (options === last) return options;
    const text = JSON.stringify(options);
    const found = known.get(text) ?? options;
    known.set(text, found);
    last = options;
    return found;
  };
}

function storingSync<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw storeError(path, error);
  }
}
