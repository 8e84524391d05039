import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { home } from './page.ts';

/** A step of action.yml. */
interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

/** action.yml, as GitHub documents composite actions. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const actionText = readFileSync(join(home, 'action.yml'), 'utf8');
export const action = parse(actionText) as Action;

/** What a job that uses the action left behind. */
interface Done {
  /** Of the first step that failed; 0 if none did. */
  readonly exitCode: number;
  /** What all steps printed. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The job summary. */
  readonly summary: string;
  /** Names of the steps that ran. */
  readonly ran: readonly string[];
}

interface Job {
  /** The folder of the repository that is checked. */
  readonly workspace: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the code of the action is (default: this project). */
  readonly actionPath?: string;
}

/** Runs the steps of action.yml in bash, with what a runner of GitHub sets, and stops at the first one that fails. */
export async function useAction(job: Job): Promise<Done> {
  const temp = join(job.workspace, '..', 'runner-temp');
  mkdirSync(temp, { recursive: true });
  const summaryFile = join(temp, 'summary.md');
  writeFileSync(summaryFile, '');
  const values = new Map([['github.token', 'a-token-of-the-job']]);
  for (const [name, input] of Object.entries(action.inputs))
    values.set(`inputs.${name}`, job.with?.[name] ?? fill(input.default, values));
  const done = { exitCode: 0, log: '', ran: [] as string[] };
  for (const step of action.runs.steps) {
    if (done.exitCode !== 0 || !holds(step.if, values)) continue;
    const outputFile = join(temp, 'output');
    writeFileSync(outputFile, '');
    const files = { RUNNER_TEMP: temp, GITHUB_OUTPUT: outputFile, GITHUB_STEP_SUMMARY: summaryFile };
    const ended = await runStep(step, { ...job, env: { ...job.env, ...files } }, values);
    done.ran.push(step.name);
    done.log += ended.log;
    done.exitCode = ended.exitCode;
    for (const [name, value] of readOutputs(outputFile)) values.set(`steps.${step.id}.outputs.${name}`, value);
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, fill(value, values)] as const);
  return { ...done, outputs: Object.fromEntries(outputs), summary: readFileSync(summaryFile, 'utf8') };
}

type Values = ReadonlyMap<string, string>;

/** Text with the values of its expressions, which are names only; what was not set is empty. */
function fill(text: string, values: Values): string {
  return text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values.get(name) ?? '');
}

function holds(condition: string | undefined, values: Values): boolean {
  return (condition ?? '').split(' && ').every((part) => {
    if (part === '') return true;
    const [, name = '', sign, text] = /^([\w.-]+) (==|!=) '([^']*)'$/.exec(part) ?? [];
    if (sign === undefined) throw new Error(`the condition ${part} is of a form that no test evaluates`);
    return ((values.get(name) ?? '') === text) === (sign === '==');
  });
}

function runStep(step: Step, { workspace, actionPath = home, env = {} }: Job, values: Values) {
  const script = join(workspace, '..', 'runner-temp', 'step.sh');
  writeFileSync(script, step.run);
  const own = Object.entries(step.env).map(([name, value]) => [name, fill(value, values)] as const);
  const given = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, GITHUB_ACTION_PATH: actionPath };
  const surroundings = { PATH: process.env.PATH ?? '', HOME: join(workspace, '..'), LANG: 'C.UTF-8' };
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: workspace,
    env: { ...surroundings, ...given, ...env, ...Object.fromEntries(own) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 150_000,
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (log += text));
  return new Promise<{ exitCode: number; log: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? -1, log }));
  });
}

function readOutputs(file: string): [string, string][] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
}
