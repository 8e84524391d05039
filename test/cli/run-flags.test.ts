import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';

/** Two services; the candidate answers otherwise to the paths in `bad`, and not at all to those in `gone`. */
const asked: string[] = [];
const bad = new Set<string>();
const gone = new Set<string>();
const urls: string[] = [];
const closing: (() => void)[] = [];
let calls = 0;

beforeAll(async () => {
  for (const isCandidate of [false, true]) {
    const server = createServer((request, response) => {
      const path = request.url ?? '';
      if (isCandidate) asked.push(`${request.method} ${path}`);
      if (isCandidate && gone.has(path)) return void request.socket.destroy();
      calls += 1;
      const token = path.startsWith('/noisy') ? { token: calls * 7919 } : {};
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ path, value: isCandidate && bad.has(path) ? 2 : 1, ...token }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    urls.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    closing.push(() => void server.close().closeAllConnections());
  }
});
afterAll(() => {
  for (const close of closing) close();
});
beforeEach(() => {
  for (const one of [bad, gone]) one.clear();
  asked.length = 0;
});

const numbers = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'));

/** Twelve cases that read, one that writes, one whose answers hold what is new each time. */
function library(): Promise<string> {
  const reads = numbers.map((number) => `  - { id: c${number}, request: { method: GET, path: /c/${number} } }`);
  const cases = `suite: s
cases:
${reads.join('\n')}
  - { id: noisy, request: { method: GET, path: /noisy } }
  - { id: write, safe: true, request: { method: POST, path: "/items/7?x=1", json: {} } }
`;
  const config = `targets: { old: "${urls[0]}", new: "${urls[1]}" }\ntracker: T.md\nconcurrency: 1\nroutes: ["/c/{number}"]\n`;
  return folder({ 'parity.yaml': config, 'cases/s.yaml': cases });
}

const rows = (dir: string) =>
  Array.from(readFileSync(join(dir, 'T.md'), 'utf8').matchAll(/^\| (P-\w+) +\| (_\w+_)/gm), ([, id, state]) => ({
    id: id!,
    state: state!,
  }));

async function planned(dir: string, ...flags: readonly string[]): Promise<string[]> {
  const { exitCode, stdout, stderr } = await parity(['run', '--dry-run', ...flags], { cwd: dir });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line.startsWith('s/'));
}

describe('how much a run prints', () => {
  it('-q prints the verdict alone where everything was compared', async () => {
    const dir = await library();
    expect(await parity(['run', '-q'], { cwd: dir })).toEqual({
      exitCode: 0,
      stdout: 'PARITY all 14 cases match\n',
      stderr: '',
    });
    bad.add('/c/03');
    const { exitCode, stdout } = await parity(['run', '--quiet'], { cwd: dir });
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: 'DIVERGENT 1 of 14 cases diverges: 1 finding (1 new)\n',
    });
    const again = await parity(['report', 'latest', '-q'], { cwd: dir });
    expect(again.stdout).toBe(stdout);
  });

  it('-q prints above the verdict what could not be done, and how to mend it', async () => {
    gone.add('/c/05');
    const { exitCode, stdout } = await parity(['run', '-q'], { cwd: await library() });
    expect(exitCode).toBe(3);
    expect(stdout).toBe(`INCONCLUSIVE  closed-early  1 case
      new closed the connection before sending anything
      try: look in its log, or use https:// in its URL if that is what it speaks
      s/c05

INCONCLUSIVE 1 of 14 cases could not be compared (closed-early)
`);
  });

  it('-v prints every case, every finding, and what was ignored as noise in which case', async () => {
    for (const number of numbers) bad.add(`/c${number}`);
    bad.add('/noisy');
    const dir = await library();
    // Each on a route of its own, which makes each a finding of its own.
    const file = join(dir, 'cases/s.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('/c/', '/c'));
    const short = await parity(['run', '--no-tracker'], { cwd: dir });
    const long = await parity(['report', 'latest', '-v'], { cwd: dir });
    expect(long.stdout).toMatch(/^ {2}divergent {5}s\/noisy {2}new\n +ignored as noise: body \/token \(value\)$/m);
    expect(long.stdout).toMatch(/^ {2}match {9}s\/write {2}new$/m);
    const shown = (text: string) => (text.match(/^NEW /gm) ?? []).length;
    expect(shown(short.stdout)).toBe(10);
    expect(short.stdout).toContain('  and 3 more findings: see the report, or -v');
    expect(newestReport(dir).findings.length).toBe(13);
    expect(shown(long.stdout)).toBe(newestReport(dir).findings.length);
    expect(short.stdout).not.toContain('ignored as noise');
  });

  it.each([['run'], ['report', 'latest'], ['compare', 'http://127.0.0.1:1', 'http://127.0.0.1:2']])(
    '-q and -v together are an error of %s',
    async (...words) => {
      const { exitCode, stderr } = await parity([...words, '-q', '-v'], { cwd: await library() });
      expect(exitCode).toBe(2);
      expect(stderr).toContain('error[PX2001] --quiet and --verbose are both given');
      expect(asked).toEqual([]);
    },
  );

  it('parity compare and parity demo take them too', async () => {
    const compared = await parity(['compare', ...urls, '/c/01', '-q'], { cwd: await folder() });
    expect(compared).toEqual({ exitCode: 0, stdout: 'PARITY the one case matches\n', stderr: '' });
    const demo = await parity(['demo', 'validate/accepted', '-q'], { cwd: await folder() });
    expect(demo.stdout.split('\n').length).toBe(2);
  });
});

