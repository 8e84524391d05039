import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
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
    `${found()} was accepted without body: other values, which it shows now: it is reopened.`,
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
  expect(newestReport(cwd).notes.join()).toContain('headers: etag,');
});

/** Accepts what two services show first, and gives the exit code and the notes of a run after they say something else. */
async function afterwards(first: readonly [Said, Said], then: readonly [Said, Said], cases = '{ path: /a }') {
  const said = { rust: first[0], go: first[1] };
  const serve = (side: 'rust' | 'go') => serving(() => [200, said[side][0], { 'content-type': said[side][1] }]);
  const targets = ['--target', `rust=${(await serve('rust')).url}`, '--target', `go=${(await serve('go')).url}`];
  const cwd = await folder({ 'cases/a.yaml': `cases:\n  - { id: a, request: ${cases} }\n` });
  const run = () => parity(['run', ...targets, '--tracker', 'T.md'], { cwd });
  await run();
  for (const { id } of newestReport(cwd).findings)
    await parity(['tracker', 'accept', id, '--reason', 'agreed', '--tracker', 'T.md'], { cwd });
  expect((await run()).exitCode).toBe(0);
  Object.assign(said, { rust: then[0], go: then[1] });
  const { exitCode } = await run();
  return [
    exitCode,
    newestReport(cwd)
      .notes.filter((note) => note.startsWith('P-'))
      .join(),
  ] as const;
}

const other = (what: string) => expect.stringContaining(`was accepted without ${what}, which it shows now`);
const csv = (text: string) => [text, 'text/csv'] as const;

it.each<readonly [string, readonly [Said, Said], readonly [Said, Said], string]>([
  [
    'what stands behind the first line that differs',
    [csv('Id,Total\n1,5\n2,6\n'), csv('id,total\n1,5\n2,6\n')],
    [csv('Id,Total\n1,5\n2,6\n'), csv('id,total\n1,99\n')],
    'difference: other words',
  ],
  [
    'the end of a long text',
    [json({ t: `Hello ${'x'.repeat(400)} all` }), json({ t: `hello ${'x'.repeat(400)} all` })],
    [json({ t: `Hello ${'x'.repeat(400)} all` }), json({ t: `hello ${'x'.repeat(400)} none` })],
    'difference: other words',
  ],
  [
    'where the decimal point of a number is',
    [json({ t: 'Total 1,50 EUR' }), json({ t: 'Total 1.50 EUR' })],
    [json({ t: 'Total 1,50 EUR' }), json({ t: 'Total 150 EUR' })],
    'difference: other words',
  ],
  [
    'the sign of a number',
    [json({ t: 'over: 5 now' }), json({ t: 'over 5 now' })],
    [json({ t: 'over: 5 now' }), json({ t: 'over -5 now' })],
    'difference: other words',
  ],
  [
    'a currency',
    [json({ t: '5 €' }), json({ t: '5€' })],
    [json({ t: '5 €' }), json({ t: '5 $' })],
    'difference: other words',
  ],
  [
    'the body of a class of behaviour',
    [json({ data: [{ a: 1 }, { a: 2 }], n: 2 }), json([{ a: 1 }, { a: 2 }])],
    [json({ data: [{ a: 1 }, { a: 2 }], n: 2, trace: 'x' }), json([{ a: 1 }, { a: 2 }])],
    'GET /a array-vs-wrapped-list at /: beside trace',
  ],
])('an acceptance does not stand for another one of %s', async (_why, first, then, what) => {
  expect(await afterwards(first, then)).toEqual([1, other(what)]);
});

it('digits stand for a word that was accepted, for of random letters and digits some have no letter', async () => {
  const [first, then] = [
    [json({ id: '1a04f3' }), json({ id: '77b0e2' })],
    [json({ id: '104233' }), json({ id: '7a1c02' })],
  ] as const;
  expect(await afterwards(first, then)).toEqual([0, '']);
});

it('what one side says at random is accepted by its kind', async () => {
  let go = () => ({ t: `r${randomUUID().slice(0, 8)}` });
  const a = await serving(() => [200, '{"t":"same"}']);
  const b = await serving(() => [200, JSON.stringify(go())]);
  const cwd = await folder({ 'cases/a.yaml': 'cases:\n  - { id: a, request: { path: /a } }\n' });
  const targets = ['--target', `rust=${a.url}`, '--target', `go=${b.url}`, '--tracker', 'T.md'];
  const run = async () => (await parity(['run', ...targets], { cwd })).exitCode;
  expect(await run()).toBe(1);
  const [found] = newestReport(cwd).findings;
  expect(found?.class).toBe('nondeterministic');
  await parity(['tracker', 'accept', found!.id, '--reason', 'agreed', '--tracker', 'T.md'], { cwd });
  expect(await run()).toBe(0);
  go = () => ({ t: `panic at ${randomUUID()}` });
  expect(await run()).toBe(1);
  expect(newestReport(cwd).notes).toContainEqual(other('candidate: a sentence'));
});

it('an accepted step settles nothing of a later one that got no answer, and says which cases came since', async () => {
  let isDown = false;
  const says = (a: number) => serving(({ path }) => (path === '/y' ? [isDown ? 502 : 200, '{}'] : [200, `{"a":${a}}`]));
  const [rust, go] = [await says(1), await says(2)];
  const steps = 'steps: [{ request: { path: /x } }, { request: { path: /y } }]';
  const cwd = await folder({ 'cases/a.yaml': `cases:\n  - { id: a, ${steps} }\n` });
  const targets = ['--target', `rust=${rust.url}`, '--target', `go=${go.url}`, '--tracker', 'T.md'];
  const run = async () => parity(['run', ...targets], { cwd });
  await run();
  const { id } = newestReport(cwd).findings[0]!;
  await parity(['tracker', 'accept', id, '--reason', 'agreed', '--tracker', 'T.md'], { cwd });
  expect((await run()).exitCode).toBe(0);
  writeFileSync(join(cwd, 'cases/b.yaml'), 'cases:\n  - { id: b, request: { path: /x } }\n');
  expect((await run()).exitCode).toBe(0);
  expect(newestReport(cwd).notes).toContain(
    `${id} is accepted, and now shown by cases that did not show it then: b/b.`,
  );
  expect((await run()).exitCode).toBe(0);
  expect(newestReport(cwd).notes).toEqual([]);
  isDown = true;
  const ended = await run();
  expect(ended.exitCode).toBe(3);
  expect(ended.stdout).toContain('DIVERGENT 1 of 2 cases diverges only as accepted, 1 could not be compared');
});
