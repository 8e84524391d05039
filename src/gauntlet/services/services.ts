import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ParityError } from '../../errors.ts';
import { visible } from '../../processes/output.ts';
import { type ProcessGroup, startGroup } from '../../processes/process-group.ts';
import { wordsOf } from '../../processes/run-command.ts';
import type { ServiceSettings } from '../schema.ts';
import { type Ledger, markOf } from './ledger.ts';
import { probeState, untilState } from './states.ts';

export interface ServicesOptions {
  /** Folder that commands run in and paths begin at. */
  readonly root: string;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  /** They outlive this process: their output goes to files. */
  readonly stay: boolean;
  /** Told what became of each service. */
  readonly onService: (name: string, what: 'started' | 'was ready already') => void;
}

export interface RunningServices {
  /** Sentences on those that have ended by themselves and not with exit code 0. */
  fallen(): string[];
  /** Ends those that were started, and all that they started; the last one first. */
  stop(): Promise<void>;
  /** The same at once and without waiting, for the last moment of a process. */
  killNow(): void;
}

interface Started {
  readonly settings: ServiceSettings;
  readonly group: ProcessGroup;
}

const firstProbeMs = 1000;
const pollMs = 100;

/**
 * Starts services in their order, each when the one before is ready. What is ready already is used and not started. Throws PX1201 if
 * one ends before it is ready, PX1202 if one is not ready in time; none that was started is left running then.
 */
export async function startServices(
  services: readonly ServiceSettings[],
  options: ServicesOptions,
): Promise<RunningServices> {
  const started: Started[] = [];
  const stop = async () => {
    for (const { group } of [...started].reverse()) await group.stop();
  };
  try {
    for (const settings of services) {
      if (options.signal.aborted) break;
      if ((await probeState(settings.ready, options, firstProbeMs)) === null) {
        options.onService(settings.name, 'was ready already');
        continue;
      }
      const service = { settings, group: await start(settings, options) };
      started.push(service);
      await untilReady(service, options);
      options.onService(settings.name, 'started');
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    fallen: () => started.flatMap((service) => fallen(service) ?? []),
    stop,
    killNow: () => {
      for (const { group } of started) group.killNow();
    },
  };
}

async function start(settings: ServiceSettings, { root, ledger, stay }: ServicesOptions): Promise<ProcessGroup> {
  const log = stay ? await open(logOf(ledger, settings), 'w') : null;
  const group = startGroup(wordsOf(settings), {
    cwd: root,
    ...(settings.env && { env: settings.env }),
    marks: [markOf(ledger, settings.name)],
    ...(log && { outputTo: log.fd }),
  });
  await log?.close();
  if (group.pid !== undefined) await ledger.add(settings.name, group.pid);
  return group;
}

async function untilReady(service: Started, options: ServicesOptions): Promise<void> {
  const { root, signal } = options;
  const { settings } = service;
  const isInVain = () => fallen(service);
  const waiting = { root, signal, forMs: settings.timeout, everyMs: pollMs, isInVain };
  const reason = await untilState(settings.ready, waiting);
  if (reason === null || signal.aborted) return;
  const output = await lastLines(service, options);
  const how = fallen(service);
  if (how !== null)
    throw new ParityError('PX1201', `${how} before it was ready`, {
      hint: 'run the command by hand to see why',
      output,
    });
  throw new ParityError('PX1202', `${nameOf(service)} was not ready within ${settings.timeout} ms: ${reason}`, {
    hint: 'check its command and its `ready`',
    output,
  });
}

async function lastLines({ settings, group }: Started, { ledger, stay }: ServicesOptions): Promise<string[]> {
  await group.lastOutput();
  const text = stay ? visible(await readFile(logOf(ledger, settings), 'utf8')) : group.output.text();
  const lines = text.trimEnd().split('\n').slice(-10);
  return lines.filter((line) => line !== '').map((line) => line.slice(0, 300));
}

function logOf(ledger: Ledger, { name }: ServiceSettings): string {
  return join(ledger.folder, `${name}.log`);
}

/** A command that ends with exit code 0 may have started a daemon. */
function fallen(service: Started): string | null {
  const ended = service.group.ended();
  return ended === null || ended.exitCode === 0 ? null : `${nameOf(service)} ${ended.text}`;
}

function nameOf({ settings }: Started): string {
  return `the service ${settings.name} (${visible(wordsOf(settings)[0] ?? '')})`;
}
