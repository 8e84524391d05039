import { rungs } from '../config/rules.ts';
import { ParityError } from '../errors.ts';
import { formats } from '../report/formats.ts';
import type { FailOn } from '../run/verdict.ts';

/** Options as commander gives them: by camel-cased name, values as typed. */
export type Options = Readonly<Record<string, unknown>>;

function list(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** The text of an option, or undefined. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of an option that may be given several times. */
export function listOption(options: Options, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function choice<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new ParityError('PX2001', `${flag} is "${value}"`, { hint: `${flag} takes ${list(allowed)}` });
}

/** How much is printed: `-q` or `-v`. */
export function detailOption({ quiet, verbose }: Options): { readonly quiet: boolean; readonly verbose: boolean } {
  if (quiet === true && verbose === true)
    throw new ParityError('PX2001', '--quiet and --verbose are both given', { hint: 'leave one of the two out' });
  return { quiet: quiet === true, verbose: verbose === true };
}

export function failOnOption(options: Options): FailOn {
  return choice('--fail-on', textOption(options, 'failOn') ?? 'any', ['any', 'new', 'never'] as const);
}

/** A custom reporter: a name with a slash or the ending of a module. */
export function isModulePath(name: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(name);
}

/** The formats of `--reporter` and the paths of modules, each once, in the order given. */
export function reporterOption(options: Options, initial = 'terminal,json,md,html'): string[] {
  const names = (textOption(options, 'reporter') ?? initial).split(',').map((name) => name.trim());
  const known = names.filter((name) => name !== '');
  return [...new Set(known.map((name) => (isModulePath(name) ? name : choice('--reporter', name, formats))))];
}

export function levelOption(options: Options): string | undefined {
  const level = textOption(options, 'level');
  return level === undefined ? undefined : choice('--level', level, rungs);
}

/** The number that a cluster or a CI server gave this process among its like, counted from 1; undefined if it gave none. */
function givenIndex(env: Readonly<Record<string, string | undefined>>): string | undefined {
  // A Kubernetes Indexed Job counts from 0, GitLab's `parallel` from 1.
  const completion = env.JOB_COMPLETION_INDEX;
  return completion === undefined || !/^\d{1,6}$/.test(completion) ? env.CI_NODE_INDEX : String(Number(completion) + 1);
}

/** `I/N`, counted from 1, or `auto/N` for the index that the environment gives; undefined if not given. */
export function shardOption(
  options: Options,
  env: Readonly<Record<string, string | undefined>>,
): { index: number; total: number } | undefined {
  const text = textOption(options, 'shard');
  if (text === undefined) return undefined;
  const match = /^(\d{1,6}|auto)\/(\d{1,6})$/.exec(text);
  const [index, total] = [Number(match?.[1] === 'auto' ? givenIndex(env) : match?.[1]), Number(match?.[2])];
  if (match !== null && index >= 1 && index <= total) return { index, total };
  throw new ParityError('PX2001', `--shard is "${text}"`, {
    hint:
      match?.[1] === 'auto'
        ? 'auto needs JOB_COMPLETION_INDEX (from 0) or CI_NODE_INDEX (from 1) in the environment, below N'
        : '--shard takes I/N with 1 ≤ I ≤ N, for example 2/4, or auto/N',
  });
}

function timesOption(options: Options, name: string, usual: string): number {
  const text = textOption(options, name) ?? usual;
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new ParityError('PX2001', `--${name} is "${text}"`, {
    hint: `--${name} takes a whole number from 0 to 999; 0 turns it off`,
  });
}

/** How many more times a divergent case is sent; 1 if not given. */
export function noiseOption(options: Options): number {
  return timesOption(options, 'noise', '1');
}

/** How many more times a case that did not match is tried; 0 if not given. */
export function retriesOption(options: Options): number {
  return timesOption(options, 'retries', '0');
}

/** The seed of the run: as given, or one that the clock chose. */
export function seedOption(options: Options): number {
  const text = textOption(options, 'seed');
  if (text === undefined) return Date.now() % 0x7fffffff;
  if (/^\d{1,10}$/.test(text) && Number(text) <= 0xffffffff) return Number(text);
  throw new ParityError('PX2001', `--seed is "${text}"`, { hint: '--seed takes a whole number from 0 to 4294967295' });
}
