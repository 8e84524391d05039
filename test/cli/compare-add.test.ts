import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReportDocument } from '../../src/report/document/document.ts';
import { answering, closedUrl, folder, parity } from './command.ts';

const json = (body: unknown) => answering({ body: JSON.stringify(body) });

describe('parity compare', () => {
  it('compares two URLs, leaves nothing behind, and ends as a run would', async () => {
    const cwd = await folder();
    const [old, same, other] = [await json({ a: 1 }), await json({ a: 1 }), await json({ b: 1 })];
    const curl = `curl 'https://shop.example/c?x=1' -H 'authorization: Bearer geheim-123' -d y=2`;
    const args = [old.url, other.url, '/a', 'DELETE /b', curl];
    const found = await parity(['compare', ...args], { cwd, env: { TMPDIR: cwd } });
    expect([found.exitCode, found.stdout]).toEqual([1, expect.stringMatching(/DIVERGENT 3 of 3 cases diverge/)]);
    expect(found.stdout + found.stderr).not.toMatch(/geheim|report \//);
    expect([old.requests.slice(0, 3).sort(), readdirSync(cwd)]).toEqual([['DELETE /b', 'GET /a', 'POST /c?x=1'], []]);
    const agreed = await parity(['compare', old.url, same.url], { cwd });
    expect([agreed.exitCode, agreed.stdout]).toEqual([0, expect.stringMatching(/PARITY the one case matches/)]);
  });

  it('takes a curl command behind -- and prints the report document with --json', async () => {
    const [old, other] = [await json({ a: 1 }), await json({ a: 2 })];
    const args = [old.url, other.url, '--level', 'shape', '--json', '--', 'curl', 'http://h/x', '-H', 'accept: text/x'];
    const ended = await parity(['compare', ...args], { cwd: await folder() });
    const { counts } = JSON.parse(ended.stdout) as ReportDocument;
    expect([ended.exitCode, counts.match]).toEqual([0, 1]);
  });

  it.each([
    [['ftp://h', 'http://127.0.0.1:1'], 'not an http:// or https:// address'],
    [['http://127.0.0.1:1', 'http://127.0.0.1:2', 'items'], 'write a path as /v1/items'],
    [['http://127.0.0.1:1', 'http://127.0.0.1:2', 'curl --heeder x http://h/'], 'did you mean --header?'],
    [['http://127.0.0.1:1', 'http://192.0.2.1', 'POST /'], '--unsafe'],
  ])('refuses %j before anything is sent', async (args, says) => {
    const ended = await parity(['compare', ...args], { cwd: await folder() });
    expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe('parity add', () => {
  it('appends a case that loads to a file whose bytes stay, and writes no credential', async () => {
    const before = '# mine\nsuite: shop\ncases:\n- id: get-v1-items   # first\n  request: { path: /a }\n\n# the end\n';
    const cwd = await folder({ 'cases/shop.yaml': before, 'cases/body.bin': '{}' });
    const words = ['curl', 'http://h/v1/items?api_key=geheim-1', '-u', 'me:geheim-2', '--insecure'];
    const added = await parity(['add', '--to', 'cases/shop.yaml', '--', ...words], { cwd });
    expect([added.exitCode, added.stderr]).toEqual([0, '']);
    expect(added.stdout).toContain('variables to set before a run: API_KEY, BASIC_CREDENTIALS');
    expect(added.stdout).toContain('tls: { insecure: true }');
    const upload = ['curl', '-T', 'cases/body.bin', 'http://h/v1/up/'];
    expect((await parity(['add', '--to', 'cases/shop.yaml', ...upload], { cwd })).exitCode).toBe(0);
    const text = readFileSync(join(cwd, 'cases/shop.yaml'), 'utf8');
    expect(text).toContain(before.slice(0, before.indexOf('\n\n')));
    expect([text.includes('# the end'), /geheim/.test(text)]).toEqual([true, false]);
    const env = { API_KEY: 'k-123456', BASIC_CREDENTIALS: 'abcdefgh' };
    const planned = await parity(
      ['run', '--dry-run', '--target', 'a=http://127.0.0.1:1', '--target', 'b=http://127.0.0.1:2', '--cases', 'cases'],
      { cwd, env },
    );
    expect(planned.stdout).toMatch(/shop\/get-v1-items\n.*\nshop\/get-v1-items-2\n.*\nshop\/put-v1-up-body.bin\n/);
  });

  it('reads command lines of standard input', async () => {
    const cwd = await folder();
    const ended = await parity(['add', '--to', 'new.jsonl', '-'], {
      cwd,
      input: "curl 'http://h/a'\ncurl http://h/b -I\n",
    });
    expect(ended.exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'new.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2);
  });

  it.each([
    ['a file of another kind', ['--to', 'x.json', '--', 'curl', 'http://h/'], /takes a .yaml, .yml or .jsonl file/],
    ['a file without a list of cases', ['--to', 'mine.yaml', '--', 'curl', 'http://h/'], /name another file with --to/],
    ['what a case cannot hold', ['--', 'curl', 'http://h/', '-H', 'x: \u20ac'], /U\+20AC/],
    ['a command substitution', ['--', 'curl http://h/$(id)'], /nothing in a file is ever run/],
  ])('refuses %s and writes nothing', async (_, args, says) => {
    const cwd = await folder({ 'mine.yaml': 'cases: {}\n' });
    const ended = await parity(['add', ...args], { cwd });
    expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringMatching(says)]);
    expect(readdirSync(cwd).filter((name) => name !== 'mine.yaml' && name !== 'cases')).toEqual([]);
  });
});

describe('parity init OLD NEW', () => {
  it('says whether both answer, and writes their URLs', async () => {
    const [cwd, old] = [await folder(), await json({})];
    const down = await closedUrl();
    const ended = await parity(['init', old.url, down], { cwd });
    expect([ended.exitCode, ended.stdout]).toEqual([
      3,
      expect.stringMatching(
        /^ok {5}old: .* answers\nFAIL {3}new: nothing listens[\s\S]*next: start new, or mend the URL/,
      ),
    ]);
    expect(readFileSync(join(cwd, 'parity.yaml'), 'utf8')).toContain(`old: ${old.url}\n  new:\n    url: ${down}\n`);
  });

  it('says what to do where a file cannot be written', async () => {
    const ended = await parity(['init'], { cwd: await folder({ cases: 'a file\n' }) });
    expect([ended.exitCode, ended.stderr]).toEqual([
      4,
      expect.stringMatching(/cannot be written in .*needs no files/s),
    ]);
  });
});
