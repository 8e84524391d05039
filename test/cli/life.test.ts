import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReportDocument } from '../../src/report/document/document.ts';
import { folder, home, newestReport, parity } from './command.ts';
import { type Counting, counting } from './counting.ts';
import { type Asked, type Reply, serving } from './service.ts';

const cases = 60;
const lines = Array.from({ length: cases }, (_, i) =>
  JSON.stringify({ suite: 's', id: `case-${i}`, request: { path: `/${i}` } }),
);
const config = 'compare:\n  ignore: [{ pointer: /id, reason: generated }]\n';
const main = join(home, 'dist/cli/main.js');

let a: Counting;
let b: Counting;
let straight: unknown;

beforeAll(async () => {
  [a, b] = await Promise.all([counting('a'), counting('b')]);
  const cwd = await work();
  await parity(['run', ...targets()], { cwd });
  straight = kept(newestReport(cwd));
});
afterAll(() => Promise.all([a.close(), b.close()]));
beforeEach(() => {
  for (const server of [a, b]) {
    server.forget();
    server.onRequest = () => {};
  }
});

function targets(): string[] {
  return ['--target', `a=${a.url}`, '--target', `b=${b.url}`, '--seed', '1', '--no-tracker', '--noise', '0'];
}

function work(): Promise<string> {
  return folder({ 'cases/s.jsonl': `${lines.join('\n')}\n`, 'parity.yaml': config });
}

/** A report without what two runs of one plan may differ in. */
function kept({
  run: { id: _, startedAt: _s, finishedAt: _f, ...run },
  durations,
  ...report
}: ReportDocument): unknown {
  return { run, ...report, answers: durations.map(({ target, answers }) => [target, answers]) };
}

function runIds(cwd: string): string[] {
  // A link `.latest…` may stand there for a moment.
  return readdirSync(join(cwd, 'reports')).filter((name) => /^\d/.test(name));
}

interface Until {
  readonly args?: readonly string[];
  /** How many whole lines the record must hold before the signal; the request is not answered until then. */
  readonly lines?: number;
}

