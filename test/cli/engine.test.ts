import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../free-port.ts';
import { folder, home, newestReport, parity } from './command.ts';

const redisServer = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) => existsSync(path));
const missing = redisServer === undefined ? ' (toolchain missing: redis-server)' : '';

/** What a service does with a request before it answers: told its path, and how many milliseconds it takes. */
interface Habit {
  readonly onAsked?: (path: string) => void;
  readonly delayMs?: number;
}

/** A service that counts what it is asked; the answers of `b` differ where the path ends in 7. */
async function service(name: string, { onAsked, delayMs = 0 }: Habit = {}) {
  const asked: string[] = [];
  const answer: RequestListener = async ({ method, url = '' }, response) => {
    asked.push(`${method} ${url}`);
    onAsked?.(url);
    if (delayMs > 0) await sleep(delayMs);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ url, v: name === 'b' && url.endsWith('7') ? 2 : 1 }));
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

let url = '';
let redis: Redis;
beforeAll(async () => {
  if (redisServer === undefined) return;
  const [port, dir] = [await freePort(), mkdtempSync(join(tmpdir(), 'parity-redis-'))];
  const child = spawn(redisServer, ['--port', String(port), '--dir', dir, '--save', '', '--appendonly', 'no']);
  url = `redis://127.0.0.1:${port}`;
  redis = new Redis(port, { maxRetriesPerRequest: 100, retryStrategy: () => 50 });
  // The first tries come before the server listens; what fails in the end is told by the command that needed it.
  redis.on('error', () => {});
  await redis.ping();
  return () => {
    redis.disconnect();
    child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  };
});