describe('--bail', () => {
  it('sends nothing more after so many divergent cases, ends with 1, and says how much was not run', async () => {
    for (const number of ['03', '06', '09']) bad.add(`/c/${number}`);
    const dir = await library();
    const { exitCode, stdout } = await parity(['run', '--bail', '2'], { cwd: dir });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/DIVERGENT 2 of 14 cases diverge: .*, 8 were not run \(--bail\)\n$/);
    expect(stdout).toContain('nothing more was sent after 2 divergent cases (--bail 2)');
    expect(asked.at(-1)).toBe('GET /c/06');
    expect(newestReport(dir).counts).toMatchObject({ selected: 14, match: 4, divergent: 2, notRun: 8 });
    expect(newestReport(dir).cases.find(({ id }) => id === 's/c09')).toMatchObject({
      outcome: 'notRun',
      reason: 'bail',
    });
  });

  it('stops after the first one without a number; a word behind it is a selector', async () => {
    bad.add('/c/02');
    const { exitCode, stdout } = await parity(['run', '-q', '--bail', 's'], { cwd: await library() });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 of 14 cases diverges: 1 finding (1 new), 12 were not run (--bail)');
    expect(asked.at(-1)).toBe('GET /c/02');
  });

  it('is a run of everything where the limit is not reached', async () => {
    bad.add('/c/02');
    const { stdout } = await parity(['run', '-q', '--bail=5'], { cwd: await library() });
    expect(stdout).toBe('DIVERGENT 1 of 14 cases diverges: 1 finding (1 new)\n');
  });

  it('closes no row of a case that was not run, nor of one that was', async () => {
    for (const number of ['01', '02', '09']) bad.add(`/c/${number}`);
    const dir = await library();
    await parity(['run', '-q'], { cwd: dir });
    const before = rows(dir);
    expect(before.length).toBeGreaterThan(0);
    bad.delete('/c/01');
    bad.delete('/c/09');
    await parity(['run', '-q', '--bail'], { cwd: dir });
    expect(rows(dir)).toEqual(before.map(({ id }) => ({ id, state: '_open_' })));
  });

  it('does not count cases that an accepted row lists', async () => {
    bad.add('/items/7?x=1');
    const dir = await library();
    await parity(['run', '-q'], { cwd: dir });
    const [row] = rows(dir);
    expect((await parity(['tracker', 'accept', row!.id, '--reason', 'known'], { cwd: dir })).exitCode).toBe(0);
    const { exitCode, stdout } = await parity(['run', '-q', '--bail'], { cwd: dir });
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: 'DIVERGENT 1 of 14 cases diverges, all accepted\n',
    });
  });

  it.each([
    ['0', ['--bail', '0'], '--bail is "0"'],
    ['a queue', ['--bail', '--engine', 'redis://127.0.0.1:1'], '--bail cannot be used with --engine'],
  ])('with %s is an error, and nothing is sent', async (_, flags, message) => {
    const { exitCode, stderr } = await parity(['run', ...flags], { cwd: await library() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error[PX2001] ${message}`);
    expect(asked).toEqual([]);
  });
});

describe('--last-failed', () => {
  it('sends what diverged or was inconclusive in the newest run, and nothing else', async () => {
    for (const number of ['03', '04']) bad.add(`/c/${number}`);
    gone.add('/c/05');
    const dir = await library();
    await parity(['run', '-q'], { cwd: dir });
    expect(await planned(dir, '--last-failed')).toEqual(['s/c03', 's/c04', 's/c05']);
    bad.delete('/c/03');
    gone.clear();
    const { exitCode, stdout } = await parity(['run', '-q', '--last-failed'], { cwd: dir });
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: 'DIVERGENT 1 of 3 cases diverges: 1 finding (1 open)\n',
    });
    expect(await planned(dir, '--last-failed')).toEqual(['s/c04']);
    expect(await planned(dir, '--last-failed', '--grep', 'c')).toEqual(['s/c04']);
    bad.clear();
    expect((await parity(['run', '-q', '--last-failed'], { cwd: dir })).exitCode).toBe(0);
    expect(rows(dir).map(({ state }) => state)).toEqual(['_open_']);
    const none = await parity(['run', '--last-failed'], { cwd: dir });
    expect(none.exitCode).toBe(3);
    expect(none.stderr).toMatch(
      /error\[PX3101\] no case diverged or was inconclusive in run [\w-]+\n {2}try: .*parity run/,
    );
  });

  it('takes neither a replay nor a case that --bail left out for a failed one', async () => {
    bad.add('/c/03');
    const dir = await library();
    await parity(['run', '-q', '--bail'], { cwd: dir });
    const [row] = rows(dir);
    bad.clear();
    expect((await parity(['replay', row!.id], { cwd: dir })).exitCode).toBe(0);
    expect(await planned(dir, '--last-failed')).toEqual(['s/c03']);
  });

  it('says what to do where there is no run yet, and with flags that it does not go with', async () => {
    const dir = await library();
    const first = await parity(['run', '--last-failed'], { cwd: dir });
    expect(first.exitCode).toBe(2);
    expect(first.stderr).toContain('error[PX2502] there is no run in');
    const sharded = await parity(['run', '--last-failed', '--shard', '1/2'], { cwd: dir });
    expect(sharded.exitCode).toBe(2);
    expect(sharded.stderr).toContain('--last-failed cannot be used with --shard');
    expect(asked).toEqual([]);
  });
});

describe('--route and --method', () => {
  it.each<[string, string[], string[]]>([
    ['a part of a path', ['--route', '/c/1'], ['s/c10', 's/c11', 's/c12']],
    ['a route as reports name it', ['--route', 'GET /c/{number}', '--grep', 'c0[12]'], ['s/c01', 's/c02']],
    ['a route that is folded by itself', ['--route', 'POST /items/{id}'], ['s/write']],
    ['one of two', ['--route', '/noisy', '--route', '/items'], ['s/noisy', 's/write']],
    ['a method in small letters', ['--method', 'post'], ['s/write']],
    ['both', ['--method', 'GET', '--route', 'no'], ['s/noisy']],
  ])('select by %s', async (_, flags, ids) => {
    expect(await planned(await library(), ...flags)).toEqual(ids);
  });

  it.each([
    ['--route', '/nowhere', 'no case has a request whose route contains "/nowhere"'],
    ['--method', 'PURGE', 'no case has a request with the method "PURGE"'],
  ])('%s that fits nothing is not green', async (flag, value, message) => {
    const { exitCode, stderr } = await parity(['run', flag, value], { cwd: await library() });
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`error[PX3101] ${message}`);
    expect(stderr).toContain('try: ');
  });

  it('are runs over a part: they close no row', async () => {
    bad.add('/c/01');
    const dir = await library();
    await parity(['run', '-q'], { cwd: dir });
    bad.clear();
    expect((await parity(['run', '-q', '--route', '/c/01'], { cwd: dir })).exitCode).toBe(0);
    expect((await parity(['run', '-q', '--method', 'GET'], { cwd: dir })).exitCode).toBe(0);
    expect(rows(dir).map(({ state }) => state)).toEqual(['_open_']);
    expect((await parity(['run', '-q'], { cwd: dir })).exitCode).toBe(0);
    expect(rows(dir).map(({ state }) => state)).toEqual(['_fixed_']);
  });

  it('belong to what shards are joined by', async () => {
    const dir = await library();
    for (const part of ['1/2', '2/2'])
      await parity(['run', '-q', '--method', 'GET', '--shard', part, '--out', `parts/${part[0]}`], { cwd: dir });
    const runs = ['parts/1/latest', 'parts/2/latest'];
    const other = await parity(['merge', ...runs], { cwd: dir });
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toContain('the selection changed');
    const joined = await parity(['merge', '-q', ...runs, '--method', 'GET'], { cwd: dir });
    expect(joined.stdout).toContain('PARITY all 13 cases match');
  });
});

it('flags of other tools name those that are there', async () => {
  const cwd = await library();
  for (const [flag, hint] of [
    ['--fail-fast', '--bail'],
    ['--silent', '-q'],
  ])
    expect((await parity(['run', flag!], { cwd })).stderr).toContain(`try: ${hint}`);
  expect((await parity(['noise', '-v'], { cwd })).stderr).toContain(
    'try: the report holds every detail: parity report latest -v',
  );
});
