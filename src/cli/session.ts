import { appendFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { Cases, TestCase } from '../cases/case.ts';
import { openCases } from '../cases/read/load.ts';
import { selectFrom } from '../cases/select.ts';
import type { Config } from '../config/config.ts';
import type { ConnectionKeys } from '../config/config-flags.ts';
import { loadConfig } from '../config/load.ts';
import type { RunHeader } from '../record/types.ts';
import type { RunPlan } from '../run/plan.ts';
import { planMarks } from '../run/plan-marks.ts';
import type { Earlier } from '../run/recording/resume.ts';
import { newRunId } from '../run/run-id.ts';
import { type RunResult, run } from '../run.ts';
import {
  print,
  printDocument,
  printError,
  printFile,
  progressLine,
  secrets,
  short,
  terminalOptions,
  warnOfShort,
} from './console.ts';
import { printBugOf } from './errors.ts';
import {
  detailOption,
  failOnOption,
  isModulePath,
  levelOption,
  listOption,
  noiseOption,
  type Options,
  reporterOption,
  retriesOption,
  seedOption,
  shardOption,
  textOption,
} from './options.ts';
import { readSecrets } from './secrets-file.ts';
import { shorter } from './shorter.ts';
import { type Stopping, stopOnSignals } from './signals.ts';
import { version } from './version.ts';

/** What a command is about to run. */
export interface Session {
  readonly config: Config;
  readonly library: Cases;
  readonly selected: Cases;
  readonly secrets: readonly string[];
  /** What the session is resumed and merged by. */
  readonly marks: Readonly<Record<string, string>>;
  /** Of the selected cases the one that the others were derived from. */
  readonly first?: TestCase;
  readonly derived?: NonNullable<RunPlan['derived']>;
  /** The finding whose cases are sent again. */
  readonly replayOf?: string;
  /** The tracker is only written with --update-tracker. */
  readonly readsTracker?: boolean;
  /** Its run folder is gone once the command ends: the report does not point there. */
  readonly keepsNothing?: boolean;
  readonly bail?: NonNullable<RunPlan['bail']>;
  /** How it is stopped from outside, where that is seen to already. */
  readonly stopping?: Stopping;
}

/** An object without the keys that are undefined. */
function given<T extends Record<string, unknown>>(flags: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** What a command says of its configuration itself. */
export interface Forced {
  readonly tracker?: string;
  /** `tls` and `proxy` of all targets. */
  readonly connection?: ConnectionKeys;
  readonly sendsNothing?: boolean;
}

/** Reads the configuration that a command line asks for. Throws ParityError PX2xxx. */
export async function readConfig(options: Options, forced: Forced = {}): Promise<Config> {
  await readSecrets(listOption(options, 'secrets'));
  const text = (name: string) => textOption(options, name);
  const some = (name: string) => (listOption(options, name).length > 0 ? listOption(options, name) : undefined);
  const flags = given({
    config: options.config === false ? (false as const) : text('config'),
    target: some('target'),
    reference: text('reference'),
    cases: some('cases'),
    tracker: options.tracker === false ? (false as const) : (text('tracker') ?? forced.tracker),
    out: text('out'),
    level: levelOption(options),
    concurrency: text('concurrency'),
    rate: text('rate'),
    timeout: text('timeout'),
    wait: text('wait'),
    selfCheck: options.selfCheck === true ? true : undefined,
    connection: forced.connection,
  });
  const { sendsNothing = false } = forced;
  const config = await loadConfig(flags, { cwd: process.cwd(), env: process.env, secrets, short, sendsNothing });
  warnOfShort();
  return config;
}

/** Reads the case library of a configuration and selects from it. Throws ParityError PX2xxx, or PX3101 if nothing is left. */
export async function openSession(
  config: Config,
  selectors: readonly string[],
  options: Options & { readonly casesRoot?: string },
): Promise<Session> {
  const root = options.casesRoot ?? config.root;
  const { cases, digest } = await openCases(config.cases, {
    ...{ root, env: process.env, secrets, short },
    targets: config.targets.map(({ name }) => name),
  });
  warnOfShort();
  const [grep, tags] = [textOption(options, 'grep'), listOption(options, 'tag')];
  const isNarrowed = ['route', 'method', 'lastFailed'].some((name) => options[name] !== undefined);
  const narrowed = isNarrowed ? await (await import('./filters.ts')).filtersOf(config, options) : undefined;
  const selected = selectFrom(cases, {
    selectors,
    tags,
    filters: narrowed?.filters ?? [],
    ...given({ grep, shard: shardOption(options, process.env) }),
  });
  const marks = planMarks(config, {
    cases: digest,
    selectors,
    grep: grep ?? null,
    tags,
    filters: narrowed?.marks ?? [],
    again: [noiseOption(options), retriesOption(options)],
  });
  return { config, library: cases, selected, secrets: [...secrets], marks };
}

/** Runs a session, prints what the reporters of the command line say, and gives the result. */
export async function runSession(
  session: Session,
  options: Options,
  earlier?: { readonly found: Earlier; readonly header: RunHeader },
): Promise<RunResult> {
  const reporters = reporterOption(options);
  const callOwn = await ownReporters(reporters);
  const failOn = failOnOption(options);
  const detail = detailOption(options);
  const seed = earlier?.header.seed ?? seedOption(options);
  const resumed = earlier?.found.resumed ?? null;
  const noise = noiseOption(options);
  const retries = retriesOption(options);
  const shard = earlier === undefined || resumed !== null ? shardOption(options, process.env) : undefined;
  // What all parts come to is judged once, by `parity merge`.
  const isPart = shard !== undefined && shard.total > 1;
  const stopping = session.stopping ?? stopOnSignals();
  const progress = progressLine(session.selected.length);
  try {
    const result = await run({
      ...session,
      ...{
        id: resumed?.header.id ?? newRunId(new Date()),
        seed,
        version,
        failOn,
        noise,
        retries,
        strict: options.strict === true,
        formats: reporters,
        signal: stopping.signal,
      },
      writeTracker:
        options.updateTracker === true || (process.env.CI !== 'true' && session.readsTracker !== true && !isPart),
      trackerNamed: textOption(options, 'tracker') !== undefined || session.config.file === null,
      now: () => new Date(),
      ...given({ shard }),
      ...given({ earlier: earlier?.found }),
      onCase: progress.show,
      onStarted: stopping.atLast,
    });
    progress.clear();
    const exitCode = await callOwn(result);
    const { root } = session.config;
    const { keepsNothing = false } = session;
    await printReport({ ...result, root, keepsNothing, ...detail }, reporters, options.json === true);
    for (const bug of result.faults) printBugOf(bug);
    return { ...result, exitCode };
  } finally {
    if (session.stopping === undefined) stopping.forget();
  }
}

/** Loads the modules among the reporters; gives what calls them with a run, and gives the exit code of it then. */
export async function ownReporters(
  reporters: readonly string[],
): Promise<(result: Pick<RunResult, 'record' | 'dir' | 'exitCode'>) => Promise<number>> {
  const names = reporters.filter(isModulePath);
  if (names.length === 0) return async ({ exitCode }) => exitCode;
  const { callReporters, loadReporters } = await import('./reporters.ts');
  const own = await loadReporters(names);
  return (result) => callReporters(own, result);
}

interface PrintedRun extends Pick<RunResult, 'record' | 'dir'> {
  readonly root: string;
  readonly keepsNothing?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Prints a run as the reporters say; with `json` the report document and nothing else. */
export async function printReport(
  { record, dir, root, keepsNothing = false, quiet = false, verbose = false }: PrintedRun,
  reporters: readonly string[],
  json: boolean,
): Promise<void> {
  if (reporters.includes('github')) await reportToGithub(record, root, json);
  // A run that was stopped has no files of reports.
  const hasFiles = record.footer !== null;
  if (json && hasFiles && reporters.includes('json')) return printFile(join(dir, 'report.json'));
  if (json) return printDocument((await import('../report/document/json-parts.ts')).jsonParts(record));
  const shown = shorter(hasFiles && reporters.includes('html') ? `${dir}/report.html` : dir);
  if (!reporters.includes('terminal')) return;
  const { renderTerminal } = await import('../report/text/terminal.ts');
  const report = keepsNothing ? {} : { report: shown };
  await print(renderTerminal(record, { ...terminalOptions(), ...report, quiet, verbose }));
}

/** Annotations on standard output, where GitHub looks for them, and the summary in the file that it names. */
async function reportToGithub(record: RunResult['record'], root: string, json: boolean): Promise<void> {
  const { renderGithubAnnotations, renderGithubSummary } = await import('../report/text/github.ts');
  const annotations = renderGithubAnnotations(record, belowRepository(root));
  if (json) printError(annotations);
  else await print(annotations);
  const summary = process.env.GITHUB_STEP_SUMMARY ?? '';
  if (summary !== '') await appendFile(summary, renderGithubSummary(record));
}

/** Where a folder is in the repository that a workflow of GitHub has checked out: `api/`, or nothing. */
function belowRepository(root: string): string {
  const workspace = process.env.GITHUB_WORKSPACE ?? '';
  const path = workspace === '' ? '' : relative(workspace, root);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? '' : `${path.replaceAll(sep, '/')}/`;
}
