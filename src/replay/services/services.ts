import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../../config/config.ts';
import { ParityError } from '../../errors.ts';
import { visible } from '../../processes/output.ts';
import { type ProcessGroup, startGroup } from '../../processes/process-group.ts';
import { preflight } from './preflight.ts';

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
  readonly group: ProcessGroup;
}

const pollMs = 50;

/**
 * Starts the targets that have a command, each as a process group of its own and never through a shell, and waits until they are
 * ready. Throws PX1201 if one ends before that, PX1202 if one is not ready in time, PX1203 if its place is taken; none is left running.
 */
export async function startServices(targets: readonly Target[], options: ServiceOptions = {}): Promise<Services> {
  const started: Service[] = [];
  const services: Services = {
    output: (name) => started.find(({ target }) => target.name === name)?.group.output.text() ?? '',
    isOver: (name) => started.some(({ target, group }) => target.name === name && group.ended() !== null),
    fallen: async (doubted) => {
      const all = await Promise.all(started.map((service) => fall(service, doubted(service.target.name))));
      return all.flatMap((one) => one ?? []);
    },
    stop: async () => {
      await Promise.all(started.map(({ group }) => group.stop(options.graceMs)));
    },
    killNow: () => {
      for (const { group } of started) group.killNow();
    },
  };
  const commanded = targets.flatMap((target) => (target.command === null ? [] : [{ target, command: target.command }]));
  if (commanded.length === 0) return services;
  await refuseTaken(commanded.map(({ target }) => target));
  options.onStarted?.(services.killNow);
  const { cwd } = options;
  for (const { target, command } of commanded)
    started.push({ target, group: startGroup(command, cwd === undefined ? {} : { cwd }) });
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

async function untilReady(service: Service, { readyMs = 30_000, signal }: ServiceOptions): Promise<void> {
  const deadline = performance.now() + readyMs;
  let last = '';
  while (performance.now() < deadline) {
    if (signal?.aborted === true) return;
    if (service.group.ended() !== null) throw await endedEarly(service);
    const [result] = await preflight([service.target], { timeoutMs: Math.max(1, deadline - performance.now()) });
    if (service.group.ended() === null && result?.failure === null) return;
    last = result?.failure?.message ?? '';
    await sleep(pollMs);
  }
  if (service.group.ended() !== null) throw await endedEarly(service);
  throw new ParityError('PX1202', `${nameOf(service)} was not ready within ${readyMs} ms: ${last}`, {
    hint: 'check its command, its port and its `ready` path',
    output: lastLines(service),
  });
}

async function endedEarly(service: Service): Promise<ParityError> {
  await service.group.lastOutput();
  return new ParityError('PX1201', `${nameOf(service)} ${service.group.ended()?.text} before it was ready`, {
    hint: 'run the command by hand to see why',
    output: lastLines(service),
  });
}

/** Null for one that runs. */
async function fall(service: Service, isDoubted: boolean): Promise<Fallen | null> {
  const { group, target } = service;
  if (isDoubted || group.ended() !== null) await group.lastOutput();
  const ended = group.ended();
  if (ended === null) return null;
  const lines = group.output.lastLines(50).filter((line) => /^\S/.test(line));
  const output = lines.slice(-5).map((line) => shortened(line, 160));
  return { target: target.name, how: `${nameOf(service)} ${ended.text}`, output };
}

function nameOf({ target }: Service): string {
  return `the service of target ${target.name} (${visible(target.command?.[0] ?? '')})`;
}

function lastLines({ group }: Service): string[] {
  const lines = group.output.lastLines(10).filter((line) => line !== '');
  return lines.map((line) => shortened(line, 300));
}

/** The mark says where a text was cut: a secret may begin before it. */
function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
