import { resolve } from 'node:path';
import { type GauntletFile, readGauntletFile } from '../../gauntlet/gauntlet-file.ts';
import { makeGauntletFolder } from '../../gauntlet/gauntlet-folder.ts';
import type { PhaseName } from '../../gauntlet/phase-results.ts';
import { type ProjectState, readProjectState, writeStart } from '../../gauntlet/project-state.ts';
import { endLeftovers, type Ledger, openLedger } from '../../gauntlet/services/ledger.ts';
import { type RunningServices, startServices } from '../../gauntlet/services/services.ts';
import { signalFamily } from '../../processes/living.ts';
import { printError, secrets, short, warnOfShort } from '../console.ts';
import { listOption, type Options, textOption } from '../options.ts';
import { readSecrets } from '../secrets-file.ts';
import { type Stopping, stopOnSignals } from '../signals.ts';
import { offerParity } from './own-command.ts';

/** What a command of the gauntlet works on. */
export interface OpenGauntlet {
  readonly file: GauntletFile;
  /** Absolute path of the folder whose `gauntlet/` holds the folders of gauntlets. */
  readonly reports: string;
}

/** Reads the gauntlet.yaml that a command line asks for. Throws ParityError PX2xxx. */
export async function openGauntlet(options: Options): Promise<OpenGauntlet> {
  await readSecrets(listOption(options, 'secrets'));
  const environment = { cwd: process.cwd(), env: process.env, secrets, short };
  const file = await readGauntletFile(textOption(options, 'config') ?? null, environment);
  warnOfShort();
  return { file, reports: reportsOf(file, options) };
}

/** Absolute path of the folder of reports that a command line asks for. */
export function reportsOf({ root }: GauntletFile, options: Options): string {
  const out = textOption(options, 'out');
  return out === undefined ? resolve(root, 'reports') : resolve(out);
}

/** A gauntlet that has begun. */
export interface BegunGauntlet extends OpenGauntlet {
  /** Folder of its results, new and empty but for `start.json`. */
  readonly folder: string;
  /** The state of the project now. */
  readonly start: ProjectState;
}

/** Makes the folder of a gauntlet, and notes in it which phases it sets out to do, in which state of the project. */
export async function beginGauntlet(gauntlet: OpenGauntlet, phases: readonly PhaseName[]): Promise<BegunGauntlet> {
  const start = await readProjectState(gauntlet.file, gauntlet.reports);
  const folder = await makeGauntletFolder(gauntlet.reports, new Date());
  await writeStart(folder, start, phases);
  return { ...gauntlet, folder, start };
}

/** What runs while a phase is at work. */
export interface Surroundings {
  readonly ledger: Ledger;
  readonly stopping: Stopping;
}

/** A phase that is ready to begin: takes the folder of the gauntlet, returns an exit code. */
export type Phase = (folder: string, surroundings: Surroundings) => Promise<number>;

/** Starts the services, does this, and ends all that was started. Throws PX1201 and PX1202 where a service does not start. */
export async function amongServices<Result>(
  file: GauntletFile,
  act: (surroundings: Surroundings) => Promise<Result>,
): Promise<Result> {
  await clearLeftovers(file.root);
  const ledger = await openLedger(file.root);
  await offerParity(ledger.folder);
  const stopping = stopOnSignals('what runs has three seconds to end');
  stopping.atLast(() => signalFamily({ mark: ledger.mark, group: null }, 'SIGKILL'));
  try {
    const services = await start(file, { ledger, stopping, stay: false });
    try {
      return await act({ ledger, stopping });
    } finally {
      for (const sentence of services.fallen()) printError(`warning: ${sentence}\n`);
      await services.stop();
    }
  } finally {
    await ledger.close();
    stopping.forget();
  }
}

/** Starts the services that are not ready, and says what became of each. */
export async function start(
  { services, root }: GauntletFile,
  { ledger, stopping, stay }: Surroundings & { readonly stay: boolean },
): Promise<RunningServices> {
  const { signal } = stopping;
  const onService = (name: string, what: string) => printError(`service ${name}: ${what}\n`);
  const running = await startServices(services, { root, ledger, signal, stay, onService });
  if (!stay) stopping.atLast(running.killNow);
  return running;
}

/** What an earlier command was killed over is ended before anything is started. */
export async function clearLeftovers(root: string): Promise<void> {
  const ended = await endLeftovers(root, { all: false });
  if (ended.length > 0) printError(`ended what a killed gauntlet left running: ${ended.join(', ')}\n`);
}
