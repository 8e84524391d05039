import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wholeTracker } from '../whole-tracker.ts';
import { folder, newestReport, parity } from './command.ts';
import { serving } from './service.ts';

const json = (value: unknown) => [JSON.stringify(value), 'application/json'] as const;
const plain = (text: string) => [text, 'text/plain'] as const;
const csv = (text: string) => [text, 'text/csv'] as const;

type Said = readonly [body: string, type: string];
type Pair = readonly [rust: Said, go: Said];

/** Numbers in paths are taken for ids, so it is letters. */
const pathAt = (at: number) => `/${String.fromCharCode(97 + at)}`;

/** Two targets that say at `/a`, `/b` and so on what `pairs` holds at the moment, with a tracker. */
async function twins(pairs: readonly Pair[]) {
  const said = [...pairs];
  const says = (side: 0 | 1) =>
    serving(({ path }) => {
      const [body, type] = said[path.charCodeAt(1) - 97]![side];
      return [200, body, { 'content-type': type }];
    });
  const targets = ['--target', `rust=${(await says(0)).url}`, '--target', `go=${(await says(1)).url}`];
  const cases = pairs.map((_, at) => `  - { id: c${at}, request: { path: ${pathAt(at)} } }\n`);
  const cwd = await folder({ 'cases/a.yaml': `cases:\n${cases.join('')}` });
  const findingAt = (at: number) =>
    newestReport(cwd).findings.find(({ routes }) => routes.includes(`GET ${pathAt(at)}`))!;
  const file = join(cwd, 'T.md');
  const runIn = (env: Record<string, string>, ...flags: string[]) =>
    parity(['run', ...targets, '--noise', '0', '--tracker', 'T.md', ...flags], { cwd, env });
  const acceptId = (id: string) =>
    parity(['tracker', 'accept', id, '--reason', 'agreed', '--tracker', 'T.md'], { cwd });
  return {
    said,
    findingAt,
    run: (...flags: string[]) => runIn({}, ...flags),
    /** The run may not write the tracker. */
    runReading: (...flags: string[]) => runIn({ CI: 'true' }, ...flags),
    decideByHand: (from: string, to: string) =>
      writeFileSync(file, wholeTracker(file).replaceAll(`_${from}_`, `_${to}_`)),
    accept: (at: number) => acceptId(findingAt(at).id),
    acceptId,
    /** The row is as former versions wrote it. */
    forgetShown: () => writeFileSync(file, wholeTracker(file).replace(/ <!-- shown: [^>]*-->/g, '')),
    forgetRuns: () => rmSync(join(cwd, 'reports'), { recursive: true }),
    rowOf: (id: string) => new RegExp(`^.* ${id} .*$`, 'm').exec(wholeTracker(file))![0],
    rowAt: (at: number) => new RegExp(`^.* GET ${pathAt(at)} .*$`, 'm').exec(wholeTracker(file))![0],
    noteAt: (at: number) => newestReport(cwd).notes.filter((note) => note.startsWith(findingAt(at).id)),
  };
}

const uuid = (first: string) => `${first}bb189e-8bf9-3888-9912-ace4e6543002`;
const long = (end: string) => `ello ${'x'.repeat(400)} ${end}`;

