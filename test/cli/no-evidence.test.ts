import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Reply, serving } from './service.ts';

/** How both targets answer by path: `/404/x` with 404; `/404/x?b=other` with another body on the candidate. */
async function targets(): Promise<string> {
  const answer =
    (name: string) =>
    ({ path }: { path: string }): Reply => {
      const status = Number(/^\/(\d{3})\b/.exec(path)?.[1] ?? 200);
      return [status, path.includes('own') ? `{"by":"${name}"}` : '{"said":"no"}'];
    };
  const [a, b] = [await serving(answer('a')), await serving(answer('b'))];
  return `targets:\n  a: ${a.url}\n  b: ${b.url}\ntracker: T.md\n`;
}

interface Row {
  readonly id: string;
  readonly path?: string;
  readonly expect?: number;
}

function suiteOf(name: string, rows: readonly Row[]): string {
  const cases = rows.map(({ id, path = `/${id}`, expect: status }) => ({
    id,
    request: { path },
    ...(status === undefined ? {} : { expect: { status } }),
  }));
  return JSON.stringify({ suite: name, cases });
}

async function library(suites: Readonly<Record<string, readonly Row[]>>): Promise<string> {
  const files = Object.entries(suites).map(([name, rows]) => [`cases/${name}.json`, suiteOf(name, rows)]);
  return folder({ ...Object.fromEntries(files), 'parity.yaml': await targets() });
}

const read = (cwd: string, file: string) => readFileSync(join(cwd, 'reports/latest', file), 'utf8');

function outcomes(cwd: string): string[] {
  return newestReport(cwd).cases.map(({ id, outcome, reason }) => [id, outcome, reason ?? []].flat().join(' '));
}

