import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRun } from '../../src/record/read.ts';
import { type Rig, startRig } from '../rig/rig.ts';
import { answer, wait } from '../rig/scenario.ts';
import { closedUrl, type Ended, folder, home, newestReport, parity } from './command.ts';

const main = join(home, 'dist/cli/main.js');
let rigs: readonly Rig[];
beforeAll(async () => {
  const slow = [wait(20), answer(200, '{"id":1}')];
  const other = { '/3': [[answer(200, '{"id":2}')]] };
  rigs = [
    await startRig({ answers: [slow], lifeMs: 300_000 }),
    await startRig({ answers: [slow], routes: other, lifeMs: 300_000 }),
    await startRig({ answers: [slow], lifeMs: 300_000 }),
  ];
});
afterAll(() => Promise.all(rigs.map((rig) => rig.close())));

function work(count: number): Promise<string> {
  const line = (_: unknown, i: number) => JSON.stringify({ suite: 's', id: `case-${i}`, request: { path: `/${i}` } });
  return folder({ 'cases/s.jsonl': `${Array.from({ length: count }, line).join('\n')}\n` });
}

function targets(second = rigs[1]?.url): string {
  return `--target a=${rigs[0]?.url} --target b=${second} --no-tracker --noise 0 --seed 1`;
}

interface Place {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly shell?: string;
}

/** Runs a shell line in which `PARITY` is the built command line. */
function shell(line: string, { cwd, env = {}, shell: name = 'sh' }: Place): Promise<Ended> {
  const child = spawn(name, ['-c', line.replaceAll('PARITY', `'${process.execPath}' '${main}'`)], {
    ...{ cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd, LANG: 'C.UTF-8', ...env } },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const read = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (read.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (read.stderr += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ exitCode: code ?? -1, ...read })));
}

test('a reader that wants one line: the exit code tells the verdict, and nothing is complained of', async () => {
  const cwd = await work(6);
  const ended = await shell(`{ PARITY run ${targets()}; echo "code $?" >&2; } | head -1`, { cwd });
  expect([ended.stderr, ended.stdout.split('\n').length]).toEqual(['code 1\n', 2]);
});

test.skipIf(!existsSync('/dev/full'))(
  'standard output that is full: one line says so, and the reports are there',
  async () => {
    const cwd = await work(6);
    for (const flag of ['', '--json']) {
      const ended = await shell(`PARITY run ${targets()} ${flag} > /dev/full`, { cwd });
      expect([ended.exitCode, ended.stderr]).toEqual([
        4,
        expect.stringMatching(/^error\[PX4202\] [^\n]+\n {2}try: [^\n]+\n$/),
      ]);
      expect(newestReport(cwd).verdict).toBe('divergent');
    }
  },
);

test('five megabytes for a slow reader arrive to the last byte', async () => {
  const cwd = await work(12_000);
  const line = `PARITY run ${targets(await closedUrl())} --json --reporter json | { sleep 1; cat; }`;
  const { stdout } = await shell(line, { cwd });
  expect(stdout.length).toBeGreaterThan(5_000_000);
  expect(stdout).toBe(readFileSync(join(cwd, 'reports/latest/report.json'), 'utf8'));
});

const pty = existsSync('/usr/bin/script');
const onTerminal = (command: string, columns: number) =>
  `script -qec "stty cols ${columns}; ${command.replaceAll('"', '\\"')}" /dev/null`;

