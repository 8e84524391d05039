import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportDocument } from '../../src/report/document/document.ts';
import { type RunningTwin, startTwin } from '../../src/twins/twin.ts';
import { answering, closedUrl, type Fixed, folder, home, newestReport, parity } from './command.ts';

/** The cases of the demo; cases/probes/ is a pack of its own. */
const library = ['validate', 'storage'].flatMap((suite) => ['--cases', join(home, 'cases', suite)]);
let rust: RunningTwin;
let go: RunningTwin;

beforeAll(async () => {
  [rust, go] = await Promise.all([startTwin('rust'), startTwin('go')]);
});

afterAll(async () => {
  await Promise.all([rust.close(), go.close()]);
});

function twins(): string[] {
  return ['--target', `rust=${rust.url}`, '--target', `go=${go.url}`];
}

const oneCase = `suite: one
cases:
  - id: a
    safe: true
    request: { method: GET, path: /a }
`;
/** The same, about a path that nobody has. */
const refusedCase = `${oneCase.trimEnd()}\n    expect: { status: 404 }\n`;

/** Runs one GET case against two servers and gives the report. */
async function between(reference: Fixed, candidate: Fixed, args: readonly string[] = []): Promise<ReportDocument> {
  const cwd = await folder({ 'cases/one.yaml': oneCase });
  const targets = ['--target', `a=${reference.url}`, '--target', `b=${candidate.url}`];
  await parity(['run', ...targets, ...args], { cwd });
  await Promise.all([reference.close(), candidate.close()]);
  return newestReport(cwd);
}

describe('parity run', () => {
  it('gives the same verdict, ladder, findings and ids as the demo', async () => {
    const [cwd, other] = [await folder(), await folder()];
    const ended = await parity(['run', ...twins(), ...library], { cwd });
    await parity(['demo'], { cwd: other });
    const kept = ({ verdict, suites, findings }: ReportDocument) => ({ verdict, suites, findings });
    expect(ended.exitCode).toBe(1);
    expect(kept(newestReport(cwd))).toEqual(kept(newestReport(other)));
  });

  it('calls equal targets parity, with exit code 0', async () => {
    const same = await startTwin('rust');
    const cwd = await folder();
    const ended = await parity(['run', '--target', `a=${rust.url}`, '--target', `b=${same.url}`, ...library], {
      cwd,
    });
    await same.close();
    expect(newestReport(cwd).findings).toEqual([]);
    expect([newestReport(cwd).verdict, ended.exitCode]).toEqual(['parity', 0]);
    expect(ended.stdout.trimEnd().split('\n').at(-1)).toMatch(/^PARITY/);
  });

  it('compares a service with itself where --self-check says so, and nowhere else', async () => {
    const cwd = await folder({ 'cases/one.yaml': refusedCase });
    const twice = ['--target', `a=${rust.url}`, '--target', `b=${rust.url}`];
    const refused = await parity(['run', ...twice], { cwd });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('targets "a" and "b" have the same address');
    expect(refused.stderr).toContain('--self-check');
    const ended = await parity(['run', ...twice, '--self-check'], { cwd });
    expect([newestReport(cwd).verdict, ended.exitCode]).toEqual(['parity', 0]);
  });

  it('waits for a target that is not up yet with --wait', async () => {
    const cwd = await folder({ 'cases/one.yaml': refusedCase });
    const url = await closedUrl();
    const asked = parity(['run', '--target', `a=${rust.url}`, '--target', `b=${url}`, '--wait', '60s'], { cwd });
    const late = createServer((_, response) => response.writeHead(404).end());
    setTimeout(() => late.listen(Number(new URL(url).port), '127.0.0.1'), 1000);
    const ended = await asked;
    late.closeAllConnections();
    late.close();
    expect(newestReport(cwd).counts).toMatchObject({ match: 1, inconclusive: 0 });
    expect(ended.exitCode).toBe(0);
    const bad = await parity(['run', ...twins(), '--wait', 'long'], { cwd });
    expect([bad.exitCode, bad.stderr]).toEqual([2, expect.stringContaining('--wait: "long" is not a duration')]);
  });

  it('prints exactly one document with --json, and everything else elsewhere', async () => {
    const cwd = await folder();
    const ended = await parity(['run', 'validate', ...twins(), ...library, '--json'], { cwd });
    const report = JSON.parse(ended.stdout) as ReportDocument;
    expect(report.schema).toBe('parity-report/1');
    expect(report.counts).toMatchObject({ selected: 6, match: 1, divergent: 5 });
  });

  it('sends nothing with --dry-run', async () => {
    const server = await answering({ body: '{}' });
    const cwd = await folder({ 'cases/one.yaml': oneCase });
    const ended = await parity(['run', '--target', `a=${server.url}`, '--target', `b=${go.url}`, '--dry-run'], { cwd });
    await server.close();
    expect(ended.stdout).toContain('one/a\n  GET /a');
    expect([ended.exitCode, server.requests]).toEqual([0, []]);
    expect(existsSync(join(cwd, 'reports'))).toBe(false);
  });
});

