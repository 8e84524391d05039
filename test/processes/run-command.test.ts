import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { identityOf, isAlive } from '../../src/processes/identity.ts';
import { runCommand } from '../../src/processes/run-command.ts';
import { folderWith } from '../config/folder.ts';

/** A program that writes its id into a file, and does this. */
const node = (file: string, source: string) => [
  process.execPath,
  '-e',
  `require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); ${source}`,
];
const hang = 'setInterval(() => {}, 1000);';
const deaf = `process.on('SIGTERM', () => {}); ${hang}`;
const run = (command: readonly string[], cwd: string, timeoutMs = 20_000) =>
  runCommand({ command }, { cwd, timeoutMs, graceMs: 300 });
const pidIn = (cwd: string, file: string) => Number(readFileSync(join(cwd, file), 'utf8'));
/** A process that is dead may wait for somebody who asks how it ended. */
const runs = async (pid: number) =>
  (await isAlive(await identityOf(pid))) && !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));

test.each([
  ['exit code 0', ['true'], true, 'exited with code 0'],
  ['another exit code', [process.execPath, '-e', 'process.exit(3)'], false, 'exited with code 3'],
  [
    'a signal',
    [process.execPath, '-e', `process.kill(process.pid, 'SIGSEGV'); ${hang}`],
    false,
    'was ended by SIGSEGV',
  ],
  ['a program that is not there', ['no-such-program'], false, 'could not be started (ENOENT)'],
  ['a word that no system passes on', ['echo', 'a\0b'], false, 'could not be started (ERR_INVALID_ARG_VALUE)'],
  ['a word that is too long', ['echo', 'x'.repeat(4_000_000)], false, 'could not be started (E2BIG)'],
])('the result of a command says how it ended: %s', async (_, command, isSuccess, how) => {
  expect(await run(command, '/')).toMatchObject({ isSuccess, how });
});

test('words are never read by a shell, and a line for a shell is', async () => {
  const cwd = folderWith({});
  const { output } = await runCommand(
    { command: ['echo', '$(touch made)', '; touch made', '`touch made`', '$X'] },
    { cwd, env: { X: '$(touch made)' }, timeoutMs: 20_000 },
  );
  expect([output, existsSync(join(cwd, 'made'))]).toEqual(['$(touch made) ; touch made `touch made` $X\n', false]);
  const shell = await runCommand(
    { shell: 'echo "$X" | wc -c' },
    { cwd, env: { X: '$(touch made)' }, timeoutMs: 20_000 },
  );
  expect([shell.output.trim(), existsSync(join(cwd, 'made'))]).toEqual(['14', false]);
});

describe.runIf(process.platform === 'linux')('nothing that a command started outlives it', () => {
  test('at its deadline, not even what ignores SIGTERM or has left its process group', async () => {
    const cwd = folderWith({});
    const source = (file: string, detached: boolean) =>
      `require('child_process').spawn(process.execPath, ${JSON.stringify(node(file, deaf).slice(1))}, { detached: ${detached}, stdio: 'inherit' }); ${deaf}`;
    const command = node('a', `${source('b', false)} ${source('c', true)}`);
    const { isSuccess, how, durationMs } = await run(command, cwd, 1500);
    expect([isSuccess, how, Math.floor(durationMs / 1000)]).toEqual([false, 'was killed after 1.5 s', 1]);
    for (const file of ['a', 'b', 'c']) expect(await runs(pidIn(cwd, file)), file).toBe(false);
  });

  test('at its end, not what it left in the background', async () => {
    const cwd = folderWith({ 'left.cjs': `require('fs').writeFileSync('left', String(process.pid)); ${deaf}` });
    const shell = `${process.execPath} left.cjs & while [ ! -f left ]; do sleep 0.05; done`;
    const result = await runCommand({ shell }, { cwd, timeoutMs: 20_000, graceMs: 100 });
    expect([result.how, await runs(pidIn(cwd, 'left'))]).toEqual(['exited with code 0', false]);
  });

  test('when it is stopped from outside', async () => {
    const cwd = folderWith({});
    const stop = new AbortController();
    const running = runCommand(
      { command: node('a', deaf) },
      { cwd, timeoutMs: 60_000, graceMs: 100, signal: stop.signal },
    );
    await expect.poll(() => existsSync(join(cwd, 'a'))).toBe(true);
    stop.abort();
    expect(await running).toMatchObject({ isSuccess: false, how: 'was stopped' });
    expect(await runs(pidIn(cwd, 'a'))).toBe(false);
  });

  test('not even what another tool of this kind started in it', async () => {
    const cwd = folderWith({});
    const command = [
      process.execPath,
      '-e',
      `
      const { spawn } = require('child_process');
      const env = { ...process.env, PARITY_SERVICE: process.env.PARITY_SERVICE + ' another' };
      spawn(process.execPath, ${JSON.stringify(node('inner', deaf).slice(1))}, { detached: true, stdio: 'ignore', env });
      ${deaf}`,
    ];
    await run(command, cwd, 1500);
    expect(await runs(pidIn(cwd, 'inner'))).toBe(false);
  });
});
