import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

const json = (value: unknown) => [JSON.stringify(value), 'application/json'] as const;
const plain = (text: string) => [text, 'text/plain'] as const;
type Said = readonly [body: string, type: string];

/** Two targets that answer what `said` holds at the moment, and an acceptance of the one finding. */
async function accepted(rust: Said, go: Said) {
  const said = { rust, go };
  const serve = (side: 'rust' | 'go') => serving(() => [200, said[side][0], { 'content-type': said[side][1] }]);
  const targets = ['--target', `rust=${(await serve('rust')).url}`, '--target', `go=${(await serve('go')).url}`];
  const cwd = await folder({ 'cases/a.yaml': 'cases:\n  - { id: a, request: { method: GET, path: /a } }\n' });
  const run = (...more: string[]) => parity(['run', ...targets, '--noise', '0', '--tracker', 'T.md', ...more], { cwd });
  await run();
  const [found, ...others] = newestReport(cwd).findings;
  expect([found?.class, others]).toEqual(['unexplained', []]);
  const decide = (...flags: string[]) => parity(['tracker', ...flags, '--tracker', 'T.md'], { cwd });
  await decide('accept', found!.id, '--reason', 'agreed');
  expect((await run()).exitCode).toBe(0);
  return {
    said,
    run,
    id: found!.id,
    row: () => /^\| P-.*$/m.exec(readFileSync(join(cwd, 'T.md'), 'utf8'))![0],
    decide,
  };
}

it.each([
  [
    'a number of another sign',
    json({ total: 5 }),
    json({ total: 6 }),
    json({ total: 5 }),
    json({ total: -999999 }),
    'candidate: a negative number',
  ],
  [
    'a text of other words',
    plain('hello'),
    plain('hello!'),
    plain('hello'),
    plain('Internal error: database down'),
    'difference: other words',
  ],
  [
    'a message of other words',
    json('not found'),
    json('Not Found'),
    json('not found'),
    json('panic: index out of range'),
    'difference: other words',
  ],
  [
    'words in place of an id',
    json({ id: 'cat' }),
    json({ id: 'a3bb189e-8bf9-3888-9912-ace4e6543002' }),
    json({ id: 'cat' }),
    json({ id: 'no such thing' }),
    'candidate: a sentence',
  ],
])('an acceptance of what is unexplained does not stand for %s', async (_why, rust, go, laterRust, laterGo, what) => {
  const { said, run, id, row, decide } = await accepted(rust, go);
  Object.assign(said, { rust: laterRust, go: laterGo });
  const ended = await run();
  expect([ended.exitCode, row().split(' | ')[1]]).toEqual([1, '_reopened_']);
  expect(ended.stdout).toContain(`${id} was accepted without ${what}`);
  // The row tells of what it is reopened for.
  expect(row().split(' | ')[5]).toContain(
    `\`${laterGo[0].includes('total') ? '-999999' : laterGo[0].replace(/^\{"id":|\}$/g, '')}\``,
  );
  await decide('accept', id, '--reason', 'this, too');
  expect((await run()).exitCode).toBe(0);
});

it.each([
  ['counts', json({ n: 5 }), json({ n: 6 }), json({ n: 0 }), json({ n: 1234567.5 })],
  [
    'ids',
    json({ id: 'a3bb189e-8bf9-3888-9912-ace4e6543002' }),
    json({ id: '0b6f3b1e-8bf9-4888-9912-ace4e6543002' }),
    json({ id: 'c3bb189e-8bf9-3888-9912-ace4e6543002' }),
    json({ id: 'd3bb189e-8bf9-3888-9912-ace4e6543002' }),
  ],
  [
    'times',
    json({ at: '2026-01-01T00:00:00Z' }),
    json({ at: '2025-01-01T00:00:00Z' }),
    json({ at: '2027-01-01T00:00:00Z' }),
    json({ at: '2024-01-01T00:00:00.123Z' }),
  ],
  [
    'names in another case',
    json({ name: 'not known' }),
    json({ name: 'Not Known' }),
    json({ name: 'mia ann wu' }),
    json({ name: 'Mia Ann Wu' }),
  ],
])('an acceptance of what is unexplained stands for other %s', async (_why, rust, go, laterRust, laterGo) => {
  const { said, run, row } = await accepted(rust, go);
  const before = row();
  Object.assign(said, { rust: laterRust, go: laterGo });
  expect([(await run()).exitCode, row()]).toEqual([0, before]);
});

it('an acceptance against one reference does not count for another', async () => {
  const { run, id, row, decide } = await accepted(json({ total: 5 }), json({ total: 6 }));
  const before = row();
  const other = await serving(() => [200, '{"total":5}']);
  const java = ['--target', `java=${other.url}`, '--reference', 'java'];
  const ended = await run(...java);
  expect([ended.exitCode, row()]).toEqual([1, before]);
  expect(ended.stdout).toContain(`${id} is accepted against rust, and this run compares with java: it counts as open.`);
  expect((await run()).exitCode).toBe(0);
  await run(...java);
  await decide('accept', id, '--reason', 'java, too');
  expect(row().split(' | ')[4]).toBe('java: `5`');
  expect((await run(...java)).exitCode).toBe(0);
});

it('an acceptance of another status stands for what differed alongside, and for no more', async () => {
  const said: Record<string, Parameters<typeof serving>[0]> = {};
  const say = (side: string, status: number, body: string, etag = '"1"') =>
    Object.assign(said, { [side]: () => [status, body, { etag }] });
  say('rust', 200, '{"x":1}');
  const serve = (side: string) => serving((asked, all) => said[side]!(asked, all));
  const targets = ['--target', `rust=${(await serve('rust')).url}`, '--target', `go=${(await serve('go')).url}`];
  const cwd = await folder({
    'cases/a.yaml': 'cases:\n  - { id: a, request: { path: /a }, compare: { headers: [etag] } }\n',
  });
  const run = (...more: string[]) => parity(['run', ...targets, '--tracker', 'T.md', ...more], { cwd });
  const found = () => newestReport(cwd).findings[0]!.id;
  const accept = () => parity(['tracker', 'accept', found(), '--reason', 'agreed', '--tracker', 'T.md'], { cwd });
  const ends = async (body: string, etag?: string, ...flags: string[]) => {
    say('go', 201, body, etag);
    return (await run(...flags)).exitCode;
  };
  expect(await ends('{"x":1}')).toBe(1);
  await accept();
  expect(await ends('{"x":1}')).toBe(0);
  expect(await ends('{"x":2}')).toBe(1);
  expect(newestReport(cwd).notes).toContainEqual(
    `${found()} was accepted without GET /a body: other values, which it shows now: it is reopened.`,
  );
  await accept();
  expect(await ends('{"x":3}')).toBe(0);
  expect(await ends('{"x":1}')).toBe(0);
  expect(await ends('{"x":3}', undefined, '--level', 'status')).toBe(0);
  expect(await ends('{"error":"down","path":"/a"}')).toBe(1);
  expect(newestReport(cwd).notes.join()).toContain('body: another one, {error, path},');
  await accept();
  expect(await ends('{"error":"up","path":"/b"}')).toBe(0);
  expect(await ends('<h1>down</h1>')).toBe(1);
  await accept();
  expect(await ends('{"error":"up","path":"/b"}', '"2"')).toBe(1);
  expect(newestReport(cwd).notes.join()).toContain('GET /a headers: etag,');
});
