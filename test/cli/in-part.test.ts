import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { started } from './service.ts';

/** What a server answers to a path, the number of the answer given. */
type Answer = (path: string, n: number) => string;

const answering = (answer: Answer) =>
  started(({ path }, { length }) => [200, answer(path, length), { 'content-type': 'application/json' }]);

async function compare([a, b]: readonly [Answer, Answer], testCase: object) {
  const cwd = await folder({ 'cases/s.json': JSON.stringify({ suite: 's', cases: [{ id: 'x', ...testCase }] }) });
  const [one, two] = [await answering(a), await answering(b)];
  const ended = await parity(['run', '--target', `a=${one.url}`, '--target', `b=${two.url}`], { cwd });
  one.close();
  two.close();
  return { ...ended, report: newestReport(cwd) };
}

it('a case that diverges, and could not be sent to its end, says so', async () => {
  const steps = [{ request: { path: '/made' }, capture: { id: { pointer: '/id' } } }, { request: { path: '/{{id}}' } }];
  const { exitCode, stdout } = await compare([() => '{"v":1}', () => '{"v":2}'], { steps });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/note: s\/x diverges, and was compared in part only: .*gave no value for id/);
});

it('what one side says in all answers but the first counts, though the first ones agree', async () => {
  const always: Answer = () => `{"id":"${randomUUID()}","errors":["name"]}`;
  const piling: Answer = (_, n) => `{"id":"${randomUUID()}","errors":${JSON.stringify(Array(n + 1).fill('name'))}}`;
  const piled = await compare([always, piling], { request: { path: '/x' } });
  expect([piled.exitCode, piled.report.findings.map(({ pointer }) => pointer)]).toEqual([1, ['/errors/*']]);
  const steady = await compare([always, always], { request: { path: '/x' } });
  expect(steady.exitCode).toBe(0);
}, 20_000);
