import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'vitest';
import type { Rig } from '../rig/rig.ts';
import { startRig } from '../rig/rig.ts';
import { answer, stall } from '../rig/scenario.ts';
import { folder, home, newestReport, parity } from './command.ts';

const main = join(home, 'dist/cli/main.js');
const cases = Array.from({ length: 30 }, (_, i) => ({ suite: 's', id: `case-${i}`, request: { path: `/${i}` } }));
const body = '{"id":1}';

/** Two targets, of which the second never answers its twentieth request, and a folder to run in. */
async function scene() {
  const a = await startRig({ answers: [[answer(200, body)]] });
  const b = await startRig({ answers: [...Array(19).fill([answer(200, body)]), [stall], [answer(200, body)]] });
  const cwd = await folder({
    'cases/s.jsonl': `${cases.map((one) => JSON.stringify(one)).join('\n')}\n`,
    'parity.yaml': '{}\n',
  });
  return { a, b, cwd };
}

interface Stopped {
  readonly exitCode: number | null;
  readonly stderr: string;
  /** From the first signal to the end. */
  readonly tookMs: number;
}

/** Runs in a scene, and sends these signals once the second target keeps its twentieth request waiting, one by one as told. */
async function stopped(cwd: string, [a, b]: readonly [Rig, Rig], signals: readonly NodeJS.Signals[]): Promise<Stopped> {
  const args = ['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`, '--no-tracker', '--timeout', '25s'];
  const child = spawn(process.execPath, [main, ...args, '--seed', '1', '--concurrency', '1'], {
    ...{ cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd } },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  let [sent, firstAt] = [0, 0];
  const next = () => {
    firstAt ||= performance.now();
    const signal = signals[sent];
    sent += 1;
    if (signal !== undefined) child.kill(signal);
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (text.includes('stopping')) next();
  });
  const watch = setInterval(() => {
    if (b.requests.length < 20) return;
    clearInterval(watch);
    next();
  }, 5);
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(watch);
  return { exitCode, stderr, tookMs: performance.now() - firstAt };
}

test.concurrent.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  '%s once gives requests under way two seconds, and says how to go on',
  async ([signal, code], { expect }) => {
    const { a, b, cwd } = await scene();
    const ended = await stopped(cwd, [a, b], [signal]);
    expect([ended.exitCode, ended.tookMs < 12_000, ended.tookMs > 1500]).toEqual([code, true, true]);
    const { run, verdict, counts, exitCode, cases: told } = newestReport(cwd);
    expect([run.interrupted, verdict, exitCode]).toEqual([true, 'inconclusive', code]);
    expect(counts).toMatchObject({ match: 19, inconclusive: 1, notRun: 10 });
    expect(told.filter((one) => one.reason === 'interrupted')[0]).toMatchObject({ hint: 'go on with --resume' });
    expect(told.find((one) => one.reason === 'aborted')?.message).toMatch(/^the request to b was stopped/);
    const command = /^resume with: parity (.*)$/m.exec(ended.stderr)?.[1] ?? '';
    const resumed = await parity(command.split(' '), { cwd });
    expect([resumed.exitCode, newestReport(cwd).counts.match]).toEqual([0, 30]);
    expect(a.requests.length).toBe(31);
    await Promise.all([a.close(), b.close()]);
  },
);

test.concurrent('SIGINT twice ends at once, and leaves a record that can be gone on with', async ({ expect }) => {
  const { a, b, cwd } = await scene();
  const ended = await stopped(cwd, [a, b], ['SIGINT', 'SIGINT']);
  expect([ended.exitCode, ended.stderr.match(/^\s+at /m)]).toEqual([130, null]);
  const [id = ''] = readdirSync(join(cwd, 'reports'));
  const lines = readFileSync(join(cwd, 'reports', id, 'run.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
    'header',
    ...Array(19).fill('case'),
  ]);
  await Promise.all([a.close(), b.close()]);
});

const service = `
  process.on('SIGTERM', () => {});
  require('node:http').createServer((q, r) => { if (q.url !== '/19') r.end('{"id":1}'); }).listen(+process.argv[2], '127.0.0.1');`;

/** A server whose every answer names its route and `name`. */
async function named(name: string): Promise<Server> {
  const server = createServer(({ url }, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ route: url, name }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test.concurrent('a run that is stopped while it explains thousands of routes ends, and is gone on with', async ({
  expect,
}) => {
  const [a, b] = await Promise.all([named('one'), named('two')]);
  const routes = Array.from({ length: 3000 }, (_, at) => {
    const word = at.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!);
    return JSON.stringify({ suite: 's', id: `case-${at}`, request: { path: `/${word}-things` } });
  });
  const cwd = await folder({ 'cases/s.jsonl': `${routes.join('\n')}\n`, 'parity.yaml': '{}\n' });
  const args = ['run', '--target', `a=${urlOf(a)}`, '--target', `b=${urlOf(b)}`, '--no-tracker', '--noise', '0'];
  const child = spawn(process.execPath, [main, ...args], {
    ...{ cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd } },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  let answered = 0;
  b.on('request', () => {
    answered += 1;
    if (answered === routes.length) setTimeout(() => child.kill('SIGINT'), 100);
  });
  const [exitCode] = await once(child, 'close');
  expect(exitCode).toBe(130);
  const command = /^resume with: parity (.*)$/m.exec(stderr)?.[1] ?? '';
  const resumed = await parity(command.split(' '), { cwd });
  expect([resumed.exitCode, resumed.stderr]).toEqual([1, '']);
  const { counts, run } = newestReport(cwd);
  expect([counts.divergent, run.interrupted, answered]).toEqual([3000, false, 3000]);
  a.close();
  b.close();
});

test.concurrent('what the run has started is gone after SIGINT twice', async ({ expect }) => {
  const { a, b, cwd } = await scene();
  const at = await folder({ 'service.cjs': service });
  const spare = await startRig({ answers: [] });
  await spare.close();
  const command = `${process.execPath} ${join(at, 'service.cjs')} ${spare.port}`;
  writeFileSync(
    join(cwd, 'parity.yaml'),
    `targets:\n  a: ${a.url}\n  b: ${b.url}\n  c: { url: "http://127.0.0.1:${spare.port}", command: "${command}" }\n`,
  );
  expect((await stopped(cwd, [a, b], ['SIGINT', 'SIGINT'])).exitCode).toBe(130);
  const isThere = () =>
    fetch(`http://127.0.0.1:${spare.port}/`).then(
      () => true,
      () => false,
    );
  await expect.poll(isThere, { timeout: 60_000 }).toBe(false);
  await Promise.all([a.close(), b.close()]);
});
