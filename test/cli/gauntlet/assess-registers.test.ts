import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assess, files, gate, passing, project, rewrite } from './assessed.ts';
import { gauntletsIn, newest } from './gauntlet.ts';

/** All files below a folder, with their bytes. */
function bytesIn(dir: string): Record<string, string> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(dir, path)).isFile(),
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(dir, path), 'base64')]));
}

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
    expect(stdout).toContain('    closed: R-001\n    partial: R-002\n    new: R-004\n    not listed any more: R-003\n');
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
