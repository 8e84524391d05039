import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parity } from '../command.ts';
import { serving } from '../service.ts';
import { gate, passing, project, rewrite } from './assessed.ts';
import { gauntletsIn, newest } from './gauntlet.ts';

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=n@localhost', ...args], { cwd, stdio: 'ignore' });

/** All files below a folder, with their bytes. */
function bytesIn(dir: string): Record<string, string> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => statSync(join(dir, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(dir, path), 'base64')]));
}

/** A project under git whose gauntlet was assessed, and what a check says. */
async function assessed(gateCommand: readonly string[] = ['test', '-f', 'built']) {
  const [old, fresh] = await Promise.all(['1', '"1"'].map((a) => serving(() => [200, `{"a":${a}}`])));
  const scorecard = [{ dimension: 'Build', checks: [{ file: 'built', points: 4 }] }];
  const registers = { risks: 'risks.yaml', claims: 'claims.yaml' };
  const cwd = await project(
    { smoke: [passing], parity: {}, assess: { ...gate(...gateCommand), scorecard, ...registers } },
    {
      built: 'yes\n',
      'parity.yaml': `targets: { old: "${old!.url}", new: "${fresh!.url}" }\ntracker: tracker.md\n`,
      'cases/a.yaml': 'suite: a\ncases: [ { id: one, request: { path: /one } } ]\n',
      'risks.yaml': '- { id: R-001, severity: LOW, title: one, closedBy: "built:1" }\n',
      'claims.yaml': '- { claim: it is built, test: { command: [test, -f, built] } }\n',
      '.gitignore': 'reports/*\n!reports/gauntlet/\nreports/gauntlet/**/*.log\n.parity/\n',
    },
  );
  git(cwd, 'init', '-q');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-qm', 'one');
  await parity(['gauntlet'], { cwd });
  const file = (name: string) => join(cwd, 'reports/gauntlet', gauntletsIn(cwd).at(-1)!, name);
  const edit = (name: string, from: string | RegExp, to: string) => {
    const text = readFileSync(file(name), 'utf8');
    writeFileSync(file(name), text.replace(from, to));
    expect([name, readFileSync(file(name), 'utf8') === text]).toEqual([name, false]);
  };
  const check = (...args: string[]) => parity(['assess', '--check', ...args], { cwd });
  return { cwd, edit, check };
}

describe('parity assess --check', () => {
  it('holds for what was computed, writes nothing, and holds still once the reports are committed', async () => {
    const { cwd, check } = await assessed();
    const before = bytesIn(join(cwd, 'reports'));
    const first = await check();
    expect([first.exitCode, first.stdout], first.stderr).toEqual([
      0,
      expect.stringMatching(/^\S+ says hold, made by parity-prober \d\S*; it comes to hold\nHOLDS\n$/),
    ]);
    expect(bytesIn(join(cwd, 'reports'))).toEqual(before);
    git(cwd, 'add', '-A');
    git(cwd, 'commit', '-qm', 'the reports');
    expect(await check(gauntletsIn(cwd)[0]!)).toMatchObject({ exitCode: 0 });
  });

  it.each<[what: string, name: string, from: string | RegExp, to: string, words: RegExp]>([
    ['a verdict', 'assessment.json', '"hold"', '"ship"', /^ {2}the verdict is hold, and it says ship$/m],
    [
      'a gate',
      'assessment.json',
      '"status": "pass"',
      '"status": "fail"',
      /^ {2}`gates` are not what it comes to: G1$/m,
    ],
    ['a score', 'assessment.json', '"score": 4', '"score": 10', /^ {2}`scorecard` is not what it comes to: Build$/m],
    ['a risk', 'assessment.json', '"status": "closed"', '"status": "open"', /^ {2}`risks` is not .*: R-001$/m],
    [
      'a state',
      'assessment.json',
      '"state": "new"',
      '"state": "accepted"',
      /^ {2}`gaps` is not what .*: P-[0-9A-F]{8}$/m,
    ],
    ['a reason', 'assessment.json', /is new: [^"]*/, 'is nothing', /^ {2}`reasons` are not what it comes to$/m],
    ['evidence', 'smoke.json', '"pass": 1', '"pass": 21', /^ {2}\.\/smoke\.json is not the file that the verdict was/m],
    ['a page', 'assessment.md', ': hold', ': ship', /^ {2}assessment\.md is not what assessment\.json says$/m],
    [
      'a report',
      'parity-report.md',
      /^/,
      'All is well. ',
      /^ {2}parity-report\.md is not what assessment\.json says$/m,
    ],
  ])('does not hold where %s was forged', async (_, name, from, to, words) => {
    const { edit, check } = await assessed();
    edit(name, from, to);
    const { exitCode, stdout, stderr } = await check();
    expect([exitCode, stdout], stderr).toEqual([1, expect.stringMatching(words)]);
    expect(stdout).toMatch(/\nDOES NOT HOLD\n$/);
  });

  it('does not hold where it is stale: another commit, changes, a gate that fails by now, a newer run', async () => {
    const { cwd, check } = await assessed();
    rewrite(cwd, 'src.go', 'x');
    expect(await check()).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('of another state of the project: what is not committed is not the same\n'),
    });
    git(cwd, 'add', '-A');
    git(cwd, 'commit', '-qm', 'two');
    expect((await check()).stdout).toMatch(
      /\n {2}it is of another state of the project: src\.go changed\nDOES NOT HOLD\n$/,
    );
    git(cwd, 'rm', '-q', 'built', 'src.go');
    git(cwd, 'commit', '-qm', 'three');
    const gone = await check();
    expect(gone.stdout).toContain('  `gates` are not what it comes to: G1\n');
    expect(gone.stdout).toContain('  `claims` is not what it comes to: it is built\n');
    git(cwd, 'revert', '--no-edit', 'HEAD');
    await parity(['run', '--update-tracker'], { cwd });
    expect((await check()).stdout).toContain('  `phases` is not what it comes to\n');
  });

  it('ends with exit code 3 where there is no assessment, or none that can be read, and takes no path for one', async () => {
    const { cwd, check, edit } = await assessed();
    expect(await check('2020-01-01')).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('error[PX3203]') });
    edit('assessment.json', '"schema"', '"scheme"');
    expect(await check()).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('cannot be read') });
    const none = await project({ smoke: [passing] });
    const { exitCode, stderr } = await parity(['assess', '--check'], { cwd: none });
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('error[PX3203] there is no assessment in reports')]);
    expect(newest(cwd, 'assessment.json')).toContain('scheme');
  });

  it('reads no evidence outside of the folders of gauntlets, and compares no other file than by its hash', async () => {
    const { check, edit } = await assessed();
    edit('assessment.json', '"./smoke.json"', '"../../../../../../dev/zero"');
    const { exitCode, stdout } = await check();
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('dev/zero is not the file that the verdict was')]);
    expect(stdout).toContain('it comes to hold');
  });
});
