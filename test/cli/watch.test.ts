import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../free-port.ts';
import { folder, home, parity } from './command.ts';

/** A service on a port that answers everything with one text; it can be stopped and started again. */
async function service() {
  const port = await freePort();
  let server: Server | null = null;
  const stop = () =>
    new Promise<void>((ended) => {
      if (server === null) return ended();
      server.close(() => ended()).closeAllConnections();
      server = null;
    });
  const start = () =>
    new Promise<void>((ready) => {
      server = createServer((_, response) => response.setHeader('content-type', 'application/json').end('{"is":"up"}'));
      server.listen(port, '127.0.0.1', () => ready());
    });
  await start();
  onTestFinished(stop);
  return { url: `http://127.0.0.1:${port}`, start, stop };
}

const cases = (...ids: readonly string[]) =>
  `suite: s\ncases:\n${ids.map((id) => `  - { id: ${id}, request: { method: GET, path: /${id} } }\n`).join('')}`;

/** A watch on two services, whose output can be waited for. */
async function watching() {
  const [old, next] = [await service(), await service()];
  const config = `targets: { old: "${old.url}", new: "${next.url}" }\n`;
  const dir = await folder({ 'parity.yaml': config, 'cases/s.yaml': cases('a') });
  const child = spawn(process.execPath, [join(home, 'dist/cli/main.js'), 'run', '--watch', '-q', '--timeout', '2s'], {
    cwd: dir,
    env: { PATH: process.env.PATH ?? '', HOME: dir, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  /** Waits for a text behind all that was waited for before. */
  let read = 0;
  const shows = async (text: string) => {
    while (!output.slice(read).includes(text)) {
      expect(child.exitCode, output).toBeNull();
      await sleep(20);
    }
    read = output.indexOf(text, read) + text.length;
  };
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  const change = (file: string, edit: (text: string) => string) =>
    writeFileSync(join(dir, file), edit(readFileSync(join(dir, file), 'utf8')));
  return { dir, next, shows, change, end };
}

it('runs again when a case file or the configuration changes, shows what is wrong there, and ends with the last exit code', async () => {
  const { shows, change, end, dir } = await watching();
  await shows('PARITY the one case matches');
  await shows('watching 2 files');
  change('cases/s.yaml', () => cases('a', 'b'));
  await shows('cases/s.yaml changed: running again');
  await shows('PARITY all 2 cases match');
  await shows('watching');
  writeFileSync(join(dir, 'cases/t.yaml'), cases('c').replace('suite: s', 'suite: t'));
  await shows('cases/t.yaml changed');
  await shows('PARITY all 3 cases match');
  await shows('watching 3 files');
  change('parity.yaml', (text) => `${text}levle: wire\n`);
  await shows('parity.yaml changed');
  await shows('error[PX2101]');
  await shows('watching');
  change('parity.yaml', (text) => text.replace('levle: wire', 'timeout: 1s'));
  await shows('PARITY all 3 cases match');
  await shows('watching');
  change('cases/t.yaml', () => 'suite: t\ncases: 7\n');
  await shows('error[PX2201]');
  await shows('watching');
  expect(await end('SIGINT')).toBe(2);
});

it('runs again when a target is back', async () => {
  const { next, shows, end } = await watching();
  await shows('PARITY the one case matches');
  await shows('watching');
  await next.stop();
  await shows('new cannot be reached; once it is back, the cases run again');
  await next.start();
  await shows('new is back: running again');
  await shows('PARITY the one case matches');
  await shows('watching');
  expect(await end('SIGTERM')).toBe(0);
});

it.each([
  [['--json'], '--json'],
  [['--shard', '1/2'], '--shard'],
  [['--resume', 'latest'], '--resume'],
  [['--secrets', '-'], '--secrets -'],
  [['--dry-run'], '--dry-run'],
])('does not go with %j', async (flags, named) => {
  const { exitCode, stderr } = await parity(['run', '--watch', ...flags], { cwd: await folder(), input: '' });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`error[PX2001] --watch cannot be used with ${named}`);
});

it('ends with an error of a flag in place of waiting for a file to change', async () => {
  const { exitCode, stderr } = await parity(['run', '--watch', '--level', 'x'], { cwd: await folder() });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('error[PX2001] --level is "x"');
});