describe('targets that cannot be reached', () => {
  const table =
    '# Kept\n\n<!-- parity:tracker -->\n\n| ID | Status | Note |\n|---|---|---|\n| P-00000001 | _open_ | mine |\n';

  it('one down: exit 3, its name in a plain sentence, no divergences, tracker untouched', async () => {
    const cwd = await folder({ 'tracker.md': table });
    const down = await closedUrl();
    const targets = ['--target', `rust=${rust.url}`, '--target', `go=${down}`];
    const ended = await parity(['run', ...targets, ...library, '--tracker', 'tracker.md'], { cwd });
    const report = newestReport(cwd);
    expect(ended.exitCode).toBe(3);
    expect(ended.stdout).toMatch(/go: nothing listens on 127\.0\.0\.1:\d+/);
    expect([report.verdict, report.findings, report.counts.divergent]).toEqual(['inconclusive', [], 0]);
    expect(readFileSync(join(cwd, 'tracker.md'), 'utf8')).toBe(table);
  });

  it('both down: exit 3 and never parity', async () => {
    const cwd = await folder();
    const targets = ['--target', `rust=${await closedUrl()}`, '--target', `go=${await closedUrl()}`];
    const ended = await parity(['run', ...targets, ...library], { cwd });
    expect([ended.exitCode, newestReport(cwd).verdict]).toEqual([3, 'inconclusive']);
  });
});

describe('what a person typed', () => {
  it('shows all errors of all case files with file, line and column, and sends nothing', async () => {
    const server = await answering({ body: '{}' });
    const cwd = await folder({
      'cases/a.yaml':
        'suite: a\ncases:\n  - id: x\n    request:\n      path: /x\n      headres: {}\n  - id: y\n    request: { path: y }\n',
      'cases/b.yaml': 'suite: b\ncases:\n  - id: "bad id"\n    request: { path: /z }\n',
    });
    const ended = await parity(['run', '--target', `a=${server.url}`, '--target', `b=${go.url}`], { cwd });
    await server.close();
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/cases\/a\.yaml:6:7 .*headres/);
    expect(ended.stderr).toContain('did you mean');
    expect(ended.stderr).toMatch(/cases\/a\.yaml:8:\d+/);
    expect(ended.stderr).toMatch(/cases\/b\.yaml:3:\d+/);
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['a selector that matches nothing at all', ['run', 'no-such-suite'], 3],
    ['a selector that matches nothing beside one that does', ['run', 'validate', 'no-such-suite'], 2],
    ['a tag that nobody has', ['run', '--tag', 'no-such-tag'], 3],
    ['an unknown flag', ['run', '--no-such-flag'], 2],
    ['an unknown command', ['rum'], 2],
    ['an unknown rung', ['run', '--level', 'shapes'], 2],
    ['an impossible shard', ['run', '--shard', '5/4'], 2],
    ['an unknown reporter', ['run', '--reporter', 'pdf'], 2],
    ['a run folder that cannot be made', ['run', '--out', '/dev/null/reports'], 2],
  ])('%s', async (_, args, exitCode) => {
    const cwd = await folder();
    const targets = args[0] === 'run' ? [...twins(), ...library] : [];
    expect((await parity([...args, ...targets], { cwd })).exitCode).toBe(exitCode);
  });

  it.each(['POST', 'PURGE'])('refuses %s to a host that is not this machine', async (method) => {
    const cwd = await folder({ 'cases/one.yaml': oneCase.replace('GET', method).replace('safe: true', 'safe: false') });
    const targets = ['--target', `a=${rust.url}`, '--target', 'b=http://service.invalid'];
    const ended = await parity(['run', ...targets], { cwd });
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain('--unsafe');
  });
});

describe('hostile answers', () => {
  it.each([
    ['__proto__', '{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}', '/__proto__/a'],
    ['constructor', '{"constructor":1}', '{"constructor":2}', '/constructor'],
    ['toString', '{"toString":1}', '{"toString":"1"}', '/toString'],
    ['__proto__ on one side', '{"a":1}', '{"a":1,"__proto__":{}}', '/__proto__'],
    ['integers above 2^53', '{"n":9007199254740993}', '{"n":9007199254740992}', '/n'],
    ['a duplicate key', '{"a":1,"a":2}', '{"a":2}', '/a'],
    ['numbers beyond doubles', '{"n":1e400}', '{"n":1e500}', '/n'],
  ])('%s in a body is reported', async (_, reference, candidate, pointer) => {
    const report = await between(await answering({ body: reference }), await answering({ body: candidate }));
    expect(report.verdict).toBe('divergent');
    expect(report.cases[0]?.divergences.map((one) => one.pointer)).toContain(pointer);
  });

  it.each(['__proto__', 'constructor', 'toString'])('%s as a header name is reported', async (name) => {
    const type = ['Content-Type', 'application/json'] as const;
    const config = `compare: { headers: ['${name}'] }\ntargets: {}\n`;
    const [a, b] = [
      await answering({ headers: [type, [name, 'one']], body: '{}' }),
      await answering({ headers: [type, [name, 'two']], body: '{}' }),
    ];
    const cwd = await folder({
      'cases/one.yaml': oneCase,
      'parity.yaml': config.replace('targets: {}', `targets: { a: "${a.url}", b: "${b.url}" }`),
    });
    const ended = await parity(['run'], { cwd });
    await Promise.all([a.close(), b.close()]);
    expect(ended.exitCode).toBe(1);
    expect(newestReport(cwd).cases[0]?.divergences[0]).toMatchObject({
      facet: 'headers',
      reference: 'one',
      candidate: 'two',
    });
  });

  it('prints no control character of an answer', async () => {
    const body = 'plain \u001b[31mred\u0007 \u202ereversed';
    const cwd = await folder({ 'cases/one.yaml': oneCase });
    const headers = [['Content-Type', 'text/plain; charset=utf-8']] as const;
    const [a, b] = [await answering({ headers, body }), await answering({ headers, body: 'plain' })];
    const ended = await parity(['run', '--target', `a=${a.url}`, '--target', `b=${b.url}`], { cwd });
    await Promise.all([a.close(), b.close()]);
    expect(ended.stdout).toContain('\\x1b[31mred');
    expect(ended.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});
