import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';

/** A tracker as a person keeps it: prose around, columns of their own, another order, CRLF, a byte-order mark, no final newline. */
const before = [
  '\uFEFF# Decisions',
  '',
  'Text before,\twith a tab and trailing spaces.   ',
  '',
  '<!-- parity:tracker -->',
  '',
  '| Owner | Status | ID | Ticket | Divergence | Route | Candidate | Reference | Cases | Last seen | First seen | Decision |',
  '|:--|:-:|---|--:|---|---|---|---|---|---|---|---|',
  '| Ada  | decided  | D-1 | [T-1](https://example.org/1) | old row | | | | | | | keep \\| as is |',
].join('\r\n');
const after = ['', '', '## After', '', '| ID | not ours |', '|---|---|', '| P-00000000 | _open_ |', '', 'The end'].join(
  '\r\n',
);

describe('a tracker written by hand', () => {
  it('comes back with every foreign byte as it was', async () => {
    const cwd = await folder({ 'tracker.md': before + after });
    await parity(['demo', 'validate', '--tracker', 'tracker.md'], { cwd });
    const text = readFileSync(join(cwd, 'tracker.md'), 'utf8');
    expect(text.startsWith(before)).toBe(true);
    expect(text.endsWith(after)).toBe(true);
    const added = text
      .slice(before.length, text.length - after.length)
      .split('\r\n')
      .filter((line) => line !== '');
    expect(added).toHaveLength(1);
    expect(added[0]).toMatch(
      /^\| +\| _open_ \| P-[0-9A-F]{8} \| +\| enum-external-vs-flat at `\/`: [^|]+ \| POST \/v1\/validate \| go: /,
    );
  });

  it('gives an accepted row its say: the finding fails nothing more', async () => {
    const cwd = await folder();
    await parity(['demo', 'validate', '--tracker', 'tracker.md'], { cwd });
    const file = join(cwd, 'tracker.md');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(
      file,
      readFileSync(file, 'utf8')
        .replace('_open_', 'accepted')
        .replace(/ \|\n$/, ' agreed with mobile |\n'),
    );
    const ended = await parity(['demo', 'validate', '--tracker', 'tracker.md'], { cwd });
    expect(ended.stdout).toContain('would end with exit code 0');
    const report = newestReport(cwd);
    expect(report.findings[0]?.state).toBe('accepted');
    expect(report.counts).toMatchObject({ accepted: 5, divergent: 0, match: 1 });
  });

  it('is listed by parity tracker list', async () => {
    const cwd = await folder();
    await parity(['demo', 'validate', '--tracker', 'tracker.md'], { cwd });
    const listed = await parity(['tracker', 'list', '--tracker', 'tracker.md'], { cwd });
    expect([listed.exitCode, listed.stdout.trim().split('\n').length]).toEqual([0, 1]);
    expect(listed.stdout).toMatch(/^P-[0-9A-F]{8} +open +POST \/v1\/validate +enum-external-vs-flat/);
    const json = await parity(['tracker', 'list', '--tracker', 'tracker.md', '--state', 'fixed', '--json'], { cwd });
    expect(JSON.parse(json.stdout)).toEqual([]);
  });

  it('with conflict markers is left alone: exit 4, results kept', async () => {
    const text =
      '<!-- parity:tracker -->\n\n| ID | Status |\n|---|---|\n<<<<<<< ours\n| P-1 | _open_ |\n=======\n>>>>>>> theirs\n';
    const cwd = await folder({ 'tracker.md': text });
    const ended = await parity(['demo', 'validate', '--tracker', 'tracker.md'], { cwd });
    expect(ended.exitCode).toBe(4);
    expect(ended.stdout).toContain('line 5');
    expect(readFileSync(join(cwd, 'tracker.md'), 'utf8')).toBe(text);
    expect(newestReport(cwd).counts.divergent).toBe(5);
  });

  it('whose accepted divergence is gone is reported, and fails under --strict', async () => {
    const cwd = await folder();
    const demo = (...more: string[]) => parity(['demo', 'validate', '--tracker', 'tracker.md', ...more], { cwd });
    await demo();
    const id = newestReport(cwd).findings[0]!.id;
    await parity(['tracker', 'accept', id, '--tracker', 'tracker.md', '--reason', 'agreed'], { cwd });
    expect((await demo('--strict')).stdout).toContain('would end with exit code 0');
    const gone = await demo('--serde-errors');
    expect(gone.stdout).toContain(`${id} is accepted but gone`);
    expect(gone.stdout).toContain('would end with exit code 0');
    expect((await demo('--serde-errors', '--strict')).stdout).toContain('would end with exit code 1');
    expect(readFileSync(join(cwd, 'tracker.md'), 'utf8')).toContain(`| ${id} | _accepted_ |`);
  });

  it('prints the command that accepts a finding, which works before any run was allowed to write', async () => {
    const cwd = await folder();
    const args = ['demo', 'validate', '--tracker', 'docs/the tracker.md'];
    const ended = await parity(args, { cwd, env: { CI: 'true' } });
    const id = newestReport(cwd).findings[0]!.id;
    expect(ended.stdout).toContain(`The tracker was not written: 1 row would be added (${id})`);
    expect(ended.stdout).toContain('would end with exit code 1');
    expect(ended.stdout).toContain(`parity tracker accept ${id} --tracker 'docs/the tracker.md' --reason "…"`);
    const accept = ['tracker', 'accept', id, '--tracker', 'docs/the tracker.md', '--reason', 'agreed'];
    const accepted = await parity([...accept, '--owner', 'mia', '--until', '2099-12-31'], { cwd, env: { CI: 'true' } });
    expect(accepted.stdout).toBe(`${id} is accepted until 2099-12-31\n`);
    const again = await parity(args, { cwd, env: { CI: 'true' } });
    expect(again.stdout).toContain('would end with exit code 0');
    expect(again.stdout).toContain('decision: agreed (owner mia, until 2099-12-31)');
  });

  it.each([
    ['a day that is over', '2020-01-01', 'is over'],
    ['an invalid day', '31.12.2099', 'is not a date'],
  ])('takes no acceptance until %s', async (_why, until, message) => {
    const cwd = await folder();
    const args = ['tracker', 'accept', 'P-3F2A9C1D', '--tracker', 'tracker.md', '--reason', 'x', '--until', until];
    const { exitCode, stderr } = await parity(args, { cwd });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('is listed by state, route and class', async () => {
    const cwd = await folder();
    await parity(['demo', '--tracker', 'tracker.md'], { cwd });
    const list = async (...more: string[]) => {
      const { stdout } = await parity(['tracker', 'list', '--tracker', 'tracker.md', '--json', ...more], { cwd });
      return JSON.parse(stdout) as { route: string; divergence: string }[];
    };
    const [all, routes, classes] = [
      await list(),
      await list('--route', '/V1/VALIDATE'),
      await list('--class', 'nil-slice-null'),
    ];
    expect(all.length).toBeGreaterThan(10);
    expect(JSON.stringify(all)).not.toContain('<!--');
    expect(routes.map(({ route }) => route)).toEqual(['POST /v1/validate']);
    expect(classes.map(({ divergence }) => divergence)).toEqual(['nil-slice-null at /objects']);
    expect(await list('--state', 'fixed')).toEqual([]);
  });

  it('is unlocked by force only while its holder may be at work', async () => {
    const lock = JSON.stringify({ token: 't', pid: 1, host: 'elsewhere', startedAt: '2026-11-21T00:00:00Z' });
    const cwd = await folder({ 'tracker.md': '', '.tracker.md.lock': lock });
    const unlock = (...more: string[]) => parity(['tracker', 'unlock', '--tracker', 'tracker.md', ...more], { cwd });
    expect(await unlock()).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('by process 1 on elsewhere') });
    expect(await unlock('--force')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('is unlocked') });
    expect(await unlock()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('is not locked') });
  });
});
