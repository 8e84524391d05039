import { describe, expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Asked, type Reply, serving } from './service.ts';

const file = 'cases: [{ id: x, request: { path: /x } }, { id: y, request: { path: /y } }]\n';
const says =
  (server: string, body = '{}') =>
  (): Reply => [200, body, { server }];
const plain = (): Reply => [200, '{}'];
const health =
  (version: string) =>
  ({ path }: Asked): Reply => [200, path === '/up' ? `{"version":"${version}"}` : '{}'];

async function run([one, other]: readonly [(asked: Asked) => Reply, (asked: Asked) => Reply], ready = '') {
  const [a, b] = [await serving(one), await serving(other)];
  const target = ({ url }: { url: string }) => `{ url: "${url}"${ready} }`;
  const config = `targets:\n  a: ${target(a)}\n  b: ${target(b)}\n`;
  const cwd = await folder({ 'cases/s.yaml': file, 'parity.yaml': config });
  const ended = await parity(['run'], { cwd });
  return { ...ended, cwd, targets: newestReport(cwd).run.targets, asked: a.asked.length };
}

describe('what runs at the targets', () => {
  const up = ', ready: /up';

  it.each([
    ['two that say they are one program', [says('app/1'), says('app/1')], '', true],
    ['two that say they are one program, and differ', [says('app/1'), says('app/1', '[]')], '', true],
    ['two versions of one program', [says('app/1'), says('app/2')], '', false],
    ['two that say nothing, and write alike', [plain, plain], '', false],
    ['two health pages of one version', [health('3'), health('3')], up, true],
    ['two health pages of two versions', [health('3'), health('4')], up, false],
  ] as const)('is remarked where it looks the same: %s', async (_, replies, ready, isRemarked) => {
    const ran = await run(replies, ready);
    expect(ran.stdout.includes('a and b look like the same build (')).toBe(isRemarked);
    expect([0, 1]).toContain(ran.exitCode);
    expect(ran.targets.map((one) => one.fingerprint)).toEqual(Array(2).fill(expect.stringMatching(/^[0-9a-f]{8}$/)));
    expect(ran.targets[0]?.fingerprint === ran.targets[1]?.fingerprint).toBe(isRemarked || replies[0] === plain);
  });

  it('is the same in the next run, without a request of its own', async () => {
    const ran = await run([says('app/1'), says('app/2')]);
    await parity(['run', '--concurrency', '1', '--seed', '7'], { cwd: ran.cwd });
    expect([newestReport(ran.cwd).run.targets, ran.asked]).toEqual([ran.targets, 2]);
  });

  it('is what the shards found, where they are joined, if all of them found the same', async () => {
    let version = '3';
    const answers: (asked: Asked) => Reply = (asked) => health(version)(asked);
    const [a, b] = [await serving(answers), await serving(answers)];
    const config = `targets:\n  a: { url: "${a.url}"${up} }\n  b: { url: "${b.url}"${up} }\n`;
    const cases = Array.from({ length: 8 }, (_, at) => `  - { id: c${at}, request: { path: /x } }\n`);
    const cwd = await folder({ 'cases/s.yaml': `cases:\n${cases.join('')}`, 'parity.yaml': config });
    const targetsOf = async (...args: string[]) => {
      const ended = await parity(args, { cwd });
      return [ended.exitCode, newestReport(cwd).run.targets];
    };
    const whole = await targetsOf('run');
    for (const n of [1, 2]) await parity(['run', '--shard', `${n}/2`, '--out', `shards/${n}`], { cwd });
    expect(await targetsOf('merge', 'shards/1/latest', 'shards/2/latest')).toEqual(whole);
    expect(whole).toEqual([0, [expect.objectContaining({ version }), expect.objectContaining({ version })]]);
    version = '4';
    await parity(['run', '--shard', '2/2', '--out', 'shards/other'], { cwd });
    const [, mixed] = await targetsOf('merge', 'shards/1/latest', 'shards/other/latest');
    expect(JSON.stringify(mixed)).not.toContain('"version"');
  });

  it('is not a failure, and what people say of a version counts', async () => {
    const [a, b] = [await serving(health('3')), await serving(health('3'))];
    const cwd = await folder({
      'cases/s.yaml': file,
      'parity.yaml': `targets:\n  a: { url: "${a.url}", ready: /up, version: rust 1 }\n  b: { url: "${b.url}", ready: /up }\n`,
    });
    const ended = await parity(['run'], { cwd });
    expect([ended.exitCode, newestReport(cwd).run.targets.map(({ version }) => version)]).toEqual([0, ['rust 1', '3']]);
    const doctor = await parity(['doctor'], { cwd });
    expect(doctor.stdout).toMatch(/^ok {4}target b: http:\/\/\S+ answers \(version: 3; fingerprint [0-9a-f]{8}\)$/m);
  });

  it('is not looked at where it has one address on purpose', async () => {
    const { url } = await serving(says('app/1'));
    const cwd = await folder({ 'cases/s.yaml': file });
    const ended = await parity(['run', '--self-check', '--target', `a=${url}`, '--target', `b=${url}`], { cwd });
    expect([ended.exitCode, ended.stdout.includes('same build')]).toEqual([0, false]);
  });
});
