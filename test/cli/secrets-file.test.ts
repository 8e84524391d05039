import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, parity } from './command.ts';
import { serving } from './service.ts';

/** A server that answers with the credential that it got. */
const echo = (more: string) =>
  serving(({ headers }) => [200, `${headers['x-key']}${more}`, { 'content-type': 'text/plain' }]);

const library = `cases: [{ id: a, request: { path: /a, headers: { x-key: "\${PARITY_TEST_KEY}" } } }]\n`;

async function project(files: Record<string, string>) {
  const cwd = await folder({ 'cases/c.yaml': library, ...files });
  const targets = ['--target', `a=${(await echo('')).url}`, '--target', `b=${(await echo('!')).url}`];
  const run = (flags: string[], more: { env?: Record<string, string>; input?: string } = {}) =>
    parity(['run', ...targets, '--no-tracker', ...flags], { cwd, ...more });
  const written = () =>
    readdirSync(join(cwd, 'reports'), { recursive: true, encoding: 'utf8' })
      .map((name) => join(cwd, 'reports', name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path, 'latin1'))
      .join('');
  return { run, written };
}

describe('--secrets', () => {
  it.each([
    ['a file', ['--secrets', 'secret.env'], {}],
    ['standard input', ['--secrets', '-'], { input: 'PARITY_TEST_KEY=canary-4711\n' }],
    ['the first of two', ['--secrets', 'secret.env', '--secrets', 'other.env'], {}],
    ['the environment before a file', ['--secrets', 'other.env'], { env: { PARITY_TEST_KEY: 'canary-4711' } }],
  ])('reads variables from %s, and masks what comes of them', async (_why, flags, more) => {
    const files = {
      'secret.env': '# ours\nexport PARITY_TEST_KEY="canary-4711"\n',
      'other.env': 'PARITY_TEST_KEY=other-0815\n',
    };
    const { run, written } = await project(files);
    const ended = await run(flags, more);
    expect([ended.exitCode, ended.stderr]).toEqual([1, '']);
    const record = written();
    expect(record).toContain('"text":"***"');
    expect(record + ended.stdout).not.toMatch(/canary-4711|other-0815/);
  });

  it.each([
    ['a file that is not there', ['--secrets', 'none.env'], 'none.env cannot be read'],
    ['a line that sets nothing', ['--secrets', 'bad.env'], 'bad.env:2 has no NAME=value'],
    ['what is too long', ['--secrets', 'long.env'], 'long.env is longer than 1 MiB'],
  ])('refuses %s: exit 2, nothing sent, nothing of it shown', async (_why, flags, message) => {
    const files = { 'bad.env': 'A=1\ncanary-4711\n', 'long.env': `A=${'x'.repeat(1 << 20)}\n` };
    const ended = await (await project(files)).run(flags);
    expect([ended.exitCode, ended.stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(ended.stderr).not.toContain('canary');
  });
});

describe('a credential that is too short to be masked', () => {
  const a = `a: http://127.0.0.1:1`;
  const b = (keys: string) => `b: { url: "http://127.0.0.1:2", ${keys} }`;
  const warning = (name: string) =>
    `warning: the value of ${name} has fewer than 6 characters; it is not masked where it shows up again\n`;

  it.each([
    ['of a target', b(`auth: { bearer: "\${X}" }`), '', ['X']],
    ['in a header that is one by its name', b(`headers: { x-auth-token: "\${X}" }`), '', ['X']],
    [
      'of a case, by the name of its variable',
      b('connection: reuse'),
      `, headers: { x: "\${MY_TOKEN}" }`,
      ['MY_TOKEN'],
    ],
    ['in two places, once', b(`auth: { bearer: "\${X}" }`), `, headers: { authorization: "\${X}" }`, ['X']],
    ['but not what is none', b(`headers: { x-region: "\${X}" }`), '', []],
    ['but not what is long enough', b(`auth: { bearer: "\${LONG}" }`), '', []],
  ])('%s', async (_, target, headers, names) => {
    const cwd = await folder({
      'parity.yaml': `targets:\n  ${a}\n  ${target}\n`,
      'cases/c.yaml': `cases: [{ id: a, request: { path: /a${headers} } }]\n`,
    });
    const env = { X: 'a1b2c', MY_TOKEN: 'qqwwe', LONG: 'a1b2c3' };
    const ended = await parity(['run', '--dry-run'], { cwd, env });
    expect([ended.exitCode, ended.stderr]).toEqual([0, names.map(warning).join('')]);
    expect(ended.stdout + ended.stderr).not.toMatch(/a1b2c|qqwwe/);
  });
});
