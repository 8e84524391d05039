import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { env as ownEnv } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { maxLastOutputMs, maxOutputHalf } from './limits.ts';
import { endFamily, marked, signalFamily } from './living.ts';
import { boundedOutput, type Output } from './output.ts';

/** What a command is started with. */
export interface StartOptions {
  /** Folder that it runs in; that of this process if absent. */
  readonly cwd?: string;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Marks by which all that it starts is found again, beside one of its own. */
  readonly marks?: readonly string[];
  /** A file that its output goes to, in place of `output`: it may outlive this process. */
  readonly outputTo?: number;
}

/** How a command ended. */
export interface Ending {
  /** Null if a signal ended it, or it could not be started. */
  readonly exitCode: number | null;
  /** Completes a sentence: `exited with code 1`, `was ended by SIGKILL`, `could not be started (ENOENT)`. */
  readonly text: string;
}

/** A command that was started as a process group of its own, never through a shell. */
export interface ProcessGroup {
  /** Undefined if it could not be started. */
  readonly pid: number | undefined;
  /** What it printed: head and tail. */
  readonly output: Output;
  /** Null while it runs. */
  ended(): Ending | null;
  readonly end: Promise<Ending>;
  /** Waits until its output has come to its end, or a moment. */
  lastOutput(): Promise<void>;
  /** Asks it and all that it started to end, and kills what is left after so many milliseconds. */
  stop(graceMs?: number): Promise<void>;
  /** Kills all of it at once and without waiting, for the last moment of this process. */
  killNow(): void;
}

/** Takes the words of a command; starts it. A command that cannot be started is one that has ended. */
export function startGroup(command: readonly string[], options: StartOptions = {}): ProcessGroup {
  const mark = randomUUID();
  const child = spawnGroup(command, { ...options, marks: [...(options.marks ?? []), mark] });
  const output = boundedOutput(maxOutputHalf);
  const streams = 'code' in child ? [] : [child.stdout, child.stderr];
  for (const stream of streams) stream?.on('data', output.add);
  const pid = 'code' in child ? undefined : child.pid;
  const family = { mark, group: pid ?? null };
  let ended: Ending | null = null;
  const end = endOf(child).then((ending) => {
    ended = ending;
    return ending;
  });
  const closed = 'code' in child ? end : new Promise((resolve) => child.once('close', resolve));
  const lastOutput = () => within(maxLastOutputMs, closed);
  return {
    pid,
    output,
    ended: () => ended,
    end,
    lastOutput,
    async stop(graceMs) {
      await endFamily(family, graceMs);
      await lastOutput();
      // Something that nobody finds again may keep its output open, which is no reason to wait for it.
      for (const stream of streams) stream?.destroy();
    },
    killNow: () => signalFamily(family, 'SIGKILL'),
  };
}

/** Waits for what comes, at most so long. The timer keeps this process alive: a child that may outlive it does not. */
async function within(ms: number, coming: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([coming, sleep(ms, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
}

interface Unstarted {
  readonly code: string;
}

function spawnGroup([file = '', ...args]: readonly string[], options: StartOptions): ChildProcess | Unstarted {
  const { cwd, env, marks = [], outputTo = 'pipe' } = options;
  try {
    const child = spawn(file, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: marked({ ...ownEnv, ...env }, marks),
      detached: true,
      shell: false,
      stdio: ['ignore', outputTo, outputTo],
    });
    if (outputTo !== 'pipe') child.unref();
    return child;
  } catch (error) {
    // Words that are too long, or hold what no system can pass on.
    return { code: codeOf(error) };
  }
}

function endOf(child: ChildProcess | Unstarted): Promise<Ending> {
  const unstarted = (code: string) => ({ exitCode: null, text: `could not be started (${code})` });
  if ('code' in child) return Promise.resolve(unstarted(child.code));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(unstarted(codeOf(error))));
    child.once('exit', (exitCode, signal) => {
      resolve({ exitCode, text: exitCode === null ? `was ended by ${signal}` : `exited with code ${exitCode}` });
    });
  });
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : 'unknown error';
}
