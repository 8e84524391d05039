import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Asked, type Reply, serving } from './service.ts';

type Answers = (asked: Asked) => Reply;

/** Two services whose answers a test replaces, a case for each request, and one tracker. */
async function project(rust: Answers, go: Answers, requests: readonly string[]) {
  const now = { rust, go };
  const urls = [await serving((asked) => now.rust(asked)), await serving((asked) => now.go(asked))].map(
    ({ url }) => url,
  );
  const cwd = await folder();
  const file = join(cwd, 'T.md');
  const targets = ['--target', `rust=${urls[0]}`, '--target', `go=${urls[1]}`, '--tracker', 'T.md'];
  const cases: string[] = [];
  const add = async (...more: readonly string[]) => {
    cases.push(...more);
    const lines = cases.map((request, at) => `  - { id: c${at}, safe: true, request: ${request} }\n`);
    writeFileSync(join(cwd, 'a.yaml'), `cases:\n${lines.join('')}`);
  };
  await add(...requests);
  const run = async (...flags: readonly string[]) => {
    const ended = await parity(['run', ...targets, '--cases', 'a.yaml', '--noise', '0', ...flags], { cwd });
    const { findings, notes } = newestReport(cwd);
    return { exitCode: ended.exitCode, states: findings.map((one) => one.state), findings, notes };
  };
  const tracker = (...args: readonly string[]) => parity(['tracker', ...args, '--tracker', 'T.md'], { cwd });
  const accept = (id: string, ...flags: readonly string[]) => tracker('accept', id, '--reason', 'agreed', ...flags);
  const text = () => readFileSync(file, 'utf8');
  return { now, cwd, targets, add, run, tracker, accept, text, write: (to: string) => writeFileSync(file, to) };
}

const path = (at: string) => `{ path: ${at} }`;
const json = (value: unknown): Reply => [200, JSON.stringify(value)];

it('another value in an accepted list of results reopens the row, and the note names the case and the values', async () => {
  const results = (values: readonly number[]) => json({ data: { result: values.map((value) => ({ value })) } });
  const { now, run, accept, text } = await project(
    () => results([1.5, 297.4]),
    () => results([1.5, 297.5]),
    [path('/query')],
  );
  const { findings } = await run();
  const { id, pointer } = findings[0]!;
  expect([findings.length, pointer]).toEqual([1, '/data/result/*/value']);
  await accept(id);
  expect((await run()).exitCode).toBe(0);
  now.go = () => results([1.5, 300]);
  const ended = await run();
  expect([ended.exitCode, ended.states]).toEqual([1, ['reopened']]);
  expect(ended.notes).toEqual([
    `${id} was accepted with other values than 297.4 against 300, which the case a/c0 shows now: it is reopened. To accept any values: parity tracker accept ${id} --values any.`,
  ]);
  expect(text()).toContain('| go: `300` |');
  await accept(id, '--values', 'any');
  expect(text()).toContain('| agreed [values: any] |');
  now.go = () => results([2.5, 7]);
  expect((await run()).exitCode).toBe(0);
});

/** A service that answers 400 to some bodies, and one that takes them all. */
const refusing =
  (isBad: (body: string) => boolean): Answers =>
  ({ body }) =>
    isBad(body) ? [400, '{"error":"bad"}'] : json({ ok: true });
const post = (body: string) =>
  `{ method: POST, path: /v1, headers: { content-type: application/json }, raw: ${JSON.stringify(body)} }`;

it('a status that was accepted for one malformed request is not accepted for another one of the route', async () => {
  const { add, run, accept, text } = await project(
    refusing((body) => !body.includes('"fine"')),
    () => json({ ok: true }),
    [post('{"fine":1}'), post('{"a":1,')],
  );
  const { findings } = await run();
  expect(findings.length).toBe(1);
  const { id } = findings[0]!;
  await accept(id);
  expect((await run()).exitCode).toBe(0);
  await add(post('{"b":2,'));
  const ended = await run();
  expect([ended.exitCode, ended.states]).toEqual([1, ['reopened']]);
  expect(ended.notes).toEqual([
    `${id} is accepted, but that did not cover the case a/c2, which shows it now with 400 against 200: it is reopened. To accept it in new cases: parity tracker accept ${id} --scope route.`,
  ]);
  await accept(id, '--scope', 'route');
  expect(text()).toContain('agreed [scope: route]');
  await add(post('{"c":3,'));
  expect((await run()).exitCode).toBe(0);
});

