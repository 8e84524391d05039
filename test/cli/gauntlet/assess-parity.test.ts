import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linksIn } from '../../gauntlet/assess/links.ts';
import { parity } from '../command.ts';
import { assess, project, rewrite } from './assessed.ts';
import { gauntletsIn, newest } from './gauntlet.ts';

describe('the parity run', () => {
  const caseFile = `suite: s
cases:
  - { id: a, safe: true, request: { method: GET, path: /a } }
  - { id: b, safe: true, request: { method: GET, path: /a } }
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
    expect(first.assessment.phases.parity).toMatchObject({
      ...{ verdict: 'divergent', findings: 1 },
      suites: ['s, new: 2/2 status codes match · 2/2 body shapes diverge'],
      report: expect.stringMatching(/^\.\.\/\.\.\/[^/]+\/report\.html$/),
    });
    expect(newest(cwd, 'assessment.md')).toMatch(/full report, where it ran: `\.\.\/\.\.\/[^/]+\/report\.html`/);
    expect(newest(cwd, 'parity-report.md')).toBe(readFileSync(join(cwd, 'reports/latest/report.md'), 'utf8'));
    const here = join(cwd, 'reports/gauntlet', gauntletsIn(cwd)[0]!);
    const links = linksIn(here);
    expect(links.filter(([, target]) => target === 'parity-report.md').map(([file]) => file)).toEqual([
      ...['assessment.html', 'assessment.md'],
    ]);
    expect(links.filter(([, target]) => !existsSync(join(here, target)) || target.startsWith('..'))).toEqual([]);

    await run();
    const second = await assess(cwd);
    expect(second.assessment.reasons).toEqual([
      expect.stringMatching(/^P-\w+ is breaking, not accepted, and has nothing under Decision: /),
    ]);

    const tracker = readFileSync(join(cwd, 'TRACKER.md'), 'utf8');
    await run('s/a');
    expect((await assess(cwd)).assessment.reasons).toContain('parity was not judged: the run sent 1 of 2 cases');
    await run();
    rewrite(cwd, 'TRACKER.md', tracker.replace(new RegExp(`(\\| ${id} \\| \\S+ \\|) \\|`), '$1 fixed in 2.0 |'));
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
