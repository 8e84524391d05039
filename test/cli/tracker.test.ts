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
      /^\| +\| _open_ \| P-[0-9A-F]{8} \| +\| enum-external-vs-flat at `\/` \| POST \/v1\/validate \| go: /,
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
});