test.skipIf(!pty).each([
  ['a dumb terminal', { TERM: 'dumb' }, 20, false],
  ['a terminal without colour', { TERM: 'xterm', NO_COLOR: '1' }, 20, false],
  ['a terminal with colour', { TERM: 'xterm' }, 60, true],
] as const)('%s gets what it can show', async (_, env, columns, isColoured) => {
  const cwd = await work(6);
  const { stdout } = await shell(onTerminal(`PARITY run ${targets()}`, columns), { cwd, env });
  expect(stdout).toMatch(/DIVERGENT.*1 of 6/);
  // Colours, and on standard error the line that is overwritten as the run goes on.
  const colours = stdout.replace(/\r\x1b\[2K[^\n\r]*/g, '').match(/\x1b\[\d+m/g) ?? [];
  expect(colours.length > 0).toBe(isColoured);
  expect(stdout.replace(/\x1b\[\d+m|\r\x1b\[2K/g, '')).not.toMatch(/[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]/);
});

test('a terminal that is not a terminal gets no line that is overwritten', async () => {
  const { stdout, stderr } = await shell(`PARITY run ${targets()}`, { cwd: await work(6), env: { TERM: 'xterm' } });
  expect(stdout + stderr).not.toMatch(/[\x1b\r]/);
});

test('a concurrency beyond all sense is refused', async () => {
  const ended = await shell(`PARITY run ${targets()} --concurrency 5000`, { cwd: await work(1) });
  expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringMatching(/PX2102.*5000[\s\S]*from 1 to 1024/)]);
});

test.each([64, 44, 36])(
  '%i open files for a thousand cases at a time: no divergence, no stack trace',
  async (files) => {
    const cwd = await work(400);
    const line = `ulimit -n ${files}; PARITY run ${targets(rigs[2]?.url)} --concurrency 1000 --timeout 20s`;
    const { exitCode, stdout, stderr } = await shell(line, { cwd });
    expect(stderr + stdout).not.toMatch(/^\s+at |PX7|DIVERGENT/m);
    expect([0, 3, 4]).toContain(exitCode);
    if (exitCode === 3)
      expect(stdout).toMatch(/no-socket[\s\S]*no socket left to reach[\s\S]*try: lower --concurrency/);
  },
);

test('a candidate that is slower is in parity, and durations stand with their schedule', async () => {
  const cwd = await work(3);
  const late = await startRig({ answers: [[wait(300), answer(200, '{"id":1}')]] });
  const { exitCode } = await shell(`PARITY run ${targets(late.url)} --concurrency 2 --rate 90/s`, { cwd });
  const { verdict, run, durations } = newestReport(cwd);
  expect([exitCode, verdict, run.schedule]).toEqual([0, 'parity', { loop: 'closed', concurrency: 2, rate: 90 }]);
  const [reference, candidate] = durations;
  expect([reference?.answers, candidate?.answers]).toEqual([3, 3]);
  expect(candidate?.median).toBeGreaterThanOrEqual(300);
  const told =
    /Median response time, which does not affect the verdict: [^;]*, b [\d.]+ m?s .*2 cases at a time, at most 90 requests/;
  for (const file of ['report.md', 'report.html'])
    expect(readFileSync(join(cwd, 'reports/latest', file), 'utf8')).toMatch(told);
  await late.close();
});

const backwards = `data:text/javascript,${encodeURIComponent(
  'const real = Date.now; let calls = 0; Date.now = () => real() - 3600000 * (calls++ % 2);',
)}`;

test('a clock that jumps by an hour and back changes no duration and no verdict', async () => {
  const cwd = await work(20);
  const ended = await shell(`PARITY run ${targets()}`, { cwd, env: { NODE_OPTIONS: `--import=${backwards}` } });
  expect(ended.exitCode).toBe(1);
  const lines = readFileSync(join(cwd, 'reports/latest/run.jsonl'), 'utf8').match(/"durationMs":-?[\d.]+/g) ?? [];
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((one) => !/:\d{1,5}(\.|$)/.test(one))).toEqual([]);
  expect(statSync(join(cwd, 'reports/latest/report.json')).size).toBeGreaterThan(0);
});

// The command line of a test is given 30 seconds; what is left open here stays so for longer.
test('a run ends although connections stay open and something that a service has started holds its output', async () => {
  const server = `import { createServer } from 'node:http';
import { spawn } from 'node:child_process';
const left = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 120000)'], { detached: true, stdio: 'inherit' });
console.log('left', left.pid);
left.unref();
createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (_, response) => response.end(String(left.pid)))
  .listen(Number(process.argv[2]), '127.0.0.1');
`;
  const { port } = new URL(await closedUrl());
  const cwd = await folder({
    'server.mjs': server,
    'parity.yaml': `targets:\n  a: { url: "http://127.0.0.1:${port}", command: ["${process.execPath}", server.mjs, "${port}"] }\n  b: ${rigs[2]?.url}\n`,
    'cases/s.yaml': 'cases: [{ id: x, request: { path: /x } }]\n',
  });
  const ended = await parity(['run', '--noise', '0'], { cwd });
  const { cases } = await readRun(join(cwd, 'reports/latest'));
  const left = Number(cases[0]?.exchanges?.a?.[0]?.response?.body.text);
  expect([ended.exitCode, process.kill(left, 0)]).toEqual([1, true]);
  process.kill(left, 'SIGKILL');
});