/** What differs when it is accepted, what differs later, what the note says, and what its row shows then. */
const accepted: readonly (readonly [why: string, first: Pair, then: Pair, without: string | null, shown?: string])[] = [
  [
    'a number of another sign',
    [json({ total: 5 }), json({ total: 6 })],
    [json({ total: 5 }), json({ total: -999999 })],
    null,
    '-999999',
  ],
  [
    'a text of other words',
    [plain('hello'), plain('hello!')],
    [plain('hello'), plain('Internal error: database down')],
    null,
    'Internal error: database down',
  ],
  [
    'a message of other words',
    [json('not found'), json('Not Found')],
    [json('not found'), json('panic: index out of range')],
    null,
    '"panic: index out of range"',
  ],
  [
    'words in place of an id',
    [json({ id: 'cat' }), json({ id: uuid('a3') })],
    [json({ id: 'cat' }), json({ id: 'no such thing' })],
    null,
    '"no such thing"',
  ],
  [
    'what comes after the first line that differs',
    [csv('Id,Total\n1,5\n2,6\n'), csv('id,total\n1,5\n2,6\n')],
    [csv('Id,Total\n1,5\n2,6\n'), csv('id,total\n1,99\n')],
    null,
  ],
  [
    'the end of a long text',
    [json({ t: `H${long('all')}` }), json({ t: `h${long('all')}` })],
    [json({ t: `H${long('all')}` }), json({ t: `h${long('none')}` })],
    null,
  ],
  [
    'where the decimal point of a number is',
    [json({ t: 'Total 1,50 EUR' }), json({ t: 'Total 1.50 EUR' })],
    [json({ t: 'Total 1,50 EUR' }), json({ t: 'Total 150 EUR' })],
    null,
  ],
  [
    'the sign of a number in a text',
    [json({ t: 'over: 5 now' }), json({ t: 'over 5 now' })],
    [json({ t: 'over: 5 now' }), json({ t: 'over -5 now' })],
    null,
  ],
  ['a currency', [json({ t: '5 €' }), json({ t: '5€' })], [json({ t: '5 €' }), json({ t: '5 $' })], null],
  [
    'the body of a class of behaviour',
    [json({ data: [{ a: 1 }, { a: 2 }], n: 2 }), json([{ a: 1 }, { a: 2 }])],
    [json({ data: [{ a: 1 }, { a: 2 }], n: 2, trace: 'x' }), json([{ a: 1 }, { a: 2 }])],
    'GET /j array-vs-wrapped-list at /: beside trace',
  ],
  ['other counts', [json({ n: 5 }), json({ n: 6 })], [json({ n: 0 }), json({ n: 1234567.5 })], null],
  [
    'other ids',
    [json({ id: uuid('a3') }), json({ id: uuid('b3') })],
    [json({ id: uuid('c3') }), json({ id: uuid('d3') })],
    null,
  ],
  [
    'other times',
    [json({ at: '2026-01-01T00:00:00Z' }), json({ at: '2025-01-01T00:00:00Z' })],
    [json({ at: '2027-01-01T00:00:00Z' }), json({ at: '2024-01-01T00:00:00.123Z' })],
    null,
  ],
  [
    'other names in another case',
    [json({ name: 'not known' }), json({ name: 'Not Known' })],
    [json({ name: 'mia ann wu' }), json({ name: 'Mia Ann Wu' })],
    null,
  ],
  [
    'digits, for of random letters and digits some have no letter',
    [json({ id: '1a04f3' }), json({ id: '77b0e2' })],
    [json({ id: '104233' }), json({ id: '7a1c02' })],
    null,
  ],
];

it('an acceptance of what nothing explains covers no other values, and none that look alike', async () => {
  const { said, findingAt, run, accept, rowAt, noteAt } = await twins(accepted.map(([, first]) => first));
  await run();
  for (const at of accepted.keys()) await accept(at);
  expect((await run()).exitCode).toBe(0);
  said.splice(0, said.length, ...accepted.map(([, , then]) => then));
  expect((await run()).exitCode).toBe(1);
  for (const [at, [why, , , without, shown]] of accepted.entries()) {
    const { id, state } = findingAt(at);
    const values = `${id} was accepted with other values than `;
    const note =
      without === null ? values : `${id} was accepted without ${without}, which it shows now: it is reopened.`;
    expect([why, state, noteAt(at)]).toEqual([why, 'reopened', [expect.stringContaining(note)]]);
    if (without === null) expect(noteAt(at)[0]).toContain(`, which the case a/c${at} shows now`);
    if (shown !== undefined) expect(rowAt(at)).toContain(`\`${shown}\``);
  }
  for (const at of accepted.keys()) await accept(at);
  expect((await run()).exitCode).toBe(0);
});

