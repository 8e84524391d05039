import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections();
});

/** A server that answers with the next text each time, and with the last one from then on. */
async function answeringInTurn(...texts: string[]): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((_, response) => {
    const text = texts[Math.min(asked, texts.length - 1)] ?? '';
    asked += 1;
    if (text === 'reset') response.destroy();
    else response.end(text);
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

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
  const [a, b] = [await answeringInTurn('x'), await answeringInTurn(...turns)];
  const cwd = await folder({ 'cases/s.yaml': file });
  const targets = ['--target', `a=${a.url}`, '--target', `b=${b.url}`];
  const ended = await parity(['run', ...targets, '--no-tracker', '--noise', '0', '--retries', '3'], { cwd });
  const report = newestReport(cwd);
  expect([report.cases[0]?.outcome, ended.exitCode, b.asked()]).toEqual([outcome, code, asked]);
  expect(report.verdict === 'parity').toBe(outcome === 'match');
  expect(report.findings.length).toBe(outcome === 'divergent' ? 1 : 0);
});

it('says what it takes', async () => {
  const ended = await parity(['run', '--retries', 'many'], { cwd: await folder({ 'cases/s.yaml': get }) });
  expect(ended.exitCode).toBe(2);
});