it('a class that is accepted for one case does not cover another cause in a new case of the route', async () => {
  const deleted = new Set<string>();
  const service =
    (notFound: (asked: Asked) => boolean): Answers =>
    (asked) => {
      if (asked.method === 'DELETE') deleted.add(asked.path);
      return notFound(asked) ? [404, '{"error":"not found"}'] : json({ id: 1 });
    };
  const { add, run, accept } = await project(
    service(({ headers, method, path: at }) => headers.accept === 'text/csv' || (method === 'GET' && deleted.has(at))),
    service(() => false),
    ['{ path: /items/1, headers: { accept: text/csv } }', '{ path: /items/1, headers: { accept: application/json } }'],
  );
  const { findings } = await run();
  expect(findings.map(({ cases }) => cases)).toEqual([['a/c0']]);
  await accept(findings[0]!.id);
  expect((await run()).exitCode).toBe(0);
  deleted.add('/items/2');
  await add('{ path: /items/2, headers: { accept: application/json } }');
  const ended = await run();
  expect(ended.exitCode).toBe(1);
  expect(ended.states.filter((state) => state === 'new' || state === 'reopened')).toHaveLength(1);
});

it('an accepted error text covers no other member that changes elsewhere', async () => {
  const error = (code: string, balance: number, message: string): Reply => [
    409,
    JSON.stringify({ error: { code, balance, message } }),
  ];
  const { now, run, accept } = await project(
    () => error('E12', 30, 'key not found'),
    ({ path: at }) => error('E12', 30, at === '/x' ? 'no such key' : 'key not found'),
    [path('/x'), path('/y')],
  );
  const { findings } = await run();
  expect(findings.map(({ routes }) => routes)).toEqual([['GET /x']]);
  await accept(findings[0]!.id);
  expect((await run()).exitCode).toBe(0);
  now.go = ({ path: at }) => (at === '/x' ? error('E12', 30, 'no such key') : error('E99', 3000, 'no such key'));
  const ended = await run();
  expect(ended.exitCode).toBe(1);
  expect(ended.findings.filter(({ state }) => state !== 'accepted').flatMap(({ cases }) => cases)).toContain(
    'a/y'.replace('y', 'c1'),
  );
});

it('a law that was proved is covered in new cases of its route', async () => {
  const person = ({ path: at }: Asked) => JSON.stringify({ id: Number(at.slice(8)), name: 'Mia' });
  const { add, run, accept } = await project(
    (asked) => [200, person(asked)],
    (asked) => [200, person(asked).replace(/,/g, ', ').replace(/:/g, ': ')],
    [path('/people/11'), path('/people/13')],
  );
  const { findings } = await run('--level', 'wire');
  expect(findings.map((one) => [one.class, one.verified])).toEqual([['separator-space', true]]);
  await accept(findings[0]!.id);
  await add(path('/people/12'), path('/others/1'));
  const ended = await run('--level', 'wire');
  expect([ended.exitCode, ended.states]).toEqual([0, ['accepted']]);
});

