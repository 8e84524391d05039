import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config, Target } from '../config/config.ts';
import { configPath } from '../config/config-file.ts';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { preflight } from '../replay/services/preflight.ts';
import { isLoopback } from '../run/refusals.ts';
import { printError } from './console.ts';
import { printProblem } from './errors.ts';
import { listOption, type Options, textOption } from './options.ts';
import { stopOnSignals } from './signals.ts';

/** How often files and targets are looked at, in milliseconds; a change is taken once nothing has changed between two looks. */
const lookMs = 250;
const targetMs = 1000;

/** So many files are watched at most: beyond them, a change of one is not seen. */
const maxFiles = 10_000;

/** How the runs of a watch are made. */
interface Runs {
  readonly read: () => Promise<Config>;
  readonly run: (config: Config) => Promise<Ran>;
}

/** What a run came to, and whether it was stopped from outside. */
export interface Ran {
  readonly exitCode: number;
  readonly isStopped: boolean;
}

/**
 * `--watch`: runs again whenever a case file or the configuration changes, and when a target that was away is back, until a signal ends
 * it. Gives the exit code of the last run. Throws PX2001 and PX2102 for flags.
 */
export async function watchRuns(options: Options, runs: Runs): Promise<number> {
  refuseOthers(options);
  for (let config: Config | null = null; ; ) {
    const before = filesOf(options, config);
    let ran: Ran;
    try {
      config = await runs.read();
      ran = await runs.run(config);
    } catch (error) {
      ran = failed(error);
    }
    if (ran.isStopped) return ran.exitCode;
    const reason = await nextReason(options, config, before);
    if (reason === null) return ran.exitCode;
    printError(`\n${terminalText(reason)}: running again\n`);
  }
}

/** What is wrong in a file is shown, and mended while the watch goes on; what is wrong in a flag stays. */
function failed(error: unknown): Ran {
  if (!(error instanceof ParityError) || /^PX(?:2001|2102)$/.test(error.code)) throw error;
  printProblem(error);
  return { exitCode: error.exitCode, isStopped: false };
}

function refuseOthers(options: Options): void {
  const flag = ['engine', 'resume', 'shard', 'json', 'dryRun'].find((name) => options[name] !== undefined);
  const other = flag === undefined && listOption(options, 'secrets').includes('-') ? 'secrets -' : flag;
  if (other === undefined) return;
  throw new ParityError('PX2001', `--watch cannot be used with --${other === 'dryRun' ? 'dry-run' : other}`, {
    hint: 'leave one of the two out',
  });
}

/** Waits for what makes another run worth while, and says what it was; null where a signal came first. */
async function nextReason(options: Options, config: Config | null, before: Files): Promise<string | null> {
  const stopping = stopOnSignals('the watch ends');
  const { signal } = stopping;
  const targets = config?.targets ?? [];
  const files = filesOf(options, config);
  printError(`watching ${files.size} files; Ctrl-C ends it\n`);
  try {
    const away = awayTargets(targets);
    // What changed while the run went on is not missed: files that were not known before the run are left aside.
    for (let [seen, settled] = [files, known(before, files)]; ; ) {
      await sleep(lookMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return null;
      const now = filesOf(options, config);
      const changed = changedFile(settled, now);
      if (changed !== null && changedFile(seen, now) === null) return `${relative(process.cwd(), changed)} changed`;
      const back = changed === null ? away.back() : null;
      if (back !== null) return `${back} is back`;
      seen = now;
    }
  } finally {
    stopping.forget();
  }
}

/** By path, when a file was written last and how long it is. */
type Files = ReadonlyMap<string, string>;

/** The files as they were before a run, those that it was the first to know of as they are now. */
function known(before: Files, now: Files): Files {
  return before.size === 0 ? now : new Map([...now].map(([path, mark]) => [path, before.get(path) ?? mark]));
}

/** The configuration and the case files, as they are now. */
function filesOf(options: Options, config: Config | null): Files {
  const files = new Map<string, string>();
  const file = config?.file ?? namedConfig(options);
  for (const path of [...(file === null ? [] : [file]), ...(config?.cases ?? [])]) addFiles(path, files);
  return files;
}

/** The configuration file where it could not be read; null where there is none. */
function namedConfig(options: Options): string | null {
  try {
    return configPath(options.config === false ? false : (textOption(options, 'config') ?? null), process.cwd());
  } catch (error) {
    if (error instanceof ParityError) return null;
    throw error;
  }
}

function addFiles(path: string, files: Map<string, string>): void {
  if (files.size >= maxFiles) return;
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined) return;
  if (!info.isDirectory()) files.set(path, `${info.mtimeMs} ${info.size}`);
  else for (const name of namesIn(path)) addFiles(join(path, name), files);
}

/** The names in a folder; none in one that cannot be read, which the run itself reports. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

/** A file that is new, gone, or other than it was; null if there is none. */
function changedFile(before: Files, now: Files): string | null {
  for (const [path, mark] of now) if (before.get(path) !== mark) return path;
  for (const path of before.keys()) if (!now.has(path)) return path;
  return null;
}

interface Away {
  /** A target that was away and can be reached again; null if there is none so far. */
  back(): string | null;
}

/** Looks at targets as long as one of them is away; at those on this machine always, since they are restarted while people work on them. */
function awayTargets(targets: readonly Target[]): Away {
  const away = new Set<string>();
  const back: string[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  let isFirst = true;
  let looking = false;
  const look = async () => {
    looking = true;
    const wanted = targets.filter((one) => one.command === null && (isFirst || away.has(one.name) || isLoopback(one)));
    isFirst = false;
    for (const { target, failure } of await preflight(wanted, { timeoutMs: targetMs }))
      if (failure === null) {
        if (away.delete(target)) back.push(target);
      } else if (!away.has(target)) {
        away.add(target);
        printError(`${target} cannot be reached; once it is back, the cases run again\n`);
      }
    looking = false;
  };
  return {
    back() {
      if (!looking && performance.now() - lookedAt >= targetMs) {
        lookedAt = performance.now();
        void look();
      }
      return away.size === 0 ? (back.shift() ?? null) : null;
    },
  };
}
