import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReportDocument } from '../../../src/report/document/document.ts';
import { folder, parity } from '../command.ts';
import { serving } from '../service.ts';
import { gauntletsIn, ledgersIn, newest } from './gauntlet.ts';

/** A project whose two services answer this. */
async function project(answers: readonly [string, string], smoke: string, gauntlet: object = {}) {
  const [old, fresh] = await Promise.all(answers.map((body) => serving(() => [200, body])));
  const cwd = await folder({
    'gauntlet.yaml': JSON.stringify({ smoke: [{ name: 'd1', shell: smoke }], parity: {}, ...gauntlet }),
    'parity.yaml': `targets: { old: "${old!.url}", new: "${fresh!.url}" }\ntracker: tracker.md\n`,
    'cases/a.yaml': 'suite: a\ncases: [ { id: one, request: { path: /one } } ]\n',
  });
  return cwd;
}

const same = ['{"a":1}', '{"a":1}'] as const;
const different = ['{"a":1}', '{"a":"1"}'] as const;

describe('parity gauntlet', () => {
  it.each([
    ['both phases are well', same, 'exit 0', 0, 'parity'],
    ['a check fails', same, 'exit 1', 1, 'parity'],
    ['the services diverge', different, 'exit 0', 1, 'divergent'],
  ])('runs all phases in one folder, where %s', async (_, answers, smoke, code, verdict) => {
    const cwd = await project(answers, smoke);
    const { exitCode, stdout } = await parity(['gauntlet'], { cwd });
    expect([exitCode, gauntletsIn(cwd).length, ledgersIn(cwd)]).toEqual([code, 1, []]);
    expect(stdout).toContain(smoke === 'exit 0' ? '--- 1 PASS / 0 FAIL ---' : '--- 0 PASS / 1 FAIL ---');
    const phase = JSON.parse(newest(cwd, 'parity.json'));
    const report: ReportDocument = JSON.parse(
      readFileSync(join(cwd, 'reports/gauntlet', gauntletsIn(cwd)[0]!, phase.report), 'utf8'),
    );
    expect(phase).toMatchObject({ verdict, run: report.run.id, findings: report.findings.length });
  });

  it('runs only the phase that is named', async () => {
    const cwd = await project(same, 'exit 0');
    const { exitCode, stdout } = await parity(['gauntlet', '--phase', 'smoke'], { cwd });
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/\nsmoke\nPASS d1 0s\n--- 1 PASS \/ 0 FAIL ---\n$/)]);
    expect(() => newest(cwd, 'parity.json')).toThrow('ENOENT');
  });

  it.each([
    ['a phase that nobody knows', ['--phase', 'smoek'], {}, 2, 'phases: smoke'],
    ['a phase that the file has not', ['--phase', 'parity'], { parity: undefined }, 2, 'has no such phase'],
    ['a configuration that is not there', [], { parity: { config: 'none.yaml' } }, 2, 'does not exist'],
    ['another action than up and down', ['upp'], {}, 2, 'is not up or down'],
  ])('starts nothing where the command line or a file is wrong: %s', async (_, args, gauntlet, code, words) => {
    const cwd = await project(same, 'touch made', gauntlet);
    const { exitCode, stderr } = await parity(['gauntlet', ...args], { cwd });
    expect([exitCode, stderr, gauntletsIn(cwd)]).toEqual([code, expect.stringContaining(words), []]);
  });

  it('holds what is new or undecided, ships a gap that is accepted, and what is mended', async () => {
    const cwd = await project(different, 'exit 0');
    const verdicts: string[] = [];
    const run = async () => {
      const { exitCode } = await parity(['gauntlet'], { cwd });
      verdicts.push(`${JSON.parse(newest(cwd, 'assessment.json')).verdict} ${exitCode}`);
    };
    await run();
    await run();
    const id = /P-[0-9A-F]{8}/.exec(readFileSync(join(cwd, 'tracker.md'), 'utf8'))![0];
    await parity(['tracker', 'accept', id, '--reason', 'clients cope'], { cwd });
    await run();
    const yaml = readFileSync(join(cwd, 'parity.yaml'), 'utf8');
    const mended = await serving(() => [200, different[0]]);
    writeFileSync(join(cwd, 'parity.yaml'), yaml.replace(/new: "[^"]+"/, `new: "${mended.url}"`));
    await run();
    expect(verdicts).toEqual(['hold 1', 'hold 1', 'ship-with-known-gap 0', 'ship 0']);
    expect(gauntletsIn(cwd).length).toBe(4);
    expect(JSON.parse(newest(cwd, 'assessment.json')).delta.closed).toContain(id);
  });

  it('counts nothing that it writes itself as a change of the project, in one go or phase by phase', async () => {
    const cwd = await project(different, 'exit 0');
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=n@localhost', ...args], { cwd, stdio: 'ignore' });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'one');
    await parity(['smoke'], { cwd });
    await parity(['gauntlet', '--phase', 'parity'], { cwd });
    const phases = await parity(['assess'], { cwd });
    const whole = await parity(['gauntlet'], { cwd });
    for (const { stdout } of [phases, whole]) {
      expect(stdout).toMatch(/\nHOLD\n {2}P-[0-9A-F]{8} is .*\n {2}reports/);
      expect(stdout).not.toContain('not judged');
    }
    expect(whole.stdout).toMatch(/\n {2}since \S+:\n {4}no change\n/);
  });

  it('offers parity to gates as a command where the machine has none', async () => {
    const gates = [{ id: 'G1', title: 'smokes', command: ['parity', 'smoke'] }];
    const cwd = await project(same, 'exit 0', { assess: { gates } });
    const { exitCode } = await parity(['gauntlet'], { cwd });
    const { verdict, gates: judged } = JSON.parse(
      readFileSync(join(cwd, 'reports/gauntlet', gauntletsIn(cwd)[0]!, 'assessment.json'), 'utf8'),
    );
    expect([exitCode, verdict, judged]).toEqual([0, 'ship', [{ id: 'G1', title: 'smokes', status: 'pass' }]]);
  });

  it('is inconclusive where there is nothing to judge, or a service does not start', async () => {
    const services = [{ name: 'web', shell: 'exit 9', ready: 'file:never' }];
    for (const gauntlet of [{ parity: undefined, smoke: [] }, { services }]) {
      const cwd = await project(same, 'touch made', gauntlet);
      const { exitCode } = await parity(['gauntlet'], { cwd });
      const { verdict, reasons } = JSON.parse(newest(cwd, 'assessment.json'));
      expect([exitCode, verdict]).toEqual([3, 'inconclusive']);
      expect(reasons.join()).toContain('services' in gauntlet ? 'exited with code 9' : 'names no check');
      expect([existsSync(join(cwd, 'made')), ledgersIn(cwd)]).toEqual([false, []]);
    }
  });

  it('is inconclusive where a target is down', async () => {
    const cwd = await project(same, 'exit 0', { parity: { config: 'down.yaml' } });
    const yaml = readFileSync(join(cwd, 'parity.yaml'), 'utf8');
    writeFileSync(join(cwd, 'down.yaml'), yaml.replace(/new: "[^"]+"/, 'new: "http://127.0.0.1:1"'));
    const { exitCode } = await parity(['gauntlet'], { cwd });
    expect([exitCode, JSON.parse(newest(cwd, 'parity.json')).verdict]).toEqual([3, 'inconclusive']);
  });
});
