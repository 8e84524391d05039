import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closedUrl, folder, home, parity } from './command.ts';
import { serving } from './service.ts';

describe('parity init', () => {
  it('writes a configuration and a case that load, and never overwrites', async () => {
    const cwd = await folder();
    expect((await parity(['init'], { cwd })).exitCode).toBe(0);
    const planned = await parity(['run', '--dry-run'], { cwd });
    expect([planned.exitCode, planned.stdout]).toEqual([0, 'first/health\n  GET /health\n']);
    writeFileSync(join(cwd, 'parity.yaml'), 'mine');
    expect((await parity(['init'], { cwd })).stdout).toContain('kept   parity.yaml');
    expect(readFileSync(join(cwd, 'parity.yaml'), 'utf8')).toBe('mine');
  });

  it('with --gauntlet writes a gauntlet.yaml that loads, and the lines that git needs, and never overwrites', async () => {
    const cwd = await folder({ '.gitignore': 'reports/*\n' });
    const kept =
      'kept   .gitignore (it is there already; add: !reports/gauntlet/, reports/gauntlet/**/*.log, .parity/)\n';
    expect((await parity(['init', '--gauntlet'], { cwd })).stdout).toMatch(`wrote  gauntlet.yaml\n${kept}`);
    expect((await parity(['gauntlet', 'down'], { cwd })).exitCode).toBe(0);
    writeFileSync(join(cwd, 'gauntlet.yaml'), 'smoke: [ { name: d1, shell: echo why; exit 1 } ]\n');
    rmSync(join(cwd, '.gitignore'));
    await parity(['init', '--gauntlet'], { cwd });
    await parity(['gauntlet'], { cwd });
    const date = readdirSync(join(cwd, 'reports/gauntlet'))[0]!;
    expect(existsSync(join(cwd, 'reports/gauntlet', date, 'smoke/d1.log'))).toBe(true);
    const git = (...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' });
    git('init', '-q');
    const seen = git('ls-files', '--others', '--exclude-standard').trimEnd().split('\n');
    expect(seen.filter((path) => /^\.parity|\.log$/.test(path))).toEqual([]);
    expect(seen).toContain(`reports/gauntlet/${date}/assessment.md`);
    writeFileSync(join(cwd, 'gauntlet.yaml'), 'mine');
    expect((await parity(['init', '--gauntlet'], { cwd })).stdout).toContain('kept   gauntlet.yaml');
    expect(readFileSync(join(cwd, 'gauntlet.yaml'), 'utf8')).toBe('mine');
  });

  it('says what else keeps the two inits apart: one ignores reports whole, the other keeps those of gauntlets', async () => {
    const cwd = await folder();
    expect((await parity(['init', '--gauntlet'], { cwd })).stdout).toContain('; parity init writes the parity.yaml');
    expect((await parity(['init'], { cwd })).stdout).toContain('kept   .gitignore (it is there already)\n');
    writeFileSync(join(cwd, '.gitignore'), 'reports/\n');
    const again = await parity(['init', '--gauntlet'], { cwd });
    expect(again.stdout).toContain('(it is there already; remove: reports/; add: reports/*, !reports/gauntlet/,');
    expect(again.stdout).toContain('then parity smoke\n');
  });

  it.each([
    ['.gitattributes', '* text=auto', 'docs/ARCHITECTURE_COMPARISON.md* merge=union'],
    ['.gitignore', 'node_modules', 'reports/'],
  ])('says which line the %s of people lacks', async (name, own, line) => {
    const cwd = await folder({ [name]: `${own}\n` });
    expect((await parity(['init'], { cwd })).stdout).toContain(`${name} (it is there already; add: ${line})`);
    writeFileSync(join(cwd, name), `${own}\r\n${line}\r\n`);
    expect((await parity(['init'], { cwd })).stdout).toContain(`${name} (it is there already)`);
  });
});

describe('targets that a run starts itself', () => {
  const server =
    "require('node:http').createServer((_, r) => r.end(JSON.stringify({ at: performance.now() }))).listen(+process.argv[2], '127.0.0.1')";

  async function scene(urls: readonly string[]): Promise<string> {
    const start = (url: string) =>
      `[${JSON.stringify(process.execPath)}, -e, ${JSON.stringify(server)}, x, "${new URL(url).port}"]`;
    const targets = urls.map((url, n) => `  t${n}: { url: "${url}", command: ${start(url)} }\n`).join('');
    return folder({
      'parity.yaml': `targets:\n${targets}`,
      'cases/s.yaml': 'cases: [{ id: x, request: { path: / } }]\n',
    });
  }

  it('are no fault to the doctor, but for one whose place is taken', async () => {
    const free = await scene([await closedUrl(), await closedUrl()]);
    const well = await parity(['doctor'], { cwd: free });
    expect([well.exitCode, well.stdout]).toEqual([
      0,
      expect.stringMatching(/ok {4}target t1: .* is started by the run/),
    ]);
    const taken = await parity(['doctor'], {
      cwd: await scene([await closedUrl(), (await serving(() => [200, ''])).url]),
    });
    expect([taken.exitCode, taken.stdout]).toEqual([
      3,
      expect.stringMatching(/FAIL {2}target t1: something listens at/),
    ]);
  });

  it('are started for parity noise, and gone after it', async () => {
    const urls = [await closedUrl(), await closedUrl()];
    const cwd = await scene(urls);
    const ended = await parity(['noise', '--runs', '2'], { cwd });
    expect([ended.exitCode, ended.stdout]).toEqual([0, expect.stringMatching(/^\/at .* all targets/)]);
    for (const url of urls) await expect(fetch(url)).rejects.toThrow();
  });
});

describe('parity report', () => {
  it('renders a recorded run again, the same', async () => {
    const cwd = await folder();
    await parity(['demo', 'validate', '--no-tracker'], { cwd });
    const read = (name: string) => readFileSync(join(cwd, 'reports/latest', name), 'utf8');
    const first = ['report.json', 'report.md', 'report.html'].map(read);
    const again = await parity(['report', 'latest', '--reporter', 'json,md,html,junit,terminal'], { cwd });
    expect(again.exitCode).toBe(0);
    expect(['report.json', 'report.md', 'report.html'].map(read)).toEqual(first);
    expect(existsSync(join(cwd, 'reports/latest/junit.xml'))).toBe(true);
    expect(again.stdout).toContain('6/6 status codes match · 5/6 body shapes diverge');
    expect((await parity(['report', 'latest', '--json'], { cwd })).stdout).toBe(first[0]);
  });

  it('says that a run was cut off: exit 3', async () => {
    const cwd = await folder();
    await parity(['demo', 'validate', '--no-tracker'], { cwd });
    const log = join(cwd, 'reports/latest/run.jsonl');
    writeFileSync(log, readFileSync(log, 'utf8').split('\n').slice(0, 4).join('\n'));
    const ended = await parity(['report', 'latest'], { cwd });
    expect([ended.exitCode, ended.stdout.trimEnd().split('\n').at(-1)]).toEqual([
      3,
      expect.stringMatching(/^INCONCLUSIVE/),
    ]);
  });

  it('names the runs that are there when one is not', async () => {
    const cwd = await folder();
    const ended = await parity(['report', 'no-such-run'], { cwd });
    expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringContaining('there is no run "no-such-run"')]);
  });
});

