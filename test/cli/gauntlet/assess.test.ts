import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Assessment, assessmentSchema } from '../../../src/gauntlet/assess/assessment.ts';
import { type PhaseName, type PhaseResult, writePhase } from '../../../src/gauntlet/phase-results.ts';
import { type Ended, folder, parity } from '../command.ts';
import { gauntletsIn, newest } from './gauntlet.ts';

const files = [
  ...['acceptance-gates.md', 'assessment.html', 'assessment.json', 'assessment.md', 'backlog.md'],
  ...['claim-coverage.md', 'delta.md', 'risk-register.md'],
];
const passing = { name: 'd1', command: ['true'] };
const gate = (...command: string[]) => ({ gates: [{ id: 'G1', title: 'guard', command, timeout: '20s' }] });

/** A folder with this gauntlet.yaml and these files. */
const project = (gauntlet: object, more: Record<string, string> = {}) =>
  folder({ 'gauntlet.yaml': JSON.stringify(gauntlet), ...more });

function rewrite(cwd: string, name: string, value: unknown): void {
  writeFileSync(join(cwd, name), typeof value === 'string' ? value : JSON.stringify(value));
}

/** A folder of an earlier gauntlet that a phase left its result in. */
async function evidence<Name extends PhaseName>(cwd: string, name: Name, result: PhaseResult<Name>) {
  const dir = join(cwd, 'reports', 'gauntlet', '2026-01-01');
  mkdirSync(dir, { recursive: true });
  await writePhase(dir, name, result);
}

interface Assessed extends Ended {
  readonly assessment: Assessment;
}

async function assess(cwd: string, env: Record<string, string> = {}, args: readonly string[] = []): Promise<Assessed> {
  const ended = await parity(['assess', ...args], { cwd, env });
  return { ...ended, assessment: assessmentSchema.parse(JSON.parse(newest(cwd, 'assessment.json'))) };
}

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=n@localhost', ...args], { cwd, stdio: 'ignore' });
}

/** All files below a folder, with their bytes. */
function bytesIn(dir: string): Record<string, string> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(dir, path)).isFile(),
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(dir, path), 'base64')]));
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

