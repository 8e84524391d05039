import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ParityError } from '../errors.ts';
import { readCompare } from './compare.ts';
import type { Config } from './config.ts';
import { type ConfigFile, readConfigFile } from './config-file.ts';
import type { ConfigFlags } from './config-flags.ts';
import type { Environment } from './environment.ts';
import { type OutFlags, outOf } from './out.ts';
import { readRoutes } from './routes.ts';
import { type CompareOptions, defaultCompare, type Rung, rungs } from './rules.ts';
import { didYouMean, quoteForMessage } from './source/did-you-mean.ts';
import type { SourceNode } from './source/source-node.ts';
import { field, itemsOf, numberOf, scalarText, textOf } from './source/tree-access.ts';
import { readTargets } from './targets.ts';
import { plainTracking, readTracking, trackerPath } from './tracking.ts';
import { parseDuration, parseRate, parseSize, parseWhole } from './units.ts';

/** What a configuration is read with. */
export interface LoadEnvironment {
  readonly cwd: string;
  readonly env: Environment;
  /** Takes note of secrets as they are read, also where reading ends with an error. */
  readonly secrets?: Set<string>;
  /** Takes note of variables whose values are too short to be masked. */
  readonly short?: Set<string>;
  /** Nothing will be sent to the targets: variables of their headers and credentials need not be set. */
  readonly sendsNothing?: boolean;
}

/** Takes flags, working directory and environment; returns the configuration, flags over file over defaults. Throws PX2101 with every problem of the file, PX2102 for a flag, PX2103 for missing variables, PX2104 for targets, PX2105 for a missing file, also where neither a file nor a target is given. */
export async function loadConfig(flags: ConfigFlags, environment: LoadEnvironment): Promise<Config> {
  const { cwd, env } = environment;
  checkFlags(flags);
  const file = await readConfigFile(flags.config ?? null, cwd);
  if (file.path === null && flags.config !== false && (flags.target ?? []).length === 0) throw noFile(cwd);
  const { secrets = new Set<string>() } = environment;
  const limits = readLimits(flags, file);
  const compare = readOptions(flags, file);
  const expander = { env, secrets, short: environment.short, complain: file.complain };
  const credentials = environment.sendsNothing === true ? { ...expander, standIn: '***' } : expander;
  const { reference = null, selfCheck = false } = flags;
  const tracked = readTracker(flags, file, cwd);
  refuseFolder(tracked.tracker, flags, file);
  let targets: Config['targets'] = [];
  try {
    const [node, named] = [file.node, flags.target ?? []];
    const sources = { file: node, flags: named, reference, expander, credentials, selfCheck, root: file.root };
    const connection = flags.connection === undefined ? {} : { connection: { keys: flags.connection, cwd } };
    targets = await readTargets({ ...sources, ...connection });
  } finally {
    file.settle();
  }
  const paths = readPaths(flags, file, cwd);
  return {
    file: file.path,
    root: file.root,
    targets,
    selfCheck,
    ...paths,
    ...tracked,
    compare,
    routes: readRoutes(file.node),
    ...readOpenApi(file),
    protected: itemsOf(field(file.node, 'protected')).map((node) => textOf(node) ?? ''),
    ...limits,
    secrets: [...secrets],
  };
}

function noFile(cwd: string): ParityError {
  return new ParityError('PX2105', `there is no parity.yaml in ${cwd} or above it`, {
    hint: 'parity init, or --config FILE, or two --target NAME=URL',
  });
}

/** What a configuration says of the tracker alone. */
export type LoadedTracker = Pick<Config, 'file' | 'tracker' | 'tracking' | 'out'>;

/** Takes flags and working directory; returns what the configuration says of the tracker: no target is needed for that. Throws PX2101 with every problem of the file's form, PX2105 if the named file does not exist. */
export async function loadTracker(flags: OutFlags, cwd: string): Promise<LoadedTracker> {
  const file = await readConfigFile(flags.config ?? null, cwd);
  const tracked = readTracker({}, file, cwd);
  file.settle();
  return { file: file.path, ...tracked, out: outOf(flags, file, cwd) };
}

/** Flags are checked before any file is read, so that what is wrong there is said first. */
function checkFlags(flags: ConfigFlags): void {
  flagLimits(flags);
  const { level } = flags;
  if (level === undefined || rungs.includes(level as Rung)) return;
  const hint = didYouMean(level, rungs) ?? `levels: ${rungs.join(', ')}`;
  throw new ParityError('PX2102', `--level: ${quoteForMessage(level)} is not a level`, { hint });
}

function readPaths(flags: ConfigFlags, file: ConfigFile, cwd: string): Pick<Config, 'cases' | 'out'> {
  return { cases: readCasePaths(flags, file, cwd), out: outOf(flags, file, cwd) };
}