/** Two services and a library of so many cases, every fifth a POST, in a folder of its own. */
async function project(count: number, habit?: Habit) {
  const [a, b] = [await service('a', habit), await service('b')];
  const line = (_: unknown, n: number) =>
    JSON.stringify({ suite: 's', id: `c${n}`, request: { method: n % 5 === 0 ? 'POST' : 'GET', path: `/${n}` } });
  const cwd = await folder({ 'cases/s.jsonl': `${Array.from({ length: count }, line).join('\n')}\n` });
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const flags = ['--target', `a=${a.url}`, '--target', `b=${b.url}`];
  const run = (...more: string[]) =>
    parity(['run', ...flags, '--no-tracker', '--noise', '0', '--reporter', 'json', ...more], { cwd });
  const startWorker = (): ChildProcess => {
    const child = spawn(process.execPath, [join(home, 'dist/cli/main.js'), 'worker', '--engine', url, ...flags], {
      cwd,
      stdio: 'ignore',
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  return { a, b, cwd, flags, run, startWorker };
}

/** What a run came to, without what differs from run to run. */
function outcomeOf(cwd: string) {
  const { cases, findings, verdict, counts } = newestReport(cwd);
  const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id).sort();
  return {
    ...{ verdict, counts },
    findings: findings.map(({ id, cases }) => [id, [...cases].sort()]),
    cases: ids(cases).map((id) => [id, cases.find((one) => one.id === id)!.outcome]),
  };
}

/** Says so once Redis shows the open run, and gives its id. */
async function openRun(): Promise<string> {
  for (let tries = 0; tries < 600; tries += 1) {
    const [id] = await redis.smembers('parity:runs');
    if (id !== undefined) return id;
    await sleep(50);
  }
  throw new Error('no run was announced');
}

describe.skipIf(redisServer === undefined)(`a run on a queue${missing}`, () => {
  it('comes to what one process comes to, and leaves nothing in Redis', async () => {
    const { run, cwd, startWorker } = await project(120);
    expect((await run()).exitCode).toBe(1);
    const alone = outcomeOf(cwd);
    const worker = startWorker();
    const ended = await run('--engine', url, '--chunk', '10');
    expect([ended.exitCode, ended.stderr]).toEqual([1, '']);
    expect(outcomeOf(cwd)).toEqual(alone);
    worker.kill('SIGTERM');
    expect(await new Promise((resolve) => worker.once('exit', resolve))).toBe(0);
    expect(await redis.keys('*')).toEqual([]);
  });

  it('goes on where a worker is killed, and sends nothing twice that may be sent once only', async () => {
    const killing = { after: 60, worker: null as ChildProcess | null, asked: 0 };
    const onAsked = () => {
      killing.asked += 1;
      if (killing.asked === killing.after) killing.worker?.kill('SIGKILL');
    };
    const { run, a, b, cwd, startWorker } = await project(100, { onAsked, delayMs: 100 });
    const running = run('--engine', url, '--chunk', '100', '--workers-only');
    await openRun();
    killing.worker = startWorker();
    await new Promise((resolve) => killing.worker?.once('exit', resolve));
    startWorker();
    expect((await running).exitCode).toBe(1);
    const { cases, counts } = newestReport(cwd);
    expect(counts).toMatchObject({ total: 100, notRun: 0 });
    const aborted = cases.filter(({ reason }) => reason === 'aborted').map(({ id }) => id);
    expect(cases.filter(({ outcome }) => outcome === 'inconclusive').map(({ id }) => id)).toEqual(aborted);
    // Of 12 that were begun, those of the last 0.4 s: four at a time are under way for 0.1 s, then held for 0.2 s, then uploaded.
    expect(aborted.length).toBeLessThanOrEqual(5);
    for (const { asked } of [a, b])
      for (const one of new Set(asked.filter((line) => line.startsWith('POST'))))
        expect(
          asked.filter((line) => line === one),
          one,
        ).toHaveLength(1);
  });

  it('names a case that kills its workers, and goes on with the others', async () => {
    let worker: ChildProcess | null = null;
    const { run, cwd, startWorker } = await project(12, {
      onAsked: (path) => {
        if (path === '/7') worker?.kill('SIGKILL');
      },
    });
    const running = run('--engine', url, '--chunk', '12', '--workers-only');
    const id = await openRun();
    // As if three workers had died with the part, and one while it sent the case alone.
    await redis.hset(`parity:run:${id}:crashes`, '1', '3');
    await redis.hset(`parity:run:${id}:suspects:1`, 's/c7', '1');
    worker = startWorker();
    await new Promise((resolve) => worker?.once('exit', resolve));
    worker = null;
    startWorker();
    expect((await running).exitCode).toBe(3);
    const unable = newestReport(cwd).cases.filter(({ outcome }) => outcome === 'inconclusive');
    expect(unable.filter(({ reason }) => reason !== 'aborted').map((one) => [one.id, one.reason])).toEqual([
      ['s/c7', 'worker-died'],
    ]);
  });

  it('holds one rate over all workers', async () => {
    const times: number[] = [];
    const { run, startWorker } = await project(60, { onAsked: () => times.push(performance.now()) });
    startWorker();
    await run('--engine', url, '--chunk', '15', '--rate', '30');
    // The first requests ask whether the targets are there.
    const [first, last] = [times.at(-60)!, times.at(-1)!];
    expect(59 / ((last - first) / 1000)).toBeLessThanOrEqual(31);
  });

  it('refuses a worker that has other case files, before it sends anything', async () => {
    const { run, a, flags } = await project(10);
    const other = await folder({ 'cases/s.yaml': 'suite: s\ncases:\n  - { id: x, request: { path: /x } }\n' });
    const running = run('--engine', url, '--workers-only', '--timeout', '5s');
    const id = await openRun();
    const before = a.asked.length;
    const { exitCode, stderr } = await parity(['worker', '--engine', url, ...flags], { cwd: other });
    expect([exitCode, a.asked.length]).toEqual([2, before]);
    expect(stderr).toContain('this worker does not fit run');
    expect(stderr).toContain('the case files');
    const version = JSON.parse((await redis.get(`parity:run:${id}:announcement`)) ?? '{}');
    await redis.set(`parity:run:${id}:announcement`, JSON.stringify({ ...version, version: '0.0.1' }));
    const older = await parity(['worker', '--engine', url, ...flags], { cwd: other });
    expect([older.exitCode, older.stderr]).toEqual([2, expect.stringContaining('is of version 0.0.1')]);
    // A run that Redis has lost ends, and says so.
    await redis.flushall();
    const ended = await running;
    expect([ended.exitCode, ended.stderr]).toEqual([3, expect.stringContaining('has lost the run')]);
  });

  it('ends with exit code 3 where Redis cannot be reached, and 2 for an invalid address', async () => {
    const { run } = await project(1);
    const away = await run('--engine', `redis://127.0.0.1:${await freePort()}`);
    expect([away.exitCode, away.stderr]).toEqual([3, expect.stringContaining('cannot be reached')]);
    const wrong = await run('--engine', 'localhost');
    expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('--engine redis://127.0.0.1:6379')]);
  });

  it('says how to install the client packages where they are missing', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'parity-bare-'));
    onTestFinished(() => rmSync(bare, { recursive: true, force: true }));
    cpSync(join(home, 'dist'), join(bare, 'dist'), { recursive: true });
    cpSync(join(home, 'package.json'), join(bare, 'package.json'));
    const { cwd, flags } = await project(1);
    const args = [join(bare, 'dist/cli/main.js'), 'run', ...flags, '--engine', url];
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2);
    expect(stderr).toContain('npm install bullmq ioredis');
  });
});

it('parity worker prints a manifest of shards for Kubernetes', async () => {
  const { exitCode, stdout } = await parity(['worker', '--manifest', 'kubernetes'], { cwd: await folder() });
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/completionMode: Indexed[\s\S]*--shard, auto\/8/)]);
});
