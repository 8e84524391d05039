import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PhaseName, type PhaseResult, writePhase } from '../../../src/gauntlet/phase-results.ts';
import { parity } from '../command.ts';
import { assess, files, gate, passing, project, rewrite } from './assessed.ts';
import { gauntletsIn, newest } from './gauntlet.ts';

/** A folder of an earlier gauntlet that a phase left its result in. */
async function evidence<Name extends PhaseName>(cwd: string, name: Name, result: PhaseResult<Name>) {
  const dir = join(cwd, 'reports', 'gauntlet', '2026-01-01');
  mkdirSync(dir, { recursive: true });
  await writePhase(dir, name, result);
}

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=n@localhost', ...args], { cwd, stdio: 'ignore' });
}

describe('the verdict', () => {
  it('is inconclusive, exit code 3, where a phase left no evidence or nothing is asked for', async () => {
    const { exitCode, assessment } = await assess(await project({ smoke: [passing] }));
    expect([exitCode, assessment.verdict, assessment.reasons]).toEqual([
      3,
      'inconclusive',
      ['smoke was not judged: no evidence'],
    ]);
    expect(await assess(await project({}))).toMatchObject({ exitCode: 3, assessment: { verdict: 'inconclusive' } });
  });

  it('is to ship, exit code 0, where the smoke checks and the gates pass', async () => {
    const cwd = await project({ smoke: [passing], assess: gate('true') });
    await parity(['smoke'], { cwd });
    const { exitCode, stdout, assessment } = await assess(cwd);
    expect([exitCode, assessment.verdict]).toEqual([0, 'ship']);
    expect(assessment.phases).toEqual({ smoke: { pass: 1, fail: 0 }, review: null, parity: null });
    expect(stdout).toMatch(/^SHIP$/m);
    expect(readdirSync(join(cwd, 'reports/gauntlet', gauntletsIn(cwd).at(-1)!)).sort()).toEqual(
      [...files, 'assess', 'start.json'].sort(),
    );
  });

  it.each([
    ['fails', ['false'], 'exited with code 1'],
    ['ends by a signal', ['sh', '-c', 'kill -SEGV $$'], 'was ended by SIGSEGV'],
    ['cannot be started', ['./nowhere'], 'could not be started (ENOENT)'],
    ['hangs', ['sleep', '60'], 'was killed after 0.3 s'],
  ])('is to hold, exit code 1, where the command of a gate %s', async (_, command, how) => {
    const cwd = await project({ assess: { gates: [{ id: 'G1', title: 'guard', command, timeout: '300ms' }] } });
    const { exitCode, assessment } = await assess(cwd);
    expect([exitCode, assessment.verdict, assessment.reasons]).toEqual([1, 'hold', ['gate G1 fails: guard']]);
    expect(newest(cwd, 'acceptance-gates.md')).toContain(how);
    expect(newest(cwd, 'assess/1.log')).toContain(how);
  });

  it('is to hold where a smoke check failed, and is not judged by results of other checks', async () => {
    const cwd = await project({ smoke: [{ name: 'd1', command: ['false'] }] });
    await parity(['smoke'], { cwd });
    expect((await assess(cwd)).assessment).toMatchObject({ verdict: 'hold', reasons: ['smoke check d1 fails'] });
    rewrite(cwd, 'gauntlet.yaml', { smoke: [passing, { name: 'd2', command: ['true'] }] });
    expect((await assess(cwd)).assessment.reasons).toContain(
      'smoke was not judged: there are results of 1 checks, and gauntlet.yaml has 2',
    );
  });

  it('is to hold where two lineages say BLOCK at a location, until it is dismissed, and inconclusive below the quorum', async () => {
    const review = (dismiss: readonly object[]) => ({
      review: {
        ...{ diff: 'change.diff', bundles: { all: ['**'] }, dismiss },
        reviewers: [{ name: 'a', lineage: 'a', model: 'm', url: 'http://127.0.0.1:1/' }],
      },
    });
    const bundles = [{ name: 'all', convergent: 1, distinct: 4 }];
    const cwd = await project(review([]));
    await evidence(cwd, 'review', { bundles, blocked: ['src/a.go:17'], hasQuorum: true });
    expect(await assess(cwd)).toMatchObject({
      exitCode: 1,
      assessment: { verdict: 'hold', phases: { review: { bundles } } },
    });
    rewrite(cwd, 'gauntlet.yaml', review([{ where: 'src/a.go:17', reason: 'is a test' }]));
    expect(await assess(cwd)).toMatchObject({ exitCode: 0, assessment: { verdict: 'ship' } });
    const other = await project(review([]));
    await evidence(other, 'review', { bundles, blocked: [], hasQuorum: false });
    expect(await assess(other)).toMatchObject({ exitCode: 3, assessment: { verdict: 'inconclusive' } });
  });

  it('is to hold for open risks and unproved claims only where the assessment is strict', async () => {
    const registers = { risks: 'risks.yaml', claims: 'claims.yaml', ...gate('true') };
    const cwd = await project(
      { assess: registers },
      {
        'risks.yaml': JSON.stringify([{ id: 'R-001', severity: 'CRITICAL', title: 'loses data' }]),
        'claims.yaml': JSON.stringify([{ claim: 'it answers' }]),
      },
    );
    expect(await assess(cwd)).toMatchObject({ exitCode: 0, assessment: { verdict: 'ship' } });
    rewrite(cwd, 'gauntlet.yaml', { assess: { ...registers, strict: true } });
    const { exitCode, assessment } = await assess(cwd);
    expect([exitCode, assessment.reasons.length]).toEqual([1, 2]);
  });
});