/** What the file says of its own tracker says nothing of another one that a flag names, but when a row closes and where reports are. */
function readTracker(flags: ConfigFlags, file: ConfigFile, cwd: string): Pick<Config, 'tracker' | 'tracking'> {
  const node = field(file.node, 'tracker');
  const path = trackerPath(node);
  const ofFile = path === null ? null : resolve(file.root, path);
  const tracking = readTracking(node, file);
  if (flags.tracker === undefined) return { tracker: ofFile, tracking };
  if (flags.tracker === false) return { tracker: null, tracking };
  const tracker = resolve(cwd, flags.tracker);
  const { heading, columns } = plainTracking;
  return { tracker, tracking: tracker === ofFile ? tracking : { ...tracking, heading, columns } };
}

/** A folder is found out before anything is sent: what a run finds could not be kept there. */
function refuseFolder(tracker: string | null, flags: ConfigFlags, file: ConfigFile): void {
  if (tracker === null || !isFolder(tracker)) return;
  const [message, hint] = ['the tracker is a Markdown file, and this is a folder', 'name a file in it'];
  if (flags.tracker !== undefined) throw new ParityError('PX2102', `--tracker: ${message}`, { hint });
  file.complain(field(file.node, 'tracker')!.span, { message, hint });
}

/** What cannot be looked at is for those to tell who need it. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function readCasePaths(flags: ConfigFlags, file: ConfigFile, cwd: string): string[] {
  if (flags.cases !== undefined && flags.cases.length > 0) return flags.cases.map((path) => resolve(cwd, path));
  const written = field(file.node, 'cases');
  if (written !== null) return itemsOf(written).map((node) => resolve(file.root, textOf(node) ?? ''));
  const usual = resolve(file.root, 'cases');
  return isFolder(usual) ? [usual] : [];
}

function readOpenApi(file: ConfigFile): Pick<Config, 'openapi'> {
  const written = field(file.node, 'openapi');
  if (written === null) return {};
  const nodes = written.kind === 'text' ? [written] : itemsOf(written);
  return { openapi: nodes.map((node) => resolve(file.root, textOf(node) ?? '')) };
}

function readOptions(flags: ConfigFlags, file: ConfigFile): CompareOptions {
  const ofFile = readCompare(field(file.node, 'compare'), file.complain);
  return { ...defaultCompare, ...ofFile, ...(flags.level === undefined ? {} : { level: flags.level as Rung }) };
}

type Limits = Pick<Config, 'concurrency' | 'rate' | 'timeoutMs' | 'waitMs' | 'maxBodyBytes'>;

function readLimits(flags: ConfigFlags, file: ConfigFile): Limits {
  const ofFile = (key: string, parse: (text: string) => number) => fileValue(file, field(file.node, key), parse);
  const ofFlags = flagLimits(flags);
  return {
    concurrency: ofFlags.concurrency ?? numberOf(field(file.node, 'concurrency')) ?? 4,
    rate: ofFlags.rate ?? ofFile('rate', parseRate),
    timeoutMs: ofFlags.timeoutMs ?? ofFile('timeout', parseTimeout) ?? 10_000,
    waitMs: ofFlags.waitMs ?? 0,
    maxBodyBytes: ofFlags.maxBodyBytes ?? ofFile('maxBody', parseSize) ?? 10 * 1024 * 1024,
  };
}

function flagLimits(flags: ConfigFlags): { [Key in keyof Limits]: number | null } {
  const whole = (text: string) => parseWhole(text, { min: 1, max: 1024 });
  return {
    concurrency: flagValue('--concurrency', flags.concurrency, whole),
    rate: flagValue('--rate', flags.rate, parseRate),
    timeoutMs: flagValue('--timeout', flags.timeout, parseTimeout),
    waitMs: flagValue('--wait', flags.wait, parseDuration),
    maxBodyBytes: flagValue('--max-body', flags.maxBody, parseSize),
  };
}

function parseTimeout(text: string): number {
  const duration = parseDuration(text);
  if (duration > 0) return duration;
  throw new ParityError('PX2102', 'a timeout of zero leaves no time to answer', { hint: 'write it as 10s' });
}

function flagValue(flag: string, text: string | undefined, parse: (text: string) => number): number | null {
  if (text === undefined) return null;
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof ParityError)) throw cause;
    throw new ParityError('PX2102', `${flag}: ${cause.message}`, cause.hint === undefined ? {} : { hint: cause.hint });
  }
}

function fileValue(file: ConfigFile, node: SourceNode | null, parse: (text: string) => number): number | null {
  if (node === null) return null;
  try {
    return parse(scalarText(node) ?? '');
  } catch (cause) {
    if (!(cause instanceof ParityError)) throw cause;
    file.complain(node.span, { message: cause.message, hint: cause.hint });
    return null;
  }
}
