import { describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Reply, serving } from './service.ts';

/** Runs one GET against two services that answer like this; returns the report. */
async function compared(reference: Reply, candidate: Reply) {
  const [old, fresh] = [await serving(() => reference), await serving(() => candidate)];
  const cwd = await folder({ 'cases/s.yaml': 'cases: [{ id: x, request: { path: /x } }]\n' });
  const targets = ['--target', `old=${old.url}`, '--target', `new=${fresh.url}`];
  const { exitCode } = await parity(['run', ...targets, '--noise', '0'], { cwd });
  return { exitCode, report: newestReport(cwd) };
}

const stream = { 'content-type': 'text/event-stream' };
const answered = { date: 'Tue, 20 Oct 2026 07:28:00 GMT' };

describe('an event that no blank line ends', () => {
  it.each([
    ['behind others', 'data: a\n\ndata: {"total":5}\n\n', 'data: a\n\ndata: {"total":5}\n'],
    ['in CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', 'data: a\r\n\r\ndata: b\r\n'],
    ['alone', 'data: a\n\n', 'data: a\n'],
  ])('is never dispatched, which breaks clients: %s', async (_, a, b) => {
    const { exitCode, report } = await compared([200, a, stream], [200, b, stream]);
    expect(exitCode).toBe(1);
    expect(report.cases[0]!.ladder.value).toBe(false);
    expect(report.findings.map((one) => [one.facet, one.class, one.severity])).toEqual([
      ['body', 'unexplained', 'breaking'],
    ]);
  });

  it('is nothing where no side ends it', async () => {
    const { exitCode } = await compared([200, 'data: a\n\ndata: b', stream], [200, 'data: a\n\ndata: b\n', stream]);
    expect(exitCode).toBe(0);
  });
});

it.each([
  ['equal to Max-Age with the Expires that follows', '; Max-Age=3600; Expires=Tue, 20 Oct 2026 08:28:00 GMT', 0],
  ['equal to that Expires alone', '; Expires=Tue, 20 Oct 2026 08:28:00 GMT', 0],
  ['another than one of a day', '; Max-Age=86400', 1],
  ['another than a cookie of the session', '', 1],
])('a cookie with Max-Age=3600 is %s', async (_, attributes, expected) => {
  const says = (text: string): Reply => [200, '[1]', { ...answered, 'set-cookie': `a=1; Path=/${text}` }];
  const [old, fresh] = [await serving(() => says('; Max-Age=3600')), await serving(() => says(attributes))];
  const cwd = await folder({
    'cases/s.yaml': 'cases: [{ id: x, request: { path: /x }, compare: { headers: [set-cookie] } }]\n',
  });
  const targets = ['--target', `old=${old.url}`, '--target', `new=${fresh.url}`];
  expect((await parity(['run', ...targets, '--noise', '0'], { cwd })).exitCode).toBe(expected);
});

it('the probes of a path with one segment are all sent: a service has parity with itself', async () => {
  const one = await serving(({ path }) => (path === '/post' ? [200, '{"ok":true}'] : [404, '{"error":"none"}']));
  const cwd = await folder({
    'cases/s.yaml': 'cases: [{ id: x, safe: true, request: { method: POST, path: /post, json: { a: 1 } } }]\n',
  });
  const targets = ['--target', `old=${one.url}`, '--target', `new=${one.url}`];
  const { exitCode, stderr } = await parity(['probe', '--from', 's/x', '--only', 'path', '--self-check', ...targets], {
    cwd,
  });
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  expect(one.asked.map(({ path }) => path)).toContain('//post');
});
