import { execFile } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { folder, home, parity } from './command.ts';

const run = promisify(execFile);

/** A folder with the scripts, and `parity` as a command in it. */
async function scripts(): Promise<string> {
  const dir = await folder();
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { exitCode, stdout, stderr } = await parity(['completion', shell], { cwd: dir });
    expect([exitCode, stderr]).toEqual([0, '']);
    writeFileSync(join(dir, `parity.${shell}`), stdout);
  }
  writeFileSync(
    join(dir, 'parity'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(home, 'dist/cli/main.js')}' "$@"\n`,
  );
  chmodSync(join(dir, 'parity'), 0o755);
  return dir;
}

const isThere = (shell: string) => [`/bin/${shell}`, `/usr/bin/${shell}`].some((path) => existsSync(path));
const environment = (dir: string) => ({
  cwd: dir,
  env: { PATH: `${dir}:${process.env.PATH}`, HOME: dir, TERM: 'dumb' },
});

const asked: readonly [line: string, offered: readonly string[]][] = [
  ['parity tr', ['tracker', 'trend']],
  ['parity tracker re', ['reopen', 'review']],
  ['parity tracker accept --rea', ['--reason']],
  ['parity run some/case --leve', ['--level']],
  ['parity run --zzz', []],
];

describe.skipIf(!isThere('bash'))('in bash', () => {
  it.each(asked)('%s is completed', async (line, offered) => {
    const dir = await scripts();
    const words = line.split(' ').map((word) => `'${word}'`);
    const script = `source parity.bash; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _parity; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await run('bash', ['--norc', '-c', script], environment(dir));
    expect(stdout.split('\n').filter(Boolean).sort()).toEqual([...offered].sort());
  });
});

describe.skipIf(!isThere('fish'))('in fish', () => {
  it.each(asked)('%s is completed, with what each word is for', async (line, offered) => {
    const dir = await scripts();
    const { stdout } = await run(
      'fish',
      ['--no-config', '-c', `source parity.fish; complete -C '${line}'`],
      environment(dir),
    );
    const lines = stdout.split('\n').filter(Boolean);
    expect(lines.map((one) => one.split('\t')[0]).sort()).toEqual([...offered].sort());
    for (const one of lines) expect(one).toMatch(/\t\S/);
  });
});

describe.skipIf(!isThere('zsh'))('in zsh', () => {
  it.each(asked.filter(([, offered]) => offered.length === 1))(
    '%s is completed at the press of Tab',
    async (line, offered) => {
      const dir = await scripts();
      // A shell in a pseudo-terminal of its own: what it has typed itself stands on its command line.
      const script = `zmodload zsh/zpty
zpty -b shell zsh -f -i
zpty -w shell 'PS1=; autoload -U compinit; compinit -u -D; source parity.zsh; echo READY'
zpty -r shell out '*READY*READY*'
zpty -w -n shell '${line}'$'\\t'
zpty -r shell out '*${offered[0]} *'
print -r -- "$out"`;
      const { stdout } = await run('zsh', ['-f', '-c', script], { ...environment(dir), timeout: 60_000 });
      expect(stdout).toContain(`${offered[0]} `);
    },
  );
});

it('a shell that it does not know is an error that names those it knows', async () => {
  const { exitCode, stderr } = await parity(['completion', 'csh'], { cwd: await folder() });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('name one of bash, zsh, fish')]);
});
