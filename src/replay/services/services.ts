import type { ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { env, kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../../config/config.ts';
import { ParityError } from '../../errors.ts';
import { codeOf } from '../../http/failure.ts';
import { boundedOutput, type Output, visible } from './output.ts';
import { preflight } from './preflight.ts';
import { markName, strays } from './process-marker.ts';

export interface ServiceOptions {
  /** Folder that the commands run in; that of this process if absent. */
  readonly cwd?: string;
  /** How long a service may take until it is ready, in milliseconds; 30,000 if absent. */
  readonly readyMs?: number;
  /** How long a service may take to end when asked, in milliseconds, before it is killed; 3,000 if absent. */
  readonly graceMs?: number;
  /** Ends the waiting for services that are not ready. */
  readonly signal?: AbortSignal;
  /** Told, before the first is started, how to end all of them at once and without waiting. */
  readonly onStarted?: (killNow: () => void) => void;
}

export interface Services {
  /** What each service has printed, by target: head and tail, safe to print. */
  output(target: string): string;
  /** Its process has ended. */
  isOver(target: string): boolean;
  /** Those that have ended though nobody asked them to; waits a moment for the end of `doubted` ones, which do not answer. */
  fallen(doubted: (target: string) => boolean): Promise<Fallen[]>;
  /** Ends every service and all that it started. */
  stop(): Promise<void>;
  /** The same at once and without waiting, for the last moment of a process. */
  killNow(): void;
}

/** A service that has ended by itself. */
export interface Fallen {
  readonly target: string;
  /** Begins a sentence: which service, and how it ended. */
  readonly how: string;
  /** What it said last, but what is indented: traces of a stack may be longer than what they are of. */
  readonly output: readonly string[];
}

interface Service {
  readonly target: Target;
  /** In the environment of all that it starts. */
  readonly mark: string;
  readonly child: ChildProcess;
  readonly output: Output;
  /** Its output has come to its end. */
  readonly said: Promise<void>;
  /** Why it is over, or null while it runs. */
  ended: string | null;
}

const outputHalf = 16 * 1024;
const pollMs = 50;

/**
 * Starts the targets that have a command, each as a process group of its own and never through a shell, and waits until they are
 * ready. Throws PX1201 if one ends before that, PX1202 if one is not ready in time, PX1203 if its place is taken; none is left running.
 */
export async function startServices(targets: readonly Target[], options: ServiceOptions = {}): Promise<Services> {
  const started: Service[] = [];
  const services: Services = {
    output: (name) => started.find(({ target }) => target.name === name)?.output.text() ?? '',
    isOver: (name) => started.some(({ target, ended }) => target.name === name && ended !== null),
    fallen: async (doubted) => {
      const all = await Promise.all(started.map((service) => fall(service, doubted(service.target.name))));
      return all.flatMap((one) => one ?? []);
    },
    stop: async () => {
      await Promise.all(started.map((service) => end(service, options.graceMs ?? 3000)));
    },
    killNow: () => {
      for (const service of started) signalAll(service, 'SIGKILL');
    },
  };
  const commanded = targets.flatMap((target) => (target.command === null ? [] : [{ target, command: target.command }]));
  if (commanded.length === 0) return services;
  await refuseTaken(commanded.map(({ target }) => target));
  options.onStarted?.(services.killNow);
  const { spawn } = await import('node:child_process');
  for (const one of commanded) started.push(start(spawn, one, options.cwd));
  try {
    await Promise.all(started.map((service) => untilReady(service, options)));
  } catch (error) {
    await services.stop();
    throw error;
  }
  return services;
}

/** Something that listens there already would be taken for the service. */
async function refuseTaken(targets: readonly Target[]): Promise<void> {
  const reached = await preflight(
    targets.map((target) => ({ ...target, ready: null })),
    { timeoutMs: 1000 },
  );
  const taken = reached.find(({ failure }) => failure === null)?.target;
  if (taken === undefined) return;
  throw new ParityError('PX1203', `something listens already where target ${taken} is to be started`, {
    hint: 'stop it, or take the command out of the target',
  });
}

interface Commanded {
  readonly target: Target;
  readonly command: readonly string[];
}

function start(spawning: typeof spawn, { target, command: [file = '', ...args] }: Commanded, cwd?: string): Service {
  const mark = randomUUID();
  const child = spawning(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...env, [markName]: mark },
    detached: true,
    shell: false,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  const service: Service = { target, mark, child, output: boundedOutput(outputHalf), said, ended: null };
  child.stdout?.on('data', service.output.add);
  child.stderr?.on('data', service.output.add);
  child.on('error', (error) => {
    service.ended = `could not be started (${codeOf(error) || 'unknown error'})`;
  });
  child.on('exit', (code, signal) => {
    service.ended = code === null ? `was ended by ${signal}` : `exited with code ${code}`;
  });
  return service;
}

async function untilReady(service: Service, { readyMs = 30_000, signal }: ServiceOptions): Promise<void> {
  const deadline = performance.now() + readyMs;
  let last = '';
  while (performance.now() < deadline) {
    if (signal?.aborted === true) return;
    if (service.ended !== null) throw await endedEarly(service, service.ended);
    const [result] = await preflight([service.target], { timeoutMs: Math.max(1, deadline - performance.now()) });
    if (service.ended === null && result?.failure === null) return;
    last = result?.failure?.message ?? '';
    await sleep(pollMs);
  }
  if (service.ended !== null) throw await endedEarly(service, service.ended);
  throw new ParityError('PX1202', `${nameOf(service)} was not ready within ${readyMs} ms: ${last}`, {
    hint: 'check its command, its port and its `ready` path',
    output: lastLines(service),
  });
}

/** So long its last words may take to arrive, in milliseconds, where something that it started keeps its output open. */
const lastWordsMs = 500;

async function lastWords({ said }: Service): Promise<void> {
  await Promise.race([said, sleep(lastWordsMs)]);
}

async function endedEarly(service: Service, how: string): Promise<ParityError> {
  await lastWords(service);
  return new ParityError('PX1201', `${nameOf(service)} ${how} before it was ready`, {
    hint: 'run the command by hand to see why',
    output: lastLines(service),
  });
}

/** Null for one that runs. */
async function fall(service: Service, isDoubted: boolean): Promise<Fallen | null> {
  if (isDoubted || service.ended !== null) await lastWords(service);
  if (service.ended === null) return null;
  const lines = service.output.lastLines(50).filter((line) => /^\S/.test(line));
  const output = lines.slice(-5).map((line) => shortened(line, 160));
  return { target: service.target.name, how: `${nameOf(service)} ${service.ended}`, output };
}

function nameOf({ target }: Service): string {
  return `the service of target ${target.name} (${visible(target.command?.[0] ?? '')})`;
}

function lastLines({ output }: Service): string[] {
  const lines = output.lastLines(10).filter((line) => line !== '');
  return lines.map((line) => shortened(line, 300));
}

/** The mark says where a text was cut: a secret may begin before it. */
function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

async function end(service: Service, graceMs: number): Promise<void> {
  signalAll(service, 'SIGTERM');
  if (!(await isGone(service, graceMs))) {
    signalAll(service, 'SIGKILL');
    await isGone(service, 1000);
  }
  await lastWords(service);
  letGo(service);
}

/** Something that nobody finds again may keep its output open, which is no reason to wait for it. */
function letGo({ child }: Service): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}

/** Waits until nothing is left of all that the service started, at most so long: it outlives the service at times. */
async function isGone(service: Service, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  while (signalGroup(service, 0) || straysOf(service).length > 0) {
    if (performance.now() >= deadline) return false;
    await sleep(20);
  }
  return true;
}

function signalAll(service: Service, signal: NodeJS.Signals): void {
  signalGroup(service, signal);
  for (const id of straysOf(service)) sent(id, signal);
}

/** What the service started, and has left its group. */
function straysOf({ mark, child }: Service): number[] {
  return child.pid === undefined ? [] : strays(mark, child.pid);
}

/** False if the group is no more. */
function signalGroup({ child }: Service, signal: NodeJS.Signals | 0): boolean {
  return child.pid !== undefined && sent(-child.pid, signal);
}

function sent(id: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return kill(id, signal);
  } catch {
    return false;
  }
}
