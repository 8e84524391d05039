import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Asked, type Reply, serving } from './service.ts';

type Answers = (asked: Asked) => Reply;

const json = (value: unknown): Reply => [200, JSON.stringify(value)];

/** Two services whose answers a test replaces, case files, and one tracker. */
async function project(rust: Answers, go: Answers, cases: readonly string[]) {
  const now = { rust, go };
  const services = [await serving((asked) => now.rust(asked)), await serving((asked) => now.go(asked))];
  const text = (lines: readonly string[]) => `cases:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
  const [a, b] = services.map(({ url }) => url);
  const config = `targets: { rust: "${a}", go: "${b}" }\nreference: rust\ncases: [a.yaml]\ntracker: T.md\n`;
  const cwd = await folder({ 'a.yaml': text(cases), 'parity.yaml': config });
  const edit = (change: (text: string) => string) => {
    const file = join(cwd, 'a.yaml');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  const run = async (...flags: readonly string[]) => {
    const { exitCode } = await parity(['run', ...flags], { cwd });
    return { exitCode, report: newestReport(cwd) };
  };
  const accept = (id: string) => parity(['tracker', 'accept', id, '--reason', 'agreed'], { cwd });
  const rows = () => {
    const lines = readFileSync(join(cwd, 'T.md'), 'utf8').split('\n');
    return lines.filter((line) => line.startsWith('| P-')).map((line) => line.slice(2).split(' | '));
  };
  const states = () => rows().map(([, state]) => state);
  return { now, cwd, edit, run, accept, rows, states, asked: () => services.map(({ asked }) => asked.length) };
}

/** In the order that the list is in on the candidate in so many answers, and in another in those after them. */
const ordered = (same: () => number): Answers => {
  let count = 0;
  return () => {
    count += 1;
    return json({ items: count <= same() ? ['a', 'b', 'c'] : ['c', 'b', 'a'] });
  };
};

it.each([
  ['without noise', ['--noise', '0']],
  ['with noise', []],
])('a row about a list in random order stays open where the first answers happen to agree, %s', async (_, flags) => {
  const { now, run, states, rows } = await project(
    ordered(() => 0),
    () => json({ items: ['a', 'b', 'c'] }),
    ['{ id: list, request: { path: /list } }'],
  );
  await run(...flags);
  const before = rows();
  expect(states()).toEqual(['_open_']);
  // The order of the candidate comes up five times in a row, and then another one.
  now.rust = ordered(() => 5);
  const ended = await run(...flags, '--fail-on', 'new');
  expect([ended.exitCode, states()]).toEqual([0, ['_open_']]);
  expect(rows().map(([id]) => id)).toEqual(before.map(([id]) => id));
  now.rust = () => json({ items: ['a', 'b', 'c'] });
  await run(...flags);
  expect(states()).toEqual(['_fixed_']);
});

it('a case of an open row that no longer shows it is sent ten times, and once in the run after that', async () => {
  const { now, run, asked } = await project(
    () => json({ n: 1 }),
    () => json({ n: 2 }),
    ['{ id: n, request: { path: /n } }'],
  );
  await run('--noise', '0');
  now.go = now.rust;
  const [before] = asked();
  await run('--noise', '0');
  const [then] = asked();
  await run('--noise', '0');
  const [last] = asked();
  expect([then! - before!, last! - then!]).toEqual([10, 1]);
});

it('a row that nothing explains stays open while its case may be sent only once, and closes once it may be repeated', async () => {
  const { now, edit, run, states } = await project(
    () => json({ total: 1 }),
    () => json({ total: 2 }),
    ['{ id: post, request: { method: POST, path: /orders, json: {} } }'],
  );
  await run();
  now.go = now.rust;
  const ended = await run();
  expect([ended.exitCode, states()]).toEqual([0, ['_open_']]);
  expect(ended.report.notes).toContainEqual(
    expect.stringMatching(
      /^P-\w+ was not judged: 1 of its cases may not be sent again to make sure; mark what may be with safe: true, or write fixed under Status\.$/,
    ),
  );
  edit((text) => text.replace('{ id: post,', '{ id: post, safe: true,'));
  await run();
  expect(states()).toEqual(['_fixed_']);
});

it('one odd answer that all further answers contradict is flaky: it opens no row and is not parity', async () => {
  let count = 0;
  const { run, cwd } = await project(() => json({ body: 'q' }), () => {
    count += 1;
    return json({ body: count === 1 ? 'p' : 'q' });
  }, ['{ id: put, request: { path: /comment } }']);
  const { exitCode, report } = await run();
  expect([exitCode, report.findings, report.cases[0]!.reason]).toEqual([3, [], 'flaky']);
  expect(report.cases[0]!.message).toBe(
    'go answered otherwise at /body the first time than in 13 further answers, in which both sides agree there',
  );
  expect(existsSync(join(cwd, 'T.md'))).toBe(false);
});

const person = (name: string, at: string, spell: (text: string) => string) => json({ name, at: spell(at) });
const trimmed = (text: string) => text.replace('0Z', 'Z');

it('an accepted law is accepted on a new route that proves it again, and nothing else there is', async () => {
  let isOther = false;
  const spelled =
    (spell: (text: string) => string): Answers =>
    ({ path }) => {
      const other = isOther && spell === trimmed && path.startsWith('/teams');
      const at = `2024-0${path.length - 4}-02T03:04:05.120Z`;
      return other ? person('Max', at, spell) : person('Mia', at, spell);
    };
  const cases = ['/users/11', '/users/123'].map((path, index) => `{ id: u${index}, request: { path: ${path} } }`);
  const { edit, accept, run, rows } = await project(spelled(String), spelled(trimmed), cases);
  const [finding] = (await run()).report.findings;
  expect([finding!.class, finding!.verified, finding!.routes]).toEqual([
    'timestamp-fraction-digits',
    true,
    ['GET /users/{id}'],
  ]);
  await accept(finding!.id);
  const more = ['/teams/11', '/teams/123'].map((path, index) => `{ id: t${index}, request: { path: ${path} } }`);
  edit((text) => text + more.map((line) => `  - ${line}\n`).join(''));
  const ended = await run('--fail-on', 'any');
  expect([ended.exitCode, ended.report.findings.map(({ state }) => state)]).toEqual([0, ['accepted', 'accepted']]);
  const [, carried] = rows().sort(([, , , a], [, , , b]) => (a! < b! ? 1 : -1));
  expect([carried![1], carried![2]]).toEqual(['_accepted_', `as ${finding!.id}: agreed`]);
  expect((await run()).exitCode).toBe(0);
  isOther = true;
  expect((await run()).exitCode).toBe(1);
});

it('an accepted law does not cover the same law about another member of a new route', async () => {
  const ids = (spell: (id: number) => unknown): Answers => {
    return ({ path }) => {
      const id = Number(path.split('/')[2]);
      return json(path.startsWith('/users') ? { id: spell(id), x: 1 } : { amount: spell(id), x: 1 });
    };
  };
  const cases = ['/users/11', '/users/12'].map((path, index) => `{ id: u${index}, request: { path: ${path} } }`);
  const { edit, accept, run } = await project(ids(Number), ids(String), cases);
  const [finding] = (await run()).report.findings;
  await accept(finding!.id);
  edit((text) => `${text}  - { id: p, request: { path: /payments/13 } }\n`);
  const { exitCode, report } = await run();
  expect([exitCode, report.findings.map(({ state }) => state).sort()]).toEqual([1, ['accepted', 'new']]);
});

it('a shard into which no case falls ends with exit code 0 and says so, and merges with the others', async () => {
  const { cwd } = await project(
    () => json({ n: 1 }),
    () => json({ n: 1 }),
    ['{ id: one, request: { path: /n } }'],
  );
  const ended = await Promise.all(
    [1, 2, 3].map((index) => parity(['run', '--shard', `${index}/3`, '--out', `s${index}`, '--json'], { cwd })),
  );
  const reports = ended.map(({ stdout }) => JSON.parse(stdout) as ReturnType<typeof newestReport>);
  expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(reports.map(({ verdict }) => verdict).sort()).toEqual(['inconclusive', 'inconclusive', 'parity']);
  const empty = reports.filter(({ counts }) => counts.selected === 0);
  expect(empty.map(({ notes }) => notes)).toEqual(
    empty.map(() => [
      expect.stringMatching(
        /^The one case of the library is in other shards than \d\/3: nothing was sent, and nothing fails\.$/,
      ),
    ]),
  );
  const merged = await parity(['merge', 's1/latest', 's2/latest', 's3/latest'], { cwd });
  expect([merged.exitCode, merged.stdout]).toEqual([0, expect.stringContaining('PARITY')]);
});

it('no case at all is selected by a selector that fits nothing, whatever the shard: that is not an empty shard', async () => {
  const { cwd } = await project(
    () => json({ n: 1 }),
    () => json({ n: 1 }),
    ['{ id: one, request: { path: /n } }'],
  );
  const ended = await parity(['run', 'zzz', '--shard', '1/3'], { cwd });
  expect([ended.exitCode, ended.stderr]).toEqual([3, expect.stringContaining('PX3101')]);
});

it('a finding of an accepted row is sent again by parity replay, which says if it is still there', async () => {
  const { now, cwd, accept, run, states } = await project(
    () => json({ n: 1 }),
    () => json({ n: 2 }),
    ['{ id: n, request: { path: /n } }'],
  );
  const [finding] = (await run()).report.findings;
  await accept(finding!.id);
  const still = await parity(['replay', finding!.id], { cwd });
  expect([still.exitCode, still.stdout]).toEqual([1, expect.stringContaining('STILL DIVERGENT')]);
  now.go = now.rust;
  const fixed = await parity(['replay', finding!.id], { cwd });
  expect([fixed.exitCode, fixed.stdout]).toEqual([0, expect.stringContaining('FIXED')]);
  expect(states()).toEqual(['_accepted_']);
});

it('a run that exercised nothing is inconclusive for the same reason when it is resumed', async () => {
  const { cwd, run } = await project(
    () => [404, '{}'],
    () => [404, '{}'],
    ['{ id: n, request: { path: /n } }', '{ id: m, request: { path: /m } }'],
  );
  const first = await run();
  expect([first.exitCode, first.report.cases.map(({ reason }) => reason)]).toEqual([
    3,
    ['nothing-exercised', 'nothing-exercised'],
  ]);
  // As if the run had been cut off before its last line.
  const record = join(cwd, 'reports/latest/run.jsonl');
  const lines = readFileSync(record, 'utf8').trimEnd().split('\n');
  writeFileSync(record, `${lines.slice(0, -1).join('\n')}\n`);
  const resumed = await parity(['run', '--resume', 'latest', '--json'], { cwd });
  const report = JSON.parse(resumed.stdout) as typeof first.report;
  expect([resumed.exitCode, report.cases.map(({ reason }) => reason)]).toEqual([
    3,
    ['nothing-exercised', 'nothing-exercised'],
  ]);
});

const bytes = { 'content-type': 'application/octet-stream' };
const served = (body: () => Buffer): Answers => {
  return () => [200, body() as unknown as string, bytes];
};
const random = (length: number) => () => randomBytes(length);
const twice = (body: () => Buffer) => {
  const bodies: Buffer[] = [];
  return () => bodies.pop() ?? bodies[bodies.push(body()) - 1]!;
};
const behind = (head: string, length: number) => () => Buffer.concat([Buffer.from(head), randomBytes(length)]);

it.each([
  ['are random on both sides', random(16), random(16), 0],
  ['are random on both sides and come twice in a row', twice(random(16)), twice(random(16)), 0],
  ['are random on both sides behind the same head', behind('MAGIC', 300), behind('MAGIC', 300), 0],
  ['are random in two lengths', random(16), random(24), 1],
  ['are random behind two heads', behind('AB', 64), behind('AC', 64), 1],
  ['are random here and always the same there', random(64), () => Buffer.alloc(64, 7), 1],
  ['are random, but for one byte there', random(64), () => Buffer.concat([randomBytes(63), Buffer.from([9])]), 1],
  ['are random here and ASCII there', random(64), () => Buffer.from(randomBytes(32).toString('hex')), 1],
])('binary answers end a run with the exit code of what they are: they %s', async (_, rust, go, exitCode) => {
  const { run } = await project(served(rust), served(go), ['{ id: b, request: { path: /bytes } }']);
  expect((await run()).exitCode).toBe(exitCode);
});

it('a run of some cases closes no row: what another case left on the target may be what it shows', async () => {
  const go = { items: [] as string[] };
  const { run, states } = await project(
    () => json({ items: [] }),
    ({ path }) => {
      if (path === '/left') go.items.push('left');
      return json(path === '/left' ? { items: [] } : { items: go.items });
    },
    ['{ id: left, request: { path: /left }, serial: true }', '{ id: list, request: { path: /list } }'],
  );
  await run();
  expect(states()).toEqual(['_open_']);
  go.items = [];
  const { report } = await run('a/list', '--fail-on', 'new');
  expect(states()).toEqual(['_open_']);
  expect(report.notes.join('\n')).toContain('was not judged: a run of some cases closes no row; run all cases.');
  go.items = [];
  await run('--shard', '2/2', '--fail-on', 'new');
  expect(states()).toEqual(['_open_']);
});
