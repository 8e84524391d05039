import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, parity } from '../command.ts';
import { diffOf } from './reviewers.ts';

const reviewer = { name: 'a', lineage: 'a', model: 'm', url: 'http://127.0.0.1:1/' };
const gauntlet = {
  services: [{ name: 'web', shell: 'touch started; exit 1', ready: 'file:started' }],
  smoke: [{ name: 'd1', shell: 'touch ran' }],
  review: { diff: 'changes.diff', bundles: { c1: ['**'] }, reviewers: [reviewer] },
  assess: { gates: [{ id: 'G1', title: 'a gate', command: ['touch', 'ran'] }] },
};
const project = () =>
  folder({
    'gauntlet.yaml': JSON.stringify(gauntlet),
    'changes.diff': diffOf('src/a.go'),
    'a-file': '',
    'a.http': 'GET http://127.0.0.1:1/a\n',
    'parity.yaml': 'targets: { old: "http://127.0.0.1:1", new: "http://127.0.0.1:2" }\n',
    'cases/a.yaml': 'suite: a\ncases: [ { id: one, request: { path: /one } } ]\n',
  });

const commands = [['gauntlet'], ['gauntlet', '--phase', 'smoke'], ['smoke'], ['review'], ['assess']];
/** What a folder for results may not be, and what is said of it; in /proc nobody can make a folder, in /sys not even root. */
const places = [
  ['a-file', /a part of the path is a file, not a folder \(ENOTDIR\)/],
  ['/dev/null/x', /a part of the path is a file, not a folder \(ENOTDIR\)/],
  [`${'x'.repeat(300)}`, /the name is too long \(ENAMETOOLONG\)/],
  ...(existsSync('/proc/self') ? ([['/proc/x', /the system makes none there \(ENOENT\)/]] as const) : []),
  ...(existsSync('/sys/kernel') ? ([['/sys/x', /\((?:EPERM|EACCES|EROFS)\)/]] as const) : []),
] as const;

it.each(commands.map((args) => [args.join(' '), args] as const))(
  'parity %s ends with exit code 4 where its results cannot be stored, before anything is started',
  async (_, args) => {
    const cwd = await project();
    for (const [out, why] of places) {
      const { exitCode, stdout, stderr } = await parity([...args, '--out', out], { cwd, timeout: 30_000 });
      expect([out.slice(0, 20), exitCode, stdout]).toEqual([out.slice(0, 20), 4, '']);
      expect(stderr).toMatch(/^error\[PX4301\] no folder can be made in .*/m);
      expect(stderr).toMatch(why);
      expect(stderr).toContain('name another folder with --out');
    }
    expect(['started', 'ran', '.parity'].filter((name) => existsSync(join(cwd, name)))).toEqual([]);
  },
);

it.skipIf(!existsSync('/proc/self'))(
  `what makes folders for files of its own ends at once where the system makes none${existsSync('/proc/self') ? '' : ' (there is no /proc)'}`,
  async () => {
    const cwd = await project();
    const all: readonly [args: string[], code: number, words: string][] = [
      [['run', '--out', '/proc/x'], 2, 'PX2701'],
      [['compare', 'http://127.0.0.1:1', 'http://127.0.0.1:2', '/a', '--out', '/proc/x'], 2, 'PX2701'],
      [['probe', '--from', 'a/one', '--write', '/proc/x/a.yaml'], 4, 'PX4110'],
      [['add', '--to', '/proc/x/a.yaml', '--', 'curl', 'http://127.0.0.1:1/a'], 4, 'PX4111'],
      [['import', 'http', 'a.http', '--to', '/proc/x/a.yaml'], 4, 'PX4111'],
      [['record', '--target', 'http://127.0.0.1:1', '--listen', '0', '--to', '/proc/x/a.yaml'], 4, 'PX4203'],
    ];
    for (const [args, code, words] of all) {
      const { exitCode, stderr } = await parity(args, { cwd, timeout: 30_000 });
      expect([args[0], exitCode, stderr]).toEqual([args[0], code, expect.stringContaining(`error[${words}]`)]);
    }
    const { exitCode, stderr } = await parity(['import', 'http', 'a.http', '--to', 'a-file/b.yaml'], { cwd });
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining('error[PX4111] a-file/b.yaml cannot be written')]);
  },
);
