import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wholeTracker } from '../whole-tracker.ts';
import { folder, home, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

/** A library of which `s/bad` alone has the mark in what is answered to it; three cases diverge and one matches. */
async function library(): Promise<string> {
  const answer = (name: string) => async (path: string) => {
    const mark = path.startsWith('/bad') ? '"mark":"BROKEN",' : '';
    return path === '/same' ? '{"n":1}' : `{${mark}"${name === 'a' ? 'user_id' : 'userId'}":"x1"}`;
  };
  const [a, b] = await Promise.all(
    ['a', 'b'].map((name) => serving(async ({ path }) => [200, await answer(name)(path)])),
  );
  const cases = ['bad', 'one', 'two', 'same'].map((id) => ({ id, request: { path: `/${id}` } }));
  return folder({
    'cases/s.json': JSON.stringify({ suite: 's', cases }),
    'parity.yaml': `targets:\n  a: ${a!.url}\n  b: ${b!.url}\ntracker: T.md\n`,
  });
}

const formats = ['--reporter', 'terminal,json,md,html,junit'];

/** Runs the command line that is not bundled, with a fault planted in `FILE FUNCTION MARK`. */
function faulty(fault: string, cwd: string, args = ['run', ...formats]) {
  return parity(args, {
    cwd,
    env: { PLANTED_FAULT: fault, NODE_OPTIONS: `--import=${join(home, 'test/cli/planted-fault.mjs')}` },
    entry: 'dist/lib/cli/main.js',
  });
}

const outcomes = (cwd: string) =>
  Object.fromEntries(newestReport(cwd).cases.map(({ id, outcome, reason }) => [id, reason ?? outcome]));

const rest = { 's/one': 'divergent', 's/two': 'divergent', 's/same': 'match' };

describe('an internal fault that concerns one case', () => {
  it.each([
    ['the comparison', 'compare/compare-case compareCase BROKEN'],
    ['what is taken for noise', 'noise/subtract-noise isSteady BROKEN'],
    ['the record', 'run/recording/recorded recordCase BROKEN'],
    ['the outline of what diverges', 'findings/outline outlineOf BROKEN'],
    ['the recognition of behaviours', 'drift/recognise recognise BROKEN'],
    ['the forms of headers', 'findings/forms formsOf BROKEN'],
  ])('costs that case alone where it is in %s.', async (_, fault) => {
    const cwd = await library();
    const { exitCode, stderr } = await faulty(fault, cwd);
    expect([exitCode, outcomes(cwd)]).toEqual([70, { ...rest, 's/bad': 'internal' }]);
    expect(stderr).toContain('error[PX7000] parity has a bug: ');
    const report = newestReport(cwd);
    expect(report.cases.find(({ id }) => id === 's/bad')?.message).toContain('parity has a bug');
    expect(report.exitCode).toBe(70);
    expect(report.findings.map(({ cases }) => cases)).toEqual([['s/one', 's/two']]);
    expect(wholeTracker(join(cwd, 'T.md'))).toContain(report.findings[0]!.id);
  });

  it('costs the cases of its route where it is in the explanation of bodies.', async () => {
    const cwd = await library();
    expect((await faulty('drift/engine/proof prove BROKEN', cwd)).exitCode).toBe(70);
    expect(outcomes(cwd)).toEqual({ ...rest, 's/bad': 'internal' });
  });

  it('closes no row of the tracker.', async () => {
    const cwd = await library();
    await parity(['run'], { cwd });
    // What the row keeps for itself of this run's fewer cases is in a comment.
    const rows = () => wholeTracker(join(cwd, 'T.md')).replaceAll(/ <!-- shown: .*? -->/g, '');
    const before = rows();
    await faulty('drift/recognise recognise BROKEN', cwd);
    expect(rows()).toBe(before);
  });
});

describe('an internal fault that concerns no case', () => {
  const all = { ...rest, 's/bad': 'divergent' };

  it.each([
    ['the self-check', 'assurance/self-check selfCheck'],
    ['the notes of a case', 'run/warnings/generated-values generatedValueIn'],
    ['the tracker', 'tracker/update updateTracker'],
    ['the accepted shape of a finding', 'tracker/rows/accepted-shape pinOf'],
  ])('changes no outcome where it is in %s.', async (_, fault) => {
    const cwd = await library();
    const { exitCode, stderr } = await faulty(fault, cwd);
    expect([exitCode, outcomes(cwd)]).toEqual([70, all]);
    expect(stderr).toContain('planted in');
    expect(newestReport(cwd).notes.join()).toContain('parity has a bug');
  });

  it('is said by the evidence of the run where it is in the self-check.', async () => {
    const cwd = await library();
    const { stdout } = await faulty('assurance/self-check selfCheck', cwd);
    expect(stdout.replace(/\s+/g, ' ')).toContain('self-check and coverage: not available; a bug of parity');
  });

  it.each([
    ['report/html/page renderHtml', ['report.md', 'report.json', 'junit.xml']],
    ['report/text/markdown renderMarkdown', ['report.html', 'report.json', 'junit.xml']],
    ['report/text/junit junitParts', ['report.html', 'report.json', 'report.md']],
    ['report/document/json-parts jsonParts', ['report.html', 'report.md', 'junit.xml']],
  ])('costs one report where it is in %s.', async (fault, written) => {
    const cwd = await library();
    const { exitCode, stdout } = await faulty(fault, cwd);
    expect([exitCode, stdout]).toEqual([70, expect.stringContaining('DIVERGENT')]);
    for (const file of written) expect(readFileSync(join(cwd, 'reports/latest', file), 'utf8')).not.toBe('');
    const again = await faulty(fault, cwd, ['report', 'latest', ...formats]);
    expect(again.exitCode).toBe(70);
  });
});
