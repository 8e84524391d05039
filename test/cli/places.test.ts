import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, parity } from './command.ts';
import { serving } from './service.ts';

const library = { 'cases/s.yaml': 'cases: [{ id: x, request: { path: / } }]\n' };

/** A project whose runs go to `build/parity`, with one run, and its folder. */
async function project(): Promise<string> {
  const [a, b] = [await serving(() => [200, '{"a":1}']), await serving(() => [200, '{"a":"1"}'])];
  const config = `targets: { a: "${a.url}", b: "${b.url}" }\nout: build/parity\ntracker: t.md\n`;
  const cwd = await folder({ 'parity.yaml': config, ...library });
  expect((await parity(['run'], { cwd })).exitCode).toBe(1);
  return cwd;
}

const reading = [['report', 'latest'], ['diff', 'latest', 'latest'], ['trend']];

describe('commands that read runs', () => {
  it('look where the nearest parity.yaml says that runs go, from every folder below it', async () => {
    const cwd = await project();
    const below = join(cwd, 'cases');
    for (const args of reading) {
      for (const at of [cwd, below]) expect([args, (await parity(args, { cwd: at })).exitCode]).toEqual([args, 0]);
      const elsewhere = await parity([...args, '--out', 'reports'], { cwd });
      expect([args, elsewhere.exitCode === 0]).toEqual([args, false]);
    }
    const [id] = /P-[0-9A-F]{8}/.exec((await parity(['report', 'latest'], { cwd })).stdout) ?? [];
    const shown = await parity(['tracker', 'show', id ?? '', '--tracker', '../t.md'], { cwd: below });
    expect([shown.exitCode, shown.stdout]).toEqual([0, expect.stringContaining('history, the newest first')]);
  });

  it.each(['out: [', 'out: { a: b }', `targets: { a: "\${NOT_SET_ANYWHERE}" }\nnonsense: 1\n`])(
    'read ./reports beside a parity.yaml that is no use to a run: %s',
    async (text) => {
      const cwd = await project();
      mkdirSync(join(cwd, 'reports'));
      renameSync(join(cwd, 'build/parity'), join(cwd, 'reports'));
      writeFileSync(join(cwd, 'parity.yaml'), text);
      for (const args of reading) expect([args, (await parity(args, { cwd })).exitCode]).toEqual([args, 0]);
    },
  );

  it('say that parity.yaml could not be read where nothing is found', async () => {
    const cwd = await folder({ 'parity.yaml': 'out: [' });
    const hint = 'parity.yaml cannot be read, so nobody knows which folder its `out` names: name it with --out';
    const report = await parity(['report', 'latest'], { cwd });
    expect([report.exitCode, report.stderr]).toEqual([2, expect.stringContaining(`/reports\n  try: ${hint}\n`)]);
    const trend = await parity(['trend'], { cwd });
    expect([trend.exitCode, trend.stdout]).toEqual([3, expect.stringContaining(`/reports; ${hint}\n`)]);
  });

  it('name the folder, and the flag for another one', async () => {
    const cwd = await folder();
    expect((await parity(['report', 'latest'], { cwd })).stderr).toMatch(
      /there is no run "latest" in \S+\/reports\n {2}try: record one with: parity run, or name another folder with --out\n$/,
    );
    expect((await parity(['trend'], { cwd })).stdout).toMatch(/^no runs in \S+\/reports\n$/);
  });
});

describe('where there is no parity.yaml', () => {
  it.each([['run'], ['doctor'], ['noise'], ['replay', 'P-00000000'], ['probe', '--from', 's/x']])(
    'parity %s %s says so, and what to do',
    async (...args) => {
      const cwd = await folder(library);
      const ended = await parity(args, { cwd });
      expect([ended.exitCode, ended.stderr]).toEqual([
        2,
        expect.stringMatching(
          /error\[PX2105\] there is no parity\.yaml in \S+ or above it\n {2}try: parity init, or --config FILE, or two --target NAME=URL\n$/,
        ),
      ]);
    },
  );

  it('parity tracker says which file it needs', async () => {
    const cwd = await folder();
    const ended = await parity(['tracker', 'list'], { cwd });
    expect([ended.exitCode, ended.stderr]).toEqual([
      2,
      expect.stringMatching(
        /error\[PX2602\] there is no parity\.yaml in \S+ or above it that names a tracker\n {2}try: name one: --tracker docs\//,
      ),
    ]);
  });
});

it('parity tracker list needs no targets', async () => {
  const cwd = await project();
  writeFileSync(join(cwd, 'parity.yaml'), 'tracker: t.md\n');
  const ended = await parity(['tracker', 'list'], { cwd });
  expect([ended.exitCode, ended.stdout]).toEqual([0, expect.stringMatching(/^P-[0-9A-F]{8} {2}open/)]);
});