describe('a project that changes', () => {
  const repository = async (gauntlet: object) => {
    const cwd = await project(gauntlet, { 'src/a.go': 'a\n' });
    git(cwd, 'init', '-q');
    git(cwd, 'add', '-A');
    git(cwd, 'commit', '-qm', 'first');
    return cwd;
  };

  it.each([
    ['changes a file', 'echo b >> src/a.go', 'src/a.go changed'],
    ['adds a file', 'echo b > src/b.go', 'src/b.go changed'],
    ['commits', 'git -c user.name=n -c user.email=n@localhost commit -qm second --allow-empty', 'became'],
  ])('during the gauntlet is not judged: a command that %s', async (_, line, reason) => {
    const { exitCode, assessment } = await assess(await repository({ assess: gate('sh', '-c', line) }));
    expect([exitCode, assessment.verdict]).toEqual([3, 'inconclusive']);
    expect(assessment.reasons.join()).toContain(reason);
  });

  it('after a phase is not judged by the evidence of that phase; reports are no change', async () => {
    const cwd = await repository({ smoke: [passing] });
    await parity(['smoke'], { cwd });
    const first = await assess(cwd);
    expect([first.exitCode, first.assessment.made.commit]).toEqual([0, expect.stringMatching(/^[0-9a-f]{40}$/)]);
    rewrite(cwd, 'src/a.go', 'changed');
    const { exitCode, assessment } = await assess(cwd);
    expect([exitCode, assessment.reasons]).toEqual([
      3,
      ['smoke was not judged: its evidence is of another state of the project; run it again'],
    ]);
  });

  it('is judged without the results of phases that gauntlet.yaml no longer has', async () => {
    const cwd = await repository({ smoke: [passing] });
    await parity(['smoke'], { cwd });
    rewrite(cwd, 'gauntlet.yaml', { assess: gate('true') });
    expect(await assess(cwd)).toMatchObject({ exitCode: 0, assessment: { verdict: 'ship', phases: { smoke: null } } });
  });

  it('and a phase that was begun again and not finished is not judged by what it left before', async () => {
    const cwd = await project({ smoke: [{ name: 'd1', shell: 'test ! -f hang || sleep 60' }] });
    await parity(['smoke'], { cwd });
    rewrite(cwd, 'hang', '');
    await parity(['smoke'], { cwd, timeout: 1500 });
    expect(await assess(cwd)).toMatchObject({
      exitCode: 3,
      assessment: { reasons: ['smoke was not judged: no evidence'] },
    });
  });
});