/** Starts a run and ends it with a signal as soon as the reference has got so many requests. */
async function runUntil(cwd: string, requests: number, signal: NodeJS.Signals, { args = [], lines = 0 }: Until = {}) {
  const child = spawn(process.execPath, [main, 'run', ...targets(), ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  a.onRequest = async (count) => {
    if (count !== requests) return;
    while (lines > 0 && wholeLines(cwd).length < lines) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill(signal);
  };
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  a.onRequest = () => {};
  return { exitCode, stderr };
}

function recordPath(cwd: string): string {
  return join(cwd, 'reports', runIds(cwd)[0]!, 'run.jsonl');
}

function wholeLines(cwd: string): string[] {
  return readFileSync(recordPath(cwd), 'utf8').split('\n').slice(0, -1);
}

function recordedIds(cwd: string): string[] {
  const whole = wholeLines(cwd).slice(1);
  return whole.map((line) => (JSON.parse(line) as { id: string }).id);
}

describe('a run that is killed', () => {
  const points = Array.from({ length: 14 }, (_, i) => 1 + ((i * 37 + 5) % cases));

  it.each(points)(
    'at request %i, and resumed, sends nothing twice that was finished and reports the same',
    async (at) => {
      const cwd = await work();
      await runUntil(cwd, at, 'SIGKILL');
      const finished = recordedIds(cwd);
      a.forget();
      b.forget();
      const ended = await parity(['run', ...targets(), '--resume', runIds(cwd)[0]!], { cwd });
      expect(ended.exitCode).toBe(1);
      expect(kept(newestReport(cwd))).toEqual(straight);
      const again = finished.filter((id) => a.asked.has(`/${id.split('-')[1]}`) || b.asked.has(`/${id.split('-')[1]}`));
      expect(again).toEqual([]);
      expect([a.asked.size, b.asked.size]).toEqual([cases - finished.length, cases - finished.length]);
      expect(existsSync(join(cwd, 'reports/latest/answers.jsonl'))).toBe(false);
    },
  );

  it('and killed again while it is resumed, is resumed once more', async () => {
    const cwd = await work();
    await runUntil(cwd, 15, 'SIGKILL');
    const id = runIds(cwd)[0]!;
    const child = spawn(process.execPath, [main, 'run', ...targets(), '--resume', id], { cwd, stdio: 'ignore' });
    a.forget();
    a.onRequest = (count) => {
      if (count === 15) child.kill('SIGKILL');
    };
    await new Promise((resolve) => child.once('close', resolve));
    a.onRequest = () => {};
    await parity(['run', ...targets(), '--resume', id], { cwd });
    expect(runIds(cwd)).toEqual([id]);
    expect(kept(newestReport(cwd))).toEqual(straight);
  });

  it('in the midst of a line goes on before that line', async () => {
    const cwd = await work();
    await runUntil(cwd, 40, 'SIGKILL', { lines: 3 });
    const torn = recordedIds(cwd).at(-1)!.split('-')[1];
    writeFileSync(recordPath(cwd), readFileSync(recordPath(cwd), 'utf8').slice(0, -1));
    a.forget();
    const ended = await parity(['run', ...targets(), '--resume', 'latest'], { cwd });
    expect([ended.exitCode, a.asked.has(`/${torn}`)]).toEqual([1, true]);
    expect(kept(newestReport(cwd))).toEqual(straight);
  });
});

/** Starts a run with a tracker and kills it as soon as a name of that pattern turns up in a folder. */
async function killAtFile(cwd: string, dir: () => string, name: RegExp): Promise<void> {
  const child = spawn(process.execPath, [main, 'run', ...tracked()], { cwd, env: { HOME: cwd }, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const look = () => {
    if (existsSync(dir()) && readdirSync(dir()).some((one) => name.test(one))) child.kill('SIGKILL');
    else if (child.exitCode === null) setImmediate(look);
  };
  look();
  await ended;
}

function tracked(): string[] {
  return [...targets().filter((word) => word !== '--no-tracker'), '--tracker', 'tracked/tracker.md'];
}

describe('a run that is killed while it sends what may not be sent twice', () => {
  const posts = Array.from({ length: cases }, (_, i) =>
    JSON.stringify({ suite: 's', id: `case-${i}`, request: { method: 'POST', path: `/${i}` } }),
  );

  it.each([7, 20, 41])('sends none of it again, and says of which nobody knows (request %i)', async (at) => {
    const cwd = await folder({ 'cases/s.jsonl': `${posts.join('\n')}\n`, 'parity.yaml': config });
    await runUntil(cwd, at, 'SIGKILL');
    const finished = new Set(recordedIds(cwd));
    const ended = await parity(['run', ...targets(), '--resume', 'latest'], { cwd });
    expect([ended.exitCode, Math.max(...a.asked.values(), ...b.asked.values())]).toEqual([1, 1]);
    const report = newestReport(cwd);
    const open = report.cases.filter(({ reason }) => reason === 'aborted');
    expect(open.length).toBeGreaterThan(0);
    expect(open.filter(({ id, outcome }) => outcome !== 'inconclusive' || finished.has(id))).toEqual([]);
    expect(report.counts.match + report.counts.divergent + open.length).toBe(cases);
  });
});

describe('a run that is killed after its last case', () => {
  const newest = (cwd: string) => join(cwd, 'reports', existsSync(join(cwd, 'reports')) ? (runIds(cwd)[0] ?? '') : '');

  it.each([1, 2, 3])(
    'while the tracker is written: it is whole, and the run goes on without sending (%i)',
    async () => {
      const cwd = await work();
      mkdirSync(join(cwd, 'tracked'));
      await killAtFile(cwd, () => join(cwd, 'tracked'), /./);
      a.forget();
      const ended = await parity(['run', ...tracked(), '--resume', runIds(cwd)[0]!], { cwd });
      // It may have come to its end before the signal: then its record says so.
      expect([ended.exitCode, a.asked.size]).toEqual([ended.stderr.includes('PX2703') ? 2 : 1, 0]);
      await parity(['report', runIds(cwd)[0]!, '--reporter', 'json'], { cwd });
      const report = newestReport(cwd);
      const table = readFileSync(join(cwd, 'tracked/tracker.md'), 'utf8');
      expect(report.findings.length).toBeGreaterThan(0);
      for (const { id } of report.findings) expect(table.split(`| ${id} |`).length).toBe(2);
      const { findings } = straight as ReportDocument;
      expect(report.findings.map((one) => one.id)).toEqual(findings.map((one) => one.id));
    },
  );

  it.each([1, 2, 3])(
    'while the reports are written: each is whole or not there, and can be rendered (%i)',
    async () => {
      const cwd = await work();
      mkdirSync(join(cwd, 'tracked'));
      await killAtFile(cwd, () => newest(cwd), /report/);
      for (const name of readdirSync(newest(cwd)).filter((one) => one === 'report.json'))
        expect(() => JSON.parse(readFileSync(join(newest(cwd), name), 'utf8'))).not.toThrow();
      const ended = await parity(['report', runIds(cwd)[0]!, '--reporter', 'json,md,html'], { cwd });
      expect(ended.exitCode).toBe(0);
      const { cases: told, counts, verdict } = newestReport(cwd);
      const { cases: wanted, counts: all, verdict: meant } = straight as ReportDocument;
      expect([told, counts, verdict]).toEqual([wanted, all, meant]);
    },
  );
});

describe('a run that is interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s ends with %i, keeps what there is, and prints a command that goes on', async (signal, code) => {
    const cwd = await work();
    const ended = await runUntil(cwd, 20, signal);
    expect(ended.exitCode).toBe(code);
    const report = newestReport(cwd);
    expect([report.run.interrupted, report.verdict === 'parity']).toEqual([true, false]);
    expect(report.counts.notRun).toBeGreaterThan(0);
    const command = /^resume with: parity (.*)$/m.exec(ended.stderr)?.[1] ?? '';
    expect((await parity(command.split(' '), { cwd })).exitCode).toBe(1);
    expect(kept(newestReport(cwd))).toEqual(straight);
    expect(Math.max(...a.asked.values(), ...b.asked.values())).toBe(1);
  });
});

describe('a case of several steps that is interrupted', () => {
  it('starts no further step, and cleans up', async () => {
    const asked: string[] = [];
    let stop = () => {};
    const slowly = async ({ method, path }: Asked): Promise<Reply> => {
      asked.push(`${method} ${path}`);
      if (asked.filter((one) => one === 'GET /1').length === 2) stop();
      await new Promise((resolve) => setTimeout(resolve, method === 'GET' ? 300 : 0));
      return [200, '{"ok":true}'];
    };
    const [x, y] = [await serving(slowly), await serving(slowly)];
    const requests = (...paths: string[]) => paths.map((path) => `{ request: { path: ${path} } }`).join(', ');
    const cwd = await folder({
      'cases/s.yaml': `cases:
  - id: x
    before: [{ request: { method: PUT, path: /made } }]
    steps: [${requests('/1', '/2', '/3')}]
    after: [{ request: { method: DELETE, path: /made } }]
`,
    });
    const args = ['run', '--target', `x=${x.url}`, '--target', `y=${y.url}`, '--no-tracker'];
    const child = spawn(process.execPath, [main, ...args], { cwd, stdio: 'ignore' });
    stop = () => {
      child.kill('SIGINT');
      stop = () => {};
    };
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(130);
    expect(asked.sort()).toEqual(['DELETE /made', 'DELETE /made', 'GET /1', 'GET /1', 'PUT /made', 'PUT /made']);
    const [told] = newestReport(cwd).cases;
    expect(told).toMatchObject({ outcome: 'inconclusive', reason: 'aborted' });
    expect(told?.message).toMatch(/^the run was stopped before step 2 was sent to x/);
  });
});

describe('a case that is sent again to tell noise', () => {
  it('is not judged by its first answers alone where the run is interrupted, and is sent anew by the next', async () => {
    let stop = () => {};
    const made = async (all: readonly Asked[]): Promise<Reply> => {
      if (all.length === 2) stop();
      await new Promise((resolve) => setTimeout(resolve, 200));
      return [200, `{"ok":true,"requestId":"${randomUUID()}"}`];
    };
    const [old, anew] = [await serving((_, all) => made(all)), await serving(() => made([]))];
    const cwd = await folder({
      'cases/s.yaml': 'cases: [{ id: x, request: { path: /x } }]\n',
      'parity.yaml': `targets: { old: ${old.url}, anew: ${anew.url} }\ntracker: { file: t.md }\n`,
    });
    const env = { PATH: process.env.PATH ?? '', HOME: cwd };
    const child = spawn(process.execPath, [main, 'run'], { cwd, env, stdio: 'ignore' });
    stop = () => child.kill('SIGINT');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(130);
    const { findings, verdict, cases: told } = newestReport(cwd);
    expect([findings, verdict, told[0]?.outcome]).toEqual([[], 'inconclusive', 'notRun']);
    const ended = await parity(['run', '--resume', 'latest'], { cwd });
    expect([ended.exitCode, newestReport(cwd).verdict]).toEqual([0, 'parity']);
  });
});

describe('what is resumed as `latest`', () => {
  it('is the run that was killed, not the one before it that came to its end', async () => {
    const cwd = await work();
    await parity(['run', ...targets()], { cwd });
    await runUntil(cwd, a.asked.size + 20, 'SIGKILL');
    const killed = runIds(cwd).at(-1)!;
    const ended = await parity(['run', ...targets(), '--resume', 'latest'], { cwd });
    expect([ended.exitCode, newestReport(cwd).run.id]).toEqual([1, killed]);
    expect(kept(newestReport(cwd))).toEqual(straight);
  });
});

describe('what is not resumed', () => {
  it('a run that is still at work: it stays whole, and nothing is sent twice', async () => {
    const cwd = await work();
    const child = spawn(process.execPath, [main, 'run', ...targets()], { cwd, stdio: 'ignore' });
    const stopped = new Promise((resolve) => {
      a.onRequest = (count) => {
        if (count === 20) resolve(child.kill('SIGSTOP'));
      };
    });
    const closed = new Promise((resolve) => child.once('close', resolve));
    await stopped;
    const ended = await parity(['run', ...targets(), '--resume', runIds(cwd)[0]!], { cwd });
    child.kill('SIGCONT');
    expect(await closed).toBe(1);
    expect([ended.exitCode, ended.stderr.includes('PX2705')]).toEqual([2, true]);
    expect(kept(newestReport(cwd))).toEqual(straight);
    expect(Math.max(...a.asked.values(), ...b.asked.values())).toBe(1);
    expect(readdirSync(join(cwd, 'reports/latest')).filter((name) => name.includes('lock'))).toEqual([]);
  });

  it.each([
    [
      'the case files',
      (cwd: string) => writeFileSync(join(cwd, 'cases/s.jsonl'), `${lines.slice(1).join('\n')}\n`),
      [],
    ],
    [
      'the rules of comparison',
      (cwd: string) => writeFileSync(join(cwd, 'parity.yaml'), 'compare: { level: wire }\n'),
      [],
    ],
    [
      'the versions of the targets',
      (cwd: string) =>
        writeFileSync(join(cwd, 'parity.yaml'), `targets: { a: { url: '${a.url}', commit: a1b2c3d } }\n`),
      [],
    ],
    ['the selection', () => {}, ['s/case-1*']],
    ['is of all cases', () => {}, ['--shard', '1/2']],
  ])('a run of another plan: %s', async (what, change, args) => {
    const cwd = await work();
    await runUntil(cwd, 10, 'SIGKILL');
    change(cwd);
    a.forget();
    const ended = await parity(['run', ...targets(), '--resume', runIds(cwd)[0]!, ...args], { cwd });
    expect([ended.exitCode, a.asked.size]).toEqual([2, 0]);
    expect(ended.stderr).toMatch(/error\[PX2702\]/);
    expect(ended.stderr).toContain(what);
  });

  it('a run that came to its end', async () => {
    const cwd = await work();
    await parity(['run', ...targets()], { cwd });
    const ended = await parity(['run', ...targets(), '--resume', 'latest'], { cwd });
    expect([ended.exitCode, ended.stderr.includes('PX2703')]).toEqual([2, true]);
  });

  it('a run that is not there', async () => {
    const cwd = await work();
    const ended = await parity(['run', ...targets(), '--resume', 'nowhere'], { cwd });
    expect([ended.exitCode, a.asked.size]).toEqual([2, 0]);
  });
});

describe('shards', () => {
  async function shards(of: number, which: readonly number[]): Promise<string> {
    const cwd = await work();
    for (const index of which)
      await parity(['run', ...targets(), '--shard', `auto/${of}`, '--out', `shards/${index}`], {
        cwd,
        env: { JOB_COMPLETION_INDEX: String(index - 1) },
      });
    return cwd;
  }

  const folders = (...indices: number[]) => indices.map((index) => `shards/${index}/latest`);

  it('are disjoint, and joined give the report of one run', async () => {
    const cwd = await shards(3, [1, 2, 3]);
    expect([...a.asked.values()]).toEqual(Array(cases).fill(1));
    a.forget();
    const ended = await parity(['merge', ...folders(3, 1, 2), ...targets()], { cwd });
    expect([ended.exitCode, a.asked.size]).toEqual([1, 0]);
    expect(kept(newestReport(cwd))).toEqual(straight);
  });

  it('are joined without the credentials that they were sent with, and none is shown', async () => {
    const [auth, headers] = [`{ bearer: "\${TOKEN}" }`, `{ x-tenant: "\${TENANT}" }`];
    const echo = (of: string) =>
      serving(
        ({ headers: seen }): Reply => [200, JSON.stringify({ of, seen: [seen.authorization, seen['x-tenant']] })],
      );
    const [one, other] = [await echo('one'), await echo('other')];
    const target = ({ url }: Pick<Counting, 'url'>) => `{ url: "${url}", auth: ${auth}, headers: ${headers} }`;
    const cwd = await folder({
      'cases/s.jsonl': `${lines.join('\n')}\n`,
      'parity.yaml': `targets:\n  a: ${target(one)}\n  b: ${target(other)}\n`,
    });
    const env = { TOKEN: 'swordfish-4711', TENANT: 'acme-corp-1' };
    for (const index of [1, 2])
      await parity(['run', '--no-tracker', '--shard', `${index}/2`, '--out', `shards/${index}`], { cwd, env });
    const joined = async (out: string, set = {}) => {
      const ended = await parity(
        [
          'merge',
          join(cwd, 'shards/1/latest'),
          join(cwd, 'shards/2/latest'),
          '--no-tracker',
          '--out',
          out,
          '--seed',
          '1',
        ],
        { cwd, env: set },
      );
      const report = readFileSync(join(cwd, out, 'latest/report.json'), 'utf8');
      return {
        ended: [ended.exitCode, ended.stderr],
        report: kept(JSON.parse(report) as ReportDocument),
        record: readFileSync(join(cwd, out, 'latest/run.jsonl'), 'utf8'),
      };
    };
    const [whole, open] = [await joined('with', env), await joined('without')];
    expect([whole.ended, open.ended]).toEqual([
      [1, ''],
      [1, ''],
    ]);
    expect(open.report).toEqual(whole.report);
    expect(open.record).toContain('***');
    for (const value of Object.values(env)) expect(open.record).not.toContain(value);
  });

  it('that were cut off and run anew count as they were run anew', async () => {
    const cwd = await shards(2, [1, 2]);
    await runUntil(cwd, a.asked.size + 5, 'SIGKILL', { args: ['--shard', '2/2', '--out', 'shards/cut'] });
    const cut = join('shards/cut', readdirSync(join(cwd, 'shards/cut'))[0]!);
    const ended = await parity(['merge', cut, ...folders(1, 2), ...targets()], { cwd });
    expect(ended.exitCode).toBe(1);
    expect(kept(newestReport(cwd))).toEqual(straight);
  });

  it('explain values captured under one name as one run does', async () => {
    let made = 0;
    const making =
      (key: string) =>
      (asked: Asked): Reply => {
        made += 1;
        const id = `item-${made}-${key}`;
        return [200, asked.path === '/x' ? JSON.stringify({ [key]: id }) : '{}', { 'x-id': id }];
      };
    const [old, anew] = [await serving(making('item_id')), await serving(making('itemId'))];
    const steps = ['/x', '/y'].map((path) => ({ request: { path }, capture: { id: { header: 'x-id' } } }));
    const cwd = await folder({
      'cases/s.yaml': JSON.stringify({ cases: ['a', 'b', 'c'].map((id) => ({ id, steps })) }),
      'parity.yaml': `targets: { old: ${old.url}, anew: ${anew.url} }\n`,
    });
    const findingsOf = async (...args: string[]) => {
      const { exitCode } = await parity([...args, '--noise', '0'], { cwd });
      const found = newestReport(cwd).findings;
      return { exitCode, found: found.map(({ fingerprint, verified }) => ({ fingerprint, verified })) };
    };
    const whole = await findingsOf('run');
    await parity(['run', '--noise', '0', '--shard', '1/1', '--out', 'shards/1'], { cwd });
    expect(await findingsOf('merge', 'shards/1/latest')).toEqual(whole);
    expect(whole).toMatchObject({ exitCode: 1, found: [{ verified: true }] });
  });

  it('that are missing are named, and make the run inconclusive', async () => {
    const cwd = await shards(3, [1, 3]);
    const ended = await parity(['merge', ...folders(1, 3), ...targets(), '--fail-on', 'never'], { cwd });
    const report = newestReport(cwd);
    expect(ended.exitCode).toBe(3);
    const missing = report.cases.filter((one) => one.outcome === 'notRun');
    expect(missing.length).toBe(report.counts.notRun);
    expect(new Set(missing.map((one) => one.message))).toEqual(new Set(['shard 2/3 is not among the runs']));
    expect(ended.stdout).toContain('shard 2/3 is not among the runs');
  });

  it('of different splits, twice the same, and of other case files are refused', async () => {
    const cwd = await shards(2, [1, 2]);
    await parity(['run', ...targets(), '--shard', '1/3', '--out', 'shards/9'], { cwd });
    const split = await parity(['merge', ...folders(1, 9), ...targets()], { cwd });
    expect([split.exitCode, split.stderr.includes('PX2704')]).toEqual([2, true]);
    await parity(['run', ...targets(), '--shard', '1/2', '--out', 'shards/8'], { cwd });
    const twice = await parity(['merge', ...folders(1, 8), ...targets()], { cwd });
    expect([twice.exitCode, twice.stderr.includes('PX2704')]).toEqual([2, true]);
    writeFileSync(join(cwd, 'cases/s.jsonl'), `${lines.slice(1).join('\n')}\n`);
    const other = await parity(['merge', ...folders(1, 2), ...targets()], { cwd });
    expect(other.stderr).toMatch(/PX2702.*the case files/);
  });

  it('are all that can be joined', async () => {
    const cwd = await work();
    await parity(['run', ...targets()], { cwd });
    const { exitCode, stderr } = await parity(['merge', 'reports/latest', ...targets()], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/PX2704.* is not a shard: .*\n.* show it with: parity report \d/);
    expect(readdirSync(join(cwd, 'reports'))).toHaveLength(2);
  });

  it.each([
    ['no index in the environment', ['--shard', 'auto/2'], {}],
    ['an index beyond the split', ['--shard', 'auto/2'], { JOB_COMPLETION_INDEX: '2' }],
    ['an index that is not a number', ['--shard', 'auto/2'], { JOB_COMPLETION_INDEX: 'x' }],
  ])('%s is an error before anything is sent', async (_, args, env) => {
    const ended = await parity(['run', ...targets(), ...args], { cwd: await work(), env });
    expect([ended.exitCode, a.asked.size]).toEqual([2, 0]);
  });
});

/** Runs a shell line in which `parity` is the built command line. */
function shell(line: string, cwd: string): Promise<{ exitCode: number | null; stderr: string; stdout: string }> {
  const child = spawn('sh', ['-c', line.replaceAll('PARITY', `'${process.execPath}' '${main}'`)], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const read = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (read.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (read.stderr += text));
  return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, ...read })));
}

