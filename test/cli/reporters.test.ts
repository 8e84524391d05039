import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answering, type Fixed, folder, parity } from './command.ts';

const cases = 'cases:\n  - { id: a, safe: true, request: { path: /a } }\n';
const counting = `import { appendFileSync } from 'node:fs';
export default (event) => appendFileSync('events.txt', event.type + '\\n');
`;
const failing = `export default (event) => {
  if (event.type === 'finding') throw new Error('the disk of the reporter is full');
};
`;

describe('--reporter with a module', () => {
  let servers: readonly [Fixed, Fixed];
  beforeAll(async () => {
    const json = (body: string) => answering({ body });
    servers = await Promise.all([json('{"a":1}'), json('{"a":"1"}')]);
  });
  afterAll(() => Promise.all(servers.map((one) => one.close())));

  const between = async (args: readonly string[], files: Readonly<Record<string, string>>) => {
    const cwd = await folder({ 'cases/s.yaml': cases, ...files });
    const targets = servers.flatMap(({ url }, at) => ['--target', `${at === 0 ? 'old' : 'new'}=${url}`]);
    return { cwd, ...(await parity(['run', '--no-tracker', ...targets, ...args], { cwd })) };
  };
  const kept = (cwd: string, name: string) => existsSync(join(cwd, 'reports/latest', name));

  it('gives it the events of the run, beside the other reports, SARIF and HAR', async () => {
    const ended = await between(['--reporter', './count.mjs,sarif,har'], { 'count.mjs': counting });
    expect([ended.exitCode, ended.stderr]).toEqual([1, '']);
    expect(readFileSync(join(ended.cwd, 'events.txt'), 'utf8')).toBe('run-start\ncase\nfinding\nrun-end\n');
    expect(JSON.parse(readFileSync(join(ended.cwd, 'reports/latest/report.sarif'), 'utf8')).version).toBe('2.1.0');
    const { log } = JSON.parse(readFileSync(join(ended.cwd, 'reports/latest/report.har'), 'utf8'));
    expect(log.entries.map((one: { request: { url: string } }) => one.request.url)).toEqual(
      servers.map(({ url }) => `${url}/a`),
    );
  });

  it('keeps the run where the module fails: exit code 4, and all other reports are there', async () => {
    const ended = await between(['--reporter', 'terminal,json,./bad.mjs'], { 'bad.mjs': failing });
    expect(ended.exitCode).toBe(4);
    expect(ended.stderr).toContain(
      'error[PX4401] the reporter ./bad.mjs failed at the event "finding": the disk of the reporter is full',
    );
    expect(ended.stdout).toContain('DIVERGENT');
    expect([kept(ended.cwd, 'report.json'), kept(ended.cwd, 'run.jsonl')]).toEqual([true, true]);
  });

  it.each([
    ['is not there', {}, 'cannot be loaded'],
    ['exports no function', { 'mine.mjs': 'export default 5;' }, 'has no default export that is a function'],
  ])('sends nothing where the module %s: exit code 2', async (_, files, message) => {
    const before = servers[0].requests.length;
    const ended = await between(['--reporter', './mine.mjs'], files);
    expect([ended.exitCode, servers[0].requests.length]).toEqual([2, before]);
    expect(ended.stderr).toContain(`error[PX2021] the reporter ./mine.mjs ${message}`);
  });
});
