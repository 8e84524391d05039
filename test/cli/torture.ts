import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Rig, startRig } from '../rig/rig.ts';
import { answer } from '../rig/scenario.ts';
import { type Ended, folder, home } from './command.ts';

const failing = join(home, 'test/rig/failing.mjs');
const cases = Array.from({ length: 6 }, (_, i) => ({ suite: 's', id: `case-${i}`, request: { path: `/${i}` } }));

/** The tracker as a run finds it. */
export const notes = '# Ours\n\nA line of people.\n\n<!-- parity:tracker -->\n';

/** Two targets that differ in one case, and the command line of a run with a tracker. */
export interface ExchangePair {
  readonly args: readonly string[];
  /** How many cases a run has. */
  readonly cases: number;
  close(): Promise<unknown>;
}

export async function openScene(): Promise<ExchangePair> {
  const same = [answer(200, '{"id":1}')];
  const other = { '/3': [[answer(200, '{"id":2}')]] };
  const rigs: Rig[] = [
    await startRig({ answers: [same], lifeMs: 600_000 }),
    await startRig({ answers: [same], routes: other, lifeMs: 600_000 }),
  ];
  const targets = rigs.flatMap(({ url }, at) => ['--target', `${at === 0 ? 'a' : 'b'}=${url}`]);
  const more = ['--tracker', 'tracked/tracker.md', '--seed', '1', '--reporter', 'terminal,json,md,html,junit'];
  return {
    args: ['run', ...targets, ...more],
    cases: cases.length,
    close: () => Promise.all(rigs.map((rig) => rig.close())),
  };
}

/** Which call of the system goes wrong: files or sockets, how (a code, or SIGKILL before it), and the how manieth. */
export interface Fault {
  readonly what: 'fs' | 'net';
  readonly code: string;
  readonly at: number;
}

export interface Tortured extends Ended {
  readonly cwd: string;
  readonly tracker: string;
}

/** The tracker of a folder, without its days: two runs that are compared may lie on either side of midnight. */
export function trackerIn(cwd: string): string {
  return readFileSync(join(cwd, 'tracked/tracker.md'), 'utf8').replace(/\b\d{4}-\d{2}-\d{2}\b/g, 'DAY');
}

/** A run in a new folder in which one call goes wrong; none for 0, which counts them in the file `calls`. */
export async function tortured({ args }: ExchangePair, { what, code, at }: Fault): Promise<Tortured> {
  const cwd = await folder({
    'cases/s.jsonl': `${cases.map((one) => JSON.stringify(one)).join('\n')}\n`,
    'tracked/tracker.md': notes,
  });
  const env = { FAIL_WHAT: what, FAIL_CODE: code, FAIL_AT: String(at), FAIL_COUNT: join(cwd, 'calls'), HOME: cwd };
  const child = spawn(process.execPath, ['--import', failing, join(home, 'dist/cli/main.js'), ...args], {
    ...{ cwd, env: { PATH: process.env.PATH ?? '', ...env }, timeout: 150_000 },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const read = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (read.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (read.stderr += text));
  const exitCode = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? -1)));
  return { ...read, exitCode, cwd, tracker: trackerIn(cwd) };
}

/** A run in which nothing goes wrong, and how many calls of that kind it makes. */
export async function straightRun(scene: ExchangePair, what: Fault['what']): Promise<{ run: Tortured; calls: number }> {
  const run = await tortured(scene, { what, code: 'EIO', at: 0 });
  return { run, calls: Number(readFileSync(join(run.cwd, 'calls'), 'utf8')) };
}

/** Does something for each point, four at a time. */
export async function eachPoint(points: readonly number[], act: (at: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < points.length; from += 4) await Promise.all(points.slice(from, from + 4).map(act));
}