describe('what the system refuses', () => {
  it('a disk that is full in the midst of a run: exit 4, the path, and what there is can be resumed', async () => {
    const cwd = await work();
    // Blocks of 512 bytes: no file may grow beyond 8 KiB.
    const ended = await shell(`ulimit -f 16; trap '' XFSZ; PARITY run ${targets().join(' ')}`, cwd);
    expect(ended.exitCode).toBe(4);
    expect(ended.stderr).toMatch(/error\[PX4201\].*(?:run|answers)\.jsonl/);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    await parity(['run', ...targets(), '--resume', runIds(cwd)[0]!], { cwd });
    expect(kept(newestReport(cwd))).toEqual(straight);
  });

  it('standard output that is closed: the exit code still tells the verdict', async () => {
    const cwd = await work();
    const ended = await shell(`{ PARITY run ${targets().join(' ')} --json; echo "code $?" >&2; } | head -c 1`, cwd);
    expect(ended.stderr).toBe('code 1\n');
    expect(kept(newestReport(cwd))).toEqual(straight);
  });

  it('a folder that is read-only: exit 2 and nothing sent', async () => {
    const cwd = await work();
    mkdirSync(join(cwd, 'reports'));
    chmodSync(join(cwd, 'reports'), 0o555);
    writeFileSync(join(cwd, 'file'), '');
    // Root may write anywhere but below a file.
    const out = process.getuid?.() === 0 ? 'file/reports' : 'reports';
    const ended = await parity(['run', ...targets(), '--out', out], { cwd });
    expect([ended.exitCode, a.asked.size, ended.stderr.includes('PX2701')]).toEqual([2, 0, true]);
  });
});