describe('the registers', () => {
  const registers = { risks: 'risks.yaml', claims: 'claims.yaml' };
  const scorecard = [
    {
      dimension: 'Reproducibility',
      checks: [
        { command: ['test', '-f', 'built'], points: 6 },
        { file: '.ci/run', points: 3.5 },
      ],
    },
  ];
  const risks = [
    {
      id: 'R-001',
      severity: 'HIGH',
      title: 'one',
      evidence: 'src/a.go:2',
      closedBy: { command: ['test', '-f', 'built'] },
    },
    { id: 'R-002', severity: 'LOW', title: 'two', evidence: 'src/a.go:9', closedBy: ['src/a.go:3', 'src/a.go:4'] },
    { id: 'R-003', severity: 'CRITICAL', title: 'three' },
  ];
  const claims = [
    { claim: 'cited', test: 'src/a.go:3', risk: 'R-001' },
    { claim: 'beyond the end', test: 'src/a.go:4' },
    { claim: 'line nought', test: 'src/a.go:0' },
    { claim: 'a folder', test: 'src:1' },
    { claim: 'no such file', test: 'src/b.go:1' },
    { claim: 'run', test: { command: ['true'] } },
    { claim: 'refuted', test: { command: ['false'] }, risk: 'R-001' },
    { claim: 'cannot be run', test: { command: ['./nowhere'] } },
    { claim: 'alone' },
  ];
  const start = () =>
    project(
      { assess: { scorecard, ...registers, ...gate('true') } },
      { 'src/a.go': 'a\nb\nc\n', 'risks.yaml': JSON.stringify(risks), 'claims.yaml': JSON.stringify(claims) },
    );

  it('hold what commands and citations show, and the backlog what is open, the gravest first', async () => {
    const { assessment } = await assess(await start());
    expect(assessment.scorecard).toMatchObject([{ dimension: 'Reproducibility', score: 0, of: 10 }]);
    expect(assessment.risks.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'R-001 open',
      'R-002 partial',
      'R-003 open',
    ]);
    expect(Object.fromEntries(assessment.claims.map(({ claim, status }) => [claim, status]))).toEqual({
      cited: 'held',
      'beyond the end': 'missing evidence',
      'line nought': 'missing evidence',
      'a folder': 'missing evidence',
      'no such file': 'missing evidence',
      run: 'held',
      refuted: 'failed',
      'cannot be run': 'missing evidence',
      alone: 'missing evidence',
    });
    expect(assessment.backlog.map(({ severity }) => severity)).toEqual([
      ...['CRITICAL', 'HIGH', 'HIGH'],
      ...Array<string>(7).fill('LOW'),
    ]);
    expect(assessment.backlog[1]).toEqual({
      ...{ id: 'R-001', kind: 'risk', severity: 'HIGH', title: 'one', gate: 'test -f built' },
    });
  });

  it('are compared with the last gauntlet: what closed, what is partial, new and reopened, scores from and to', async () => {
    const cwd = await start();
    const { assessment: first } = await assess(cwd);
    expect(first.delta).toMatchObject({ since: null, closed: [], partial: ['R-002'], reopened: [] });
    expect(first.delta.new).toContain('R-001');
    rewrite(cwd, 'built', '');
    rewrite(cwd, 'risks.yaml', [...risks.slice(0, 2), { id: 'R-004', severity: 'INFO', title: 'four' }]);
    const { assessment: second, stdout } = await assess(cwd);
    expect(second.delta).toEqual({
      since: gauntletsIn(cwd)[0],
      scores: [{ dimension: 'Reproducibility', from: 0, to: 6 }],
      ...{ closed: ['R-001'], partial: ['R-002'], new: ['R-004'], reopened: [], left: ['R-003'] },
    });
    expect(stdout).toContain('Reproducibility: 6/10 (was 0)');
    rewrite(cwd, 'built2', '');
    execFileSync('rm', ['built'], { cwd });
    const { assessment: third } = await assess(cwd);
    expect(third.delta).toMatchObject({ reopened: ['R-001'], new: [], scores: [{ from: 6, to: 0 }] });
    expect(newest(cwd, 'delta.md')).toContain('- R-001');
  });

  it('never write over the folder of an earlier gauntlet, and leave out one that cannot be read', async () => {
    const cwd = await start();
    await assess(cwd);
    const dir = join(cwd, 'reports/gauntlet', gauntletsIn(cwd)[0]!);
    writeFileSync(join(dir, 'assessment.json'), '{"schema":"parity-assessment/1","verdict":"ship"}');
    const before = bytesIn(dir);
    const { assessment } = await assess(cwd);
    await assess(cwd);
    expect(bytesIn(dir)).toEqual(before);
    expect(assessment.delta.since).toBeNull();
    expect(assessment.reasons.join()).toContain(`assessment.json of ${gauntletsIn(cwd)[0]} cannot be read`);
  });

  it('run a command once that several of them name', async () => {
    const command = ['sh', '-c', 'echo run >> count'];
    const cwd = await project(
      {
        assess: {
          ...gate(...command),
          ...registers,
          scorecard: [{ dimension: 'D', checks: [{ command, points: 1 }] }],
        },
      },
      {
        'risks.yaml': JSON.stringify([{ id: 'R-001', severity: 'LOW', title: 'one', closedBy: { command } }]),
        'claims.yaml': JSON.stringify([{ claim: 'it runs', test: { command } }]),
      },
    );
    expect((await assess(cwd)).assessment).toMatchObject({
      risks: [{ status: 'closed' }],
      claims: [{ status: 'held' }],
    });
    expect(readFileSync(join(cwd, 'count'), 'utf8')).toBe('run\n');
  });

  it('show what people wrote as text, in every file and on the terminal, and no secret', async () => {
    const hostile =
      'a | b <img src=x onerror=alert(1)> [x](javascript:1) \u001b[31m \u202e @all ::error:: k3y-0f-the-h0use';
    const cwd = await project(
      {
        smoke: [{ ...passing, env: { API_KEY: '$' + '{API_KEY}' } }],
        assess: {
          ...registers,
          gates: [{ id: 'G1', title: hostile, command: ['sh', '-c', 'echo "$API_KEY"; exit 1'] }],
        },
      },
      {
        'risks.yaml': JSON.stringify([{ id: 'R-001', severity: 'HIGH', title: hostile }]),
        'claims.yaml': JSON.stringify([{ claim: hostile }]),
        'keys.env': 'API_KEY=k3y-0f-the-h0use\n',
      },
    );
    const { stdout } = await assess(cwd, { API_KEY: 'k3y-0f-the-h0use' }, ['--secrets', 'keys.env']);
    const texts = [...files, 'assess/1.log'].map((name) => newest(cwd, name));
    expect([stdout, ...texts].filter((text) => /[\u001b\u202e]|k3y-0f/.test(text))).toEqual([]);
    const markdown = texts.filter((_, at) => files[at]?.endsWith('.md'));
    expect(markdown.filter((text) => /[^\\]<img|[^\\]\]\(javascript|a \| b/.test(text))).toEqual([]);
    expect(newest(cwd, 'assessment.html')).not.toMatch(/<img|<script|javascript:1"/);
    expect(stdout).not.toMatch(/^\s*::/m);
  });
});

