import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, home, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

const hasTerminal = existsSync('/usr/bin/script');

/** A project with two open rows. */
async function project() {
  const [a, b] = [await serving(({ path }) => [200, `{"x":"${path}"}`]), await serving(() => [200, '{"x":"b"}'])];
  const cwd = await folder({
    'parity.yaml': `reference: a\ntargets: { a: '${a.url}', b: '${b.url}' }\ntracker: T.md\n`,
    'cases/s.yaml': 'cases:\n  - { id: one, request: { path: /one } }\n  - { id: two, request: { path: /two } }\n',
  });
  await parity(['run', '--noise', '0'], { cwd });
  return {
    cwd,
    rows: () =>
      readFileSync(join(cwd, 'T.md'), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('| P-')),
  };
}

/** What a review on a terminal says, where each answer is typed once the last text of the screen asks for it. */
function review(cwd: string, answers: readonly (readonly [question: string, answer: string])[], env = {}) {
  const command = `${process.execPath} ${join(home, 'dist/cli/main.js')} tracker review`;
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd, env: { ...process.env, TERM: 'dumb', ...env } });
  const left = [...answers];
  let [screen, from] = ['', 0];
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    for (let next = left[0]; next !== undefined && screen.includes(next[0], from); next = left[0]) {
      from = screen.indexOf(next[0], from) + next[0].length;
      child.stdin.write(next[1]);
      left.shift();
    }
  });
  return new Promise<{ exitCode: number | null; screen: string }>((resolve) =>
    child.on('close', (exitCode) => resolve({ exitCode, screen })),
  );
}

const choice = '[q]uit: ';

it.skipIf(!hasTerminal)(
  'a review accepts a row with reason, owner and last day, skips another, and says what it did',
  async () => {
    const { cwd, rows } = await project();
    const { exitCode, screen } = await review(cwd, [
      [choice, 'what\r'],
      [choice, 'a\r'],
      ['reason: ', 'agreed with mobile\r'],
      ['owner (empty for none): ', 'mia\r'],
      ['no last day): ', 'tomorrow\r'],
      ['no last day): ', '2099-12-31\r'],
      [choice, 's\r'],
    ]);
    expect(screen).toContain('1 of 2');
    expect(screen).toContain('tomorrow is not a date');
    expect([exitCode, screen]).toEqual([0, expect.stringContaining('accepted 1 of 2 open rows')]);
    expect(rows()[0]).toContain('| _accepted_ | agreed with mobile (owner mia, until 2099-12-31) |');
    expect(rows()[1]).toContain('| _open_ |');
  },
);

it.skipIf(!hasTerminal)(
  'a review opens the page of a row, refuses an empty reason, and ends when it is told to',
  async () => {
    const { cwd, rows } = await project();
    const before = rows();
    const { exitCode, screen } = await review(
      cwd,
      [
        [choice, 'o\r'],
        [choice, 'a\r'],
        ['reason: ', '\r'],
        [choice, 'q\r'],
      ],
      { BROWSER: 'true' },
    );
    const { id } = newestReport(cwd).findings[0]!;
    expect(screen).toContain(`report.html#${id}`);
    expect(screen).toContain('an acceptance needs a reason');
    expect([exitCode, rows()]).toEqual([0, before]);
  },
);

it.skipIf(!hasTerminal)('Ctrl-C ends a review, and what was decided stays', async () => {
  const { cwd, rows } = await project();
  const { exitCode } = await review(cwd, [
    [choice, 'a\r'],
    ['reason: ', 'agreed\r'],
    ['owner (empty for none): ', '\r'],
    ['no last day): ', '\r'],
    [choice, '\x03'],
  ]);
  expect([exitCode, rows()[0]]).toEqual([130, expect.stringContaining('| _accepted_ | agreed |')]);
});

it('without a terminal a review asks nobody: it says what to do', async () => {
  const { cwd } = await project();
  const { exitCode, stderr } = await parity(['tracker', 'review'], { cwd });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('try: parity tracker list --state open')]);
});
