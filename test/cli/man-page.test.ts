import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { makeProgram } from '../../src/cli/program.ts';
import { folder, parity } from './command.ts';

const groff = ['/usr/bin/groff', '/usr/local/bin/groff'].find((path) => existsSync(path));

it.skipIf(groff === undefined)(
  'the page of the manual has every command and flag, and groff finds no fault in it',
  async () => {
    const { exitCode, stdout, stderr } = await parity(['help', 'man'], { cwd: await folder() });
    expect([exitCode, stderr]).toEqual([0, '']);
    const options = ['-man', '-Tutf8', '-ww', '-rLL=200n', '-P-cbou'];
    const read = spawnSync(groff!, options, { input: stdout, encoding: 'utf8' });
    expect([read.status, read.stderr]).toEqual([0, '']);
    const { commands } = await makeProgram(() => {});
    for (const command of commands) {
      expect(read.stdout).toContain(`parity ${command.name()}`);
      for (const { long } of command.options) expect(read.stdout).toContain(long);
    }
    expect(read.stdout).toContain('EXIT STATUS');
  },
);

it('what a description holds is text, not a request of roff', async () => {
  const { stdout } = await parity(['help', 'man'], { cwd: await folder() });
  expect(
    stdout.split('\n').filter((line) => /^[.']/.test(line) && !/^\.(?:TH|SH|SS|TP|B|I) |^\.TP$/.test(line)),
  ).toEqual([]);
});
