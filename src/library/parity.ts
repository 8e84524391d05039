import { createRequire } from 'node:module';
import type { Cases } from '../cases/case.ts';
import { openCases } from '../cases/read/load.ts';
import { selectFrom } from '../cases/select.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import type { Rung } from '../config/rules.ts';
import { type ReportDocument, toReportDocument } from '../report/document/document.ts';
import { planMarks } from '../run/plan-marks.ts';
import { protectedHosts, refusedHosts, refuseUnsafe } from '../run/refusals.ts';
import { newRunId } from '../run/run-id.ts';
import type { FailOn } from '../run/verdict.ts';
import { type RunResult, run } from '../run.ts';

/** What `parity` and `compare` take alike; each has the meaning and the default of the flag of its name. */
export interface RunOptions {
  readonly level?: Rung;
  readonly failOn?: FailOn;
  /** How many more times a divergent case is sent to each target, to tell noise from divergence: 1 if absent. */
  readonly noise?: number;
  readonly retries?: number;
  readonly seed?: number;
  readonly concurrency?: number;
  /** As `10s`. */
  readonly timeout?: string;
  /** Writes that are not marked as safe may go to targets that are not this machine. */
  readonly unsafe?: boolean;
  /** Protected hosts that may be sent to. */
  readonly allowProtected?: readonly string[];
  /** Formats of the files beside `run.jsonl`; `json` if absent. */
  readonly reporters?: readonly string[];
  /** Stops the run; what has finished is kept. */
  readonly signal?: AbortSignal;
  /** Called after each finished case with how many have finished. */
  readonly onCase?: (finished: number) => void;
  /** What `${NAME}` in files stands for: the environment of the process if absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What `parity` takes. Everything has a default. */
export interface ParityOptions extends RunOptions {
  /** The configuration file: the nearest `parity.yaml` if absent; false for none. */
  readonly config?: string | false;
  /** The working directory of all relative paths: that of the process if absent. */
  readonly cwd?: string;
  /** URLs by name, the reference first; they override those of the file. */
  readonly targets?: Readonly<Record<string, string>>;
  /** Files and folders of cases. */
  readonly cases?: readonly string[];
  /** Suites, ids, globs over ids, files or folders. */
  readonly select?: readonly string[];
  readonly grep?: string;
  readonly tags?: readonly string[];
  /** Where run folders go. */
  readonly out?: string;
  readonly tracker?: string | false;
  /** The tracker is only read unless this is true. */
  readonly updateTracker?: boolean;
  /** A rule that matched nothing, and an accepted row whose divergence is gone, fail the run. */
  readonly strict?: boolean;
}

/** What came of a run: its report document, and what the command line would end with. */
export interface ParityResult extends RunResult {
  readonly verdict: ReportDocument['verdict'];
  readonly report: ReportDocument;
}

const readVersion = (): string => {
  const manifest: unknown = createRequire(import.meta.url)('parity-prober/package.json');
  const found = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : null;
  return typeof found === 'string' ? found : 'unknown';
};

const given = <T extends Record<string, unknown>>(flags: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

const text = (number: number | undefined): string | undefined => (number === undefined ? undefined : String(number));

/** Cases that are about to be sent, and what they are called in the record. */
export interface Planned {
  readonly config: Config;
  readonly library: Cases;
  readonly selected: Cases;
  readonly secrets: ReadonlySet<string>;
  readonly marks?: Readonly<Record<string, string>>;
}

/** Reads a configuration with the options that are flags of the command line. */
export const configOf = (options: ParityOptions, secrets: Set<string>): Promise<Config> => {
  const { cwd = process.cwd(), env = process.env, targets, config, cases, tracker, out, level, timeout } = options;
  const target = targets === undefined ? undefined : Object.entries(targets).map(([name, url]) => `${name}=${url}`);
  const flags = { config, cases, tracker, out, level, timeout, target, concurrency: text(options.concurrency) };
  return loadConfig(given(flags), { cwd, env, secrets });
};

/** Sends what is planned, unless it is refused. */
export const send = async (
  planned: Planned,
  options: RunOptions & Pick<ParityOptions, 'strict' | 'updateTracker'>,
): Promise<ParityResult> => {
  const { config, library, selected, secrets, marks } = planned;
  if (options.unsafe !== true) refuseUnsafe(config.targets, selected);
  const hosts = protectedHosts(config, options.allowProtected ?? []);
  if (hosts.length > 0) throw refusedHosts(hosts);
  const result = await run({
    ...{ config, library, selected, secrets: [...secrets], id: newRunId(new Date()), version: readVersion() },
    seed: options.seed ?? Date.now() % 0x7fffffff,
    failOn: options.failOn ?? 'any',
    noise: options.noise ?? 1,
    retries: options.retries ?? 0,
    strict: options.strict ?? false,
    writeTracker: options.updateTracker ?? false,
    trackerNamed: config.file === null,
    formats: options.reporters ?? ['json'],
    signal: options.signal ?? new AbortController().signal,
    now: () => new Date(),
    ...given({ marks, onCase: options.onCase }),
  });
  const report = toReportDocument(result.record);
  return { ...result, report, verdict: report.verdict };
};

/**
 * Replays the selected cases of the library of a configuration to all targets, compares, and gives the report. What `parity run` ends
 * with 2 for is thrown as a ParityError, and nothing was sent then.
 */
export const parity = async (options: ParityOptions = {}): Promise<ParityResult> => {
  const secrets = new Set<string>();
  const config = await configOf(options, secrets);
  const { env = process.env, select = [], grep, tags = [] } = options;
  const targets = config.targets.map(({ name }) => name);
  const { cases, digest } = await openCases(config.cases, { root: config.root, env, secrets, targets });
  const selected = selectFrom(cases, { selectors: select, tags, ...given({ grep }) });
  const again = [options.noise ?? 1, options.retries ?? 0];
  const marks = planMarks(config, { cases: digest, selectors: select, grep: grep ?? null, tags, again });
  return send({ config, library: cases, selected, secrets, marks }, options);
};