describe('parity explain', () => {
  it('shows what a class is, why, and the fix on each side', async () => {
    const ended = await parity(['explain', 'enum-external-vs-flat'], { cwd: home });
    expect(ended.exitCode).toBe(0);
    for (const part of ['What is sent', 'Why', 'What breaks', 'How to fix it', '#[serde(tag', 'MarshalJSON'])
      expect(ended.stdout).toContain(part);
  });

  it('lists the classes, and says what a wrong one may have meant', async () => {
    const list = await parity(['explain', '--list'], { cwd: home });
    expect(list.stdout.split('\n').filter((line) => line !== '').length).toBeGreaterThanOrEqual(12);
    const wrong = await parity(['explain', 'enum-external-flat'], { cwd: home });
    expect([wrong.exitCode, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('did you mean `enum-external-vs-flat`?'),
    ]);
  });
});

describe('parity doctor', () => {
  it('passes what is right and names what is not', async () => {
    const cwd = await folder();
    const targets = ['--target', `a=${await closedUrl()}`, '--target', `b=${await closedUrl()}`];
    const ended = await parity(['doctor', ...targets, '--cases', join(home, 'cases')], { cwd });
    expect(ended.exitCode).toBe(3);
    expect(ended.stdout).toMatch(/ok {4}node: v/);
    expect(ended.stdout).toMatch(/ok {4}cases: \d+ in/);
    expect(ended.stdout).toMatch(/FAIL {2}target a: nothing listens/);
  });
});

it('parity doctor --wait gives a target time to come up', async () => {
  const place = await serving(() => [200, '{}']);
  const late = await closedUrl();
  const cwd = await folder();
  const args = ['doctor', '--target', `a=${place.url}`, '--target', `b=${late}`, '--cases', join(home, 'cases')];
  const asked = parity([...args, '--wait', '20s'], { cwd });
  const server = createServer((_, response) => response.end());
  setTimeout(() => server.listen(Number(new URL(late).port), '127.0.0.1'), 1500);
  const ended = await asked;
  server.close();
  expect([ended.exitCode, ended.stdout]).toEqual([0, expect.stringContaining(`ok    target b: ${late} answers`)]);
});

describe('parity --help', () => {
  it.each([[[]], [['run']], [['demo']], [['init']], [['report']], [['explain']], [['doctor']], [['tracker', 'list']]])(
    'of %j opens with examples and ends with 0',
    async (command) => {
      const ended = await parity([...command, '--help'], { cwd: home });
      expect([ended.exitCode, ended.stdout]).toEqual([0, expect.stringMatching(/^Examples:\n {2}\$ parity /)]);
    },
  );
});