describe('a suite of which both sides refuse every judged case alike', () => {
  it('is inconclusive, and every report says what was not exercised and what to do.', async () => {
    const cwd = await library({
      base: ['404/one', '404/two', '404/three'].map((id) => ({ id: id.replace('/', '-'), path: `/${id}` })),
    });
    const { exitCode, stdout } = await parity(['run', '--noise', '0'], { cwd });
    const { verdict, counts, cases, unexercised, suites } = newestReport(cwd);
    expect([exitCode, verdict, counts.inconclusive, counts.match]).toEqual([3, 'inconclusive', 3, 0]);
    expect(new Set(cases.map(({ reason }) => reason))).toEqual(new Set(['nothing-exercised']));
    expect(unexercised).toEqual([{ suite: 'base', candidate: 'b', judged: 3, refused: 3, statuses: [404] }]);
    expect(suites[0]).toMatchObject({ conclusive: 0, ladder: { status: 0 } });
    const said =
      'nothing was exercised: both sides refused all 3 judged cases of the suite base with the same status (404)';
    expect(stdout).toContain(`INCONCLUSIVE ${said}`);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'check the base path in the URLs of the targets; if the case is about this answer, say expect: { status: 404 }',
    );
    expect(read(cwd, 'report.md')).toContain('nothing was exercised');
    const [card = ''] = /Is it safe to switch\?<\/h2>.*?<\/section>/s.exec(read(cwd, 'report.html')) ?? [];
    expect(card).toContain('This run cannot tell.');
    expect(card).toContain('Nothing was exercised: both sides refused all 3 judged cases');
    expect(card).toContain('add expect: { status: 404 } to it');
  });

  it('is told by the status alone, and by nothing else.', async () => {
    const byReason = {
      'inconclusive nothing-exercised': [401, 403, 404, 405, 407, 421, 500, 501, 505, 507, 511],
      'inconclusive overloaded': [429, 503],
      'inconclusive bad-gateway': [502, 504],
      match: [200, 204, 301, 304, 400, 406, 409, 410, 415, 422],
    };
    const all = Object.values(byReason).flat();
    const cwd = await library(
      Object.fromEntries(all.map((status) => [`s${status}`, [{ id: 'one', path: `/${status}/x` }]])),
    );
    expect((await parity(['run', '--no-tracker', '--noise', '0'], { cwd })).exitCode).toBe(3);
    const wanted = Object.entries(byReason).flatMap(([said, ones]) => ones.map((status) => `s${status}/one ${said}`));
    expect(outcomes(cwd)).toEqual(wanted.sort());
  });

  it.each([1, 2, 3, 4])(
    'is inconclusive where the run was cut off and resumed, too (after %i lines).',
    async (kept) => {
      const base = ['404/one', '404/two', '404/three'].map((id) => ({ id: id.replace('/', '-'), path: `/${id}` }));
      const cwd = await library({ base });
      const straight = await parity(['run', '--noise', '0'], { cwd });
      const { verdict, counts, cases, unexercised, suites } = newestReport(cwd);
      const record = join(cwd, 'reports/latest/run.jsonl');
      const lines = readFileSync(record, 'utf8').split('\n').slice(0, kept);
      writeFileSync(record, `${lines.join('\n')}\n`);
      const resumed = await parity(['run', '--noise', '0', '--resume', 'latest'], { cwd });
      expect([straight.exitCode, resumed.exitCode]).toEqual([3, 3]);
      expect(newestReport(cwd)).toMatchObject({ verdict, counts, cases, unexercised, suites });
    },
  );

  it('shows something where the case says that it expects the refusal.', async () => {
    const cwd = await library({
      s: [
        { id: 'one', path: '/404/x', expect: 404 },
        { id: 'two', path: '/403/x' },
      ],
    });
    expect((await parity(['run', '--no-tracker', '--noise', '0'], { cwd })).exitCode).toBe(0);
    expect(outcomes(cwd)).toEqual(['s/one match', 's/two match']);
  });

  it('still diverges where the bodies differ, and the other cases stay inconclusive.', async () => {
    const cwd = await library({
      s: [
        { id: 'one', path: '/404/x' },
        { id: 'two', path: '/404/own' },
      ],
    });
    expect((await parity(['run', '--no-tracker', '--noise', '0'], { cwd })).exitCode).toBe(1);
    expect(outcomes(cwd)).toEqual(['s/one inconclusive nothing-exercised', 's/two divergent']);
  });

  it('leaves the match of another suite as it is.', async () => {
    const cwd = await library({ bad: [{ id: 'one', path: '/401/x' }], good: [{ id: 'one', path: '/200/x' }] });
    expect((await parity(['run', '--no-tracker', '--noise', '0'], { cwd })).exitCode).toBe(3);
    expect(outcomes(cwd)).toEqual(['bad/one inconclusive nothing-exercised', 'good/one match']);
  });
});

it.each([
  [2, 1, 1],
  [3, 1, 0],
])('Of %i cases where %i is refused alike, the run is parity with %i note.', async (all, refused, notes) => {
  const rows = Array.from({ length: all }, (_, at) => ({ id: `c${at}`, path: at < refused ? '/404/x' : `/200/${at}` }));
  const cwd = await library({ s: rows });
  expect((await parity(['run', '--no-tracker', '--noise', '0'], { cwd })).exitCode).toBe(0);
  const said = newestReport(cwd).notes.filter((note) =>
    note.includes('refused 1 of 2 cases of the suite s alike (404)'),
  );
  expect(said).toHaveLength(notes);
});

it('A row of the tracker is not closed by a run that exercises nothing.', async () => {
  let isBroken = false;
  const answer = (value: number) => (): Reply => (isBroken ? [404, '{}'] : [200, `{"n":${value}}`]);
  const [a, b] = [await serving(answer(1)), await serving(answer(2))];
  const cwd = await folder({
    'cases/s.json': suiteOf('s', [{ id: 'one' }]),
    'parity.yaml': `targets:\n  a: ${a.url}\n  b: ${b.url}\ntracker: T.md\n`,
  });
  await parity(['run'], { cwd });
  const before = readFileSync(join(cwd, 'T.md'), 'utf8');
  expect(before).toContain('_open_');
  isBroken = true;
  expect((await parity(['run'], { cwd })).exitCode).toBe(3);
  expect(readFileSync(join(cwd, 'T.md'), 'utf8')).toBe(before);
});