it('a decision by hand stands for what the row showed until then, also in a run that may not write', async () => {
  const [five, six, negative] = [json({ total: 5 }), json({ total: 6 }), json({ total: -6 })];
  const { said, findingAt, run, runReading, decideByHand, rowAt, noteAt } = await twins([
    [five, six],
    [five, negative],
  ]);
  await run();
  decideByHand('open', 'accepted');
  expect([(await runReading()).exitCode, noteAt(0)]).toEqual([0, []]);
  said[0] = [five, negative];
  expect([(await runReading()).exitCode, noteAt(1)]).toEqual([1, []]);
  const { id } = findingAt(0);
  expect(noteAt(0)).toEqual([
    `${id} was accepted with other values than 5 against -6, which the case a/c0 shows now: it is reopened. To accept any values: parity tracker accept ${id} --values any.`,
  ]);
  said[0] = [five, six];
  const before = rowAt(0);
  expect([(await run()).exitCode, rowAt(0)]).toEqual([0, before.replace('<!-- shown: ', '<!-- accepted: ')]);
  decideByHand('accepted', 'open');
  expect([(await run()).exitCode, rowAt(0)]).toEqual([1, before.replace('_accepted_', '_open_')]);
});

const camel = json({ firstName: 'Mia', homeTown: 'Bern' });
const snake = json({ first_name: 'Mia', home_town: 'Bern' });
const pascal = json({ FirstName: 'Mia', HomeTown: 'Bern' });

it('an acceptance after runs that do not show the finding is of what the newest run showed that did', async () => {
  const { said, findingAt, run, acceptId, rowOf } = await twins([
    [camel, snake],
    [json({ ok: true }), json({ ok: true })],
  ]);
  await run();
  const { id } = findingAt(0);
  await run('a/c1');
  expect((await acceptId(id)).stdout).toBe(`${id} is accepted\n`);
  expect(rowOf(id)).toMatch(/<!-- accepted: /);
  said[0] = [camel, pascal];
  const { exitCode, stdout } = await run();
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining(`${id} was accepted without`)]);
});

it('an acceptance of an old row that no run shows says that nothing is recorded, and the run that records it that it does', async () => {
  const { findingAt, run, runReading, acceptId, forgetRuns, forgetShown, rowOf, noteAt } = await twins([
    [camel, snake],
  ]);
  await run();
  forgetShown();
  const { id } = findingAt(0);
  forgetRuns();
  const told = (await acceptId(id)).stdout;
  expect(told).toMatch(
    /is accepted\nwarning: none of the last 20 runs in \S+ shows it, so what it covers is not recorded: it covers whatever is there until a run that may write the tracker shows it\n$/,
  );
  await runReading();
  expect(noteAt(0)).toEqual([
    `${id} is accepted, and its row does not record yet what was there: until a run may write the tracker, it covers whatever is there.`,
  ]);
  await run();
  expect(noteAt(0)).toEqual([
    `${id} is accepted, and its row did not record what was there: from now on it covers what this run shows.`,
  ]);
  expect(rowOf(id)).toMatch(/<!-- accepted: /);
  await run();
  expect(noteAt(0)).toEqual([]);
});

it('an acceptance against one reference does not count for another', async () => {
  const { run, findingAt, accept, rowAt } = await twins([[json({ total: 5 }), json({ total: 6 })]]);
  await run();
  await accept(0);
  expect((await run()).exitCode).toBe(0);
  const before = rowAt(0);
  const other = await serving(() => [200, '{"total":5}']);
  const java = ['--target', `java=${other.url}`, '--reference', 'java'];
  const ended = await run(...java);
  expect([ended.exitCode, rowAt(0)]).toEqual([1, before]);
  const { id } = findingAt(0);
  expect(ended.stdout).toContain(`${id} is accepted against rust, and this run compares with java: it counts as open.`);
  expect((await run()).exitCode).toBe(0);
  await run(...java);
  await accept(0);
  expect(rowAt(0).split(' | ')[5]).toBe('java: `5`');
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
    say('go', 409, body, etag);
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
  expect(await ends('{"error":"up","path":"/b"}', 'W/"2"')).toBe(1);
  const { cases, notes } = newestReport(cwd);
  expect(notes.join()).toContain('body: another one, {error, path},');
  expect(cases[0]!.divergences.map(({ facet }) => facet)).toContain('headers');
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
  expect(newestReport(cwd).notes.join()).toContain('was accepted without candidate: a sentence, which it shows now');
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
  const accept = ['tracker', 'accept', id, '--reason', 'agreed', '--scope', 'route', '--tracker', 'T.md'];
  await parity(accept, { cwd });
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
  expect(ended.stdout).toContain('DIVERGENT 1 of 2 cases diverges, all accepted, 1 could not be compared');
});