it('brackets that people write under Decision widen the row, and every byte of the cell stays', async () => {
  const { now, add, run, text, write } = await project(
    () => json({ total: 5 }),
    () => json({ total: 6 }),
    [path('/a?x=1')],
  );
  const { findings } = await run();
  const decision = 'see **ADR 7**  [Scope: route] [ values:any ] ~~[scope: all]~~';
  write(text().replace('_open_ | |', `_accepted_ | ${decision} |`));
  expect((await run()).exitCode).toBe(0);
  await add(path('/a?x=2'));
  now.go = () => json({ total: 7 });
  const ended = await run();
  expect([ended.exitCode, ended.states]).toEqual([0, ['accepted']]);
  expect(text()).toContain(`| _accepted_ | ${decision} |`);
  expect(findings).toHaveLength(1);
  write(text().replace('[Scope: route]', '~~[scope: route]~~'));
  expect((await run('a/c1')).exitCode).toBe(1);
});

it('a row of the whole server is widened to new cases of all routes', async () => {
  const head = (at: string) => `{ method: HEAD, path: ${at} }`;
  const { add, run, accept, tracker } = await project(
    () => json({ ok: true }),
    ({ method }) => (method === 'HEAD' ? [405, ''] : json({ ok: true })),
    [head('/a')],
  );
  const { findings } = await run();
  const { id, route, class: name, verified } = findings[0]!;
  expect([findings.length, route, name, verified]).toEqual([1, '*', 'head-support', false]);
  await accept(id);
  await add(head('/b'));
  expect([(await run()).states, (await run('--fail-on', 'new')).exitCode]).toEqual([['reopened'], 1]);
  expect((await tracker('accept', id, '--scope', 'route')).stdout).toBe(`${id} is accepted\n`);
  await add(head('/c'));
  expect((await run()).exitCode).toBe(0);
  expect((await tracker('list')).stdout).toContain('agreed [scope: route]');
});

it.each([
  ['accept', ['--scope', 'all'], '--scope is "all"'],
  ['accept', ['--values', 'some'], '--values is "some"'],
])('tracker %s %j ends with exit code 2', async (command, flags, message) => {
  const { run, tracker } = await project(
    () => json(1),
    () => json(2),
    [path('/a')],
  );
  const { findings } = await run();
  const ended = await tracker(command, findings[0]!.id, '--reason', 'x', ...flags);
  expect([ended.exitCode, ended.stderr.includes(message)]).toEqual([2, true]);
});

it('shards, their merge, a filtered run and a replay judge accepted rows by what the whole run showed', async () => {
  const value =
    (add: number): Answers =>
    ({ path: at }) =>
      json({ n: at.charCodeAt(1) + add });
  const { now, cwd, targets, run, accept, text } = await project(value(0), value(1), ['/a', '/b', '/c'].map(path));
  const { findings } = await run();
  expect(findings).toHaveLength(3);
  for (const { id } of findings) await accept(id);
  expect((await run()).exitCode).toBe(0);
  const before = text();
  expect((await run('a/c1')).exitCode).toBe(0);
  const shard = (index: number) =>
    parity(['run', ...targets, '--cases', 'a.yaml', '--shard', `${index}/2`, '--out', `s${index}`], {
      cwd,
    });
  for (const index of [1, 2]) expect((await shard(index)).exitCode).toBe(0);
  const merge = () => parity(['merge', 's1/latest', 's2/latest', ...targets, '--cases', 'a.yaml'], { cwd });
  expect([(await merge()).exitCode, text()]).toEqual([0, before]);
  now.go = value(2);
  for (const index of [1, 2]) await shard(index);
  expect([(await merge()).exitCode, newestReport(cwd).findings.map(({ state }) => state)]).toEqual([
    1,
    ['reopened', 'reopened', 'reopened'],
  ]);
});

it('every finding has its row in the first run, and the second run changes nothing', async () => {
  const members = (add: number) =>
    json(Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`key${'x'.repeat(at)}`, at * add])));
  const { run, text } = await project(
    () => members(1),
    () => members(2),
    [path('/a')],
  );
  const first = await run();
  const before = text();
  expect(first.findings.length).toBeGreaterThan(100);
  expect(before.match(/^\| P-/gm)?.length).toBe(first.findings.length);
  const second = await run('--fail-on', 'new');
  expect([second.exitCode, second.notes, text()]).toEqual([0, [], before]);
});