it.each([
  ['every case', ['404/one', '404/two', '404/three', '404/four'], 3],
  ['all but one', ['404/one', '404/two', '404/three', '200/four'], 0],
] as const)(
  'A run of which both sides refuse %s has the same verdict where it was cut off and resumed.',
  async (_, paths, exitCode) => {
    const cwd = await library({ base: paths.map((path) => ({ id: path.replace('/', '-'), path: `/${path}` })) });
    const summary = () => {
      const { verdict, counts, unexercised, notes } = newestReport(cwd);
      return { outcomes: outcomes(cwd), verdict, counts, unexercised, notes };
    };
    const whole = await parity(['run', '--noise', '0'], { cwd });
    const straight = summary();
    const record = join(cwd, 'reports/latest/run.jsonl');
    writeFileSync(record, readFileSync(record, 'utf8').split('\n').slice(0, 3).join('\n').concat('\n'));
    const resumed = await parity(['run', '--noise', '0', '--resume', 'latest'], { cwd });
    expect([whole.exitCode, resumed.exitCode, summary()]).toEqual([exitCode, exitCode, straight]);
  },
);

describe('what a suite shows is judged over all of it', () => {
  const rows = (refused: number) =>
    Array.from({ length: 12 }, (_, at) => ({ id: `c${at}`, path: at < refused ? '/404/x' : `/200/${at}` }));

  it.each([
    [12, 3],
    [11, 0],
  ])('Shards merged come to what a run in one goes to: %i of 12 refused, exit code %i.', async (refused, exitCode) => {
    const cwd = await library({ s: rows(refused) });
    const straight = await parity(['run', '--no-tracker', '--noise', '0', '--out', 'straight'], { cwd });
    for (const shard of ['1/3', '2/3', '3/3'])
      await parity(['run', '--no-tracker', '--noise', '0', '--out', 'parts', '--shard', shard], { cwd });
    const parts = [1, 2, 3].map((at) => shardFolder(cwd, at));
    const merged = await parity(['merge', ...parts, '--no-tracker', '--noise', '0'], { cwd });
    expect([straight.exitCode, merged.exitCode]).toEqual([exitCode, exitCode]);
    const { cases, unexercised, counts, suites } = newestReport(cwd);
    const whole = JSON.parse(readFileSync(join(cwd, 'straight/latest/report.json'), 'utf8'));
    expect({ cases, unexercised, counts, suites }).toEqual({
      cases: whole.cases,
      unexercised: whole.unexercised,
      counts: whole.counts,
      suites: whole.suites,
    });
  });

  it('A report that is rendered again says what the run said.', async () => {
    const cwd = await library({ s: rows(12) });
    await parity(['run', '--no-tracker', '--noise', '0'], { cwd });
    const before = ['report.json', 'report.md', 'report.html'].map((file) => read(cwd, file));
    await parity(['report', 'latest', '--reporter', 'json,md,html'], { cwd });
    expect(['report.json', 'report.md', 'report.html'].map((file) => read(cwd, file))).toEqual(before);
  });
});

/** The run folder of a shard, by the header of its record. */
function shardFolder(cwd: string, index: number): string {
  const folders = readdirSync(join(cwd, 'parts')).filter((name) => name !== 'latest');
  const found = folders.find((name) => {
    const [header = ''] = readFileSync(join(cwd, 'parts', name, 'run.jsonl'), 'utf8').split('\n');
    return JSON.parse(header).shard.index === index;
  });
  return join(cwd, 'parts', found ?? '');
}
