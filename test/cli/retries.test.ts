import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

/** A service that answers with the next text each time, and with the last one from then on. */
const inTurn = (...texts: string[]) =>
  serving((_, all) => [200, texts[Math.min(all.length, texts.length) - 1]!, { 'content-type': 'text/plain' }]);

const post = 'cases: [{ id: a, request: { method: POST, path: /a } }]\n';
const get = post.replace('POST', 'GET');

it.each([
  { why: 'a case that matches at once is sent once', turns: ['x'], file: get, outcome: 'match', code: 0, asked: 1 },
  { why: 'one that matches later is flaky', turns: ['y', 'y', 'x'], file: get, outcome: 'flaky', code: 3, asked: 3 },
  { why: 'one that never matches diverges', turns: ['y'], file: get, outcome: 'divergent', code: 1, asked: 4 },
  {
    why: 'a case that may not be repeated is not',
    turns: ['y', 'x'],
    file: post,
    outcome: 'divergent',
    code: 1,
    asked: 1,
  },
])('$why', async ({ turns, file, outcome, code, asked }) => {
  const [a, b] = [await inTurn('x'), await inTurn(...turns)];
  const cwd = await folder({ 'cases/s.yaml': file });
  const targets = ['--target', `a=${a.url}`, '--target', `b=${b.url}`];
  const ended = await parity(['run', ...targets, '--no-tracker', '--noise', '0', '--retries', '3'], { cwd });
  const report = newestReport(cwd);
  expect([report.cases[0]?.outcome, ended.exitCode, b.asked.length]).toEqual([outcome, code, asked]);
  expect(report.verdict === 'parity').toBe(outcome === 'match');
  expect(report.findings.length).toBe(outcome === 'divergent' ? 1 : 0);
});

it('says what it takes', async () => {
  const ended = await parity(['run', '--retries', 'many'], { cwd: await folder({ 'cases/s.yaml': get }) });
  expect(ended.exitCode).toBe(2);
});