describe('the parity run', () => {
  const caseFile = `suite: s
cases:
  - { id: a, safe: true, request: { method: GET, path: /a } }
`;
  /** Two servers of which the second can be changed. */
  async function pair() {
    const bodies = ['{"name":"x","size":1}', '{"name":"x"}'];
    const servers = bodies.map((_, at) =>
      createServer((_request, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(bodies[at]);
      }),
    );
    const urls = await Promise.all(servers.map(listen));
    const yaml = `reference: old
targets: { old: "${urls[0]}", new: "${urls[1]}" }
cases: [cases]
tracker: TRACKER.md
`;
    const cwd = await project({ parity: {} }, { 'parity.yaml': yaml, 'cases/s.yaml': caseFile });
    return {
      cwd,
      answer(body: string) {
        bodies[1] = body;
      },
      run: (...args: string[]) => parity(['run', '--update-tracker', ...args], { cwd }),
      close: () => servers.map((server) => server.close()),
    };
  }

  function listen(server: Server): Promise<string> {
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    });
  }

  it('holds for a new divergence and an undecided breaking one, ships with a decided one, ships with none, and holds when it is back', async () => {
    const { cwd, answer, run, close } = await pair();
    await run();
    const first = await assess(cwd);
    const [id = ''] = first.assessment.gaps.map((gap) => gap.id);
    expect([first.exitCode, first.assessment.verdict]).toEqual([1, 'hold']);
    expect(first.assessment.reasons[0]).toMatch(/^P-\w+ is new: /);
    expect(first.assessment.phases.parity).toMatchObject({ verdict: 'divergent', findings: 1 });

    await run();
    const second = await assess(cwd);
    expect(second.assessment.reasons).toEqual([
      expect.stringMatching(/^P-\w+ is breaking, not accepted, and has nothing under Decision: /),
    ]);

    const tracker = readFileSync(join(cwd, 'TRACKER.md'), 'utf8');
    rewrite(cwd, 'TRACKER.md', tracker.replace(new RegExp(`(\\| ${id} .*\\|) \\|$`, 'm'), '$1 fixed in 2.0 |'));
    const third = await assess(cwd);
    expect([third.exitCode, third.assessment.verdict]).toEqual([0, 'ship-with-known-gap']);
    expect(third.assessment.gaps).toMatchObject([{ id, state: 'open', decision: 'fixed in 2.0' }]);

    answer('{"name":"x","size":1}');
    await run();
    const fourth = await assess(cwd);
    expect([fourth.exitCode, fourth.assessment.verdict]).toEqual([0, 'ship']);
    expect(fourth.assessment.delta).toMatchObject({ closed: [id], new: [] });

    answer('{"name":"x"}');
    await run();
    const fifth = await assess(cwd);
    expect([fifth.exitCode, fifth.assessment.reasons[0]]).toEqual([1, expect.stringMatching(/^P-\w+ is reopened: /)]);
    expect(fifth.assessment.delta).toMatchObject({ reopened: [id] });
    close();
  });

  it('is not judged where it is missing, without a tracker holds, and closes nothing where a target is down', async () => {
    const { cwd, run, close } = await pair();
    expect(await assess(cwd)).toMatchObject({
      exitCode: 3,
      assessment: { reasons: ['parity was not judged: no evidence'] },
    });
    await run();
    execFileSync('rm', ['TRACKER.md'], { cwd });
    expect((await assess(cwd)).assessment.reasons[0]).toMatch(/ is new: /);
    close();
    await run();
    const { exitCode, assessment } = await assess(cwd);
    expect([exitCode, assessment.verdict, assessment.delta.closed]).toEqual([3, 'inconclusive', []]);
  });
});
