import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, newestReport, parity } from './command.ts';
import { type Reply, serving } from './service.ts';

/** Two services that answer as they are told, and a library of one case. */
async function project(first: readonly [Reply, Reply]) {
  const now: [Reply, Reply] = [...first];
  const [a, b] = [await serving(() => now[0]), await serving(() => now[1])];
  const cwd = await folder({
    'parity.yaml': `reference: a\ntargets: { a: '${a.url}', b: '${b.url}' }\n`,
    'cases/s.yaml': 'cases: [{ id: one, request: { path: /one } }]\n',
  });
  const run = (...args: string[]) => parity(args, { cwd });
  return { cwd, run, say: (...replies: [Reply, Reply]) => now.splice(0, 2, ...replies) };
}

const json = (value: unknown): Reply => [200, JSON.stringify(value), { 'content-type': 'application/json' }];

it('runs are listed, the last two are compared, and replays are no part of the trend', async () => {
  const { cwd, run, say } = await project([json({ x: 1 }), json({ x: 2 })]);
  expect((await run('diff')).stderr).toContain('error[PX2502] there are no two runs to compare');
  await run('run');
  const [{ id }, first] = [newestReport(cwd).findings[0]!, newestReport(cwd).run.id];
  say(json({ x: 1 }), json({ x: 1 }));
  expect((await run('replay', id)).stdout).toContain(`FIXED  ${id}`);
  await run('run');
  const last = newestReport(cwd).run.id;
  const trend = await run('trend');
  expect(
    trend.stdout
      .split('\n')
      .slice(1, 3)
      .map((line) => line.split(' ')[0]),
  ).toEqual([first, last]);
  expect(trend.stdout.trim().split('\n')).toHaveLength(3);
  const listed = (await run('runs')).stdout.split('\n');
  expect(listed.slice(1, 4)).toEqual([
    expect.stringMatching(new RegExp(`^${last} .* run +parity +1 +0$`)),
    expect.stringMatching(new RegExp(`replay of ${id} +parity +1 +0$`)),
    expect.stringMatching(new RegExp(`^${first} .* run +divergent +1 +1$`)),
  ]);
  for (const args of [['diff'], ['diff', first], ['diff', 'latest']])
    expect((await run(...args)).stdout).toContain(`from ${first} (divergent) to ${last} (parity)`);
  const opened = await run('open', '--print');
  expect([opened.exitCode, existsSync(opened.stdout.trim())]).toEqual([0, true]);
  expect(opened.stdout.trim()).toBe(join(cwd, 'reports', 'latest', 'report.html'));
});

it.each<[string, [Reply, Reply], [Reply, Reply], string, number]>([
  [
    'both answer 404 as the reference did',
    [[404, ''], json({})],
    [
      [404, ''],
      [404, ''],
    ],
    'FIXED',
    0,
  ],
  [
    'both answer 404, and the reference did not',
    [json({}), [404, '']],
    [
      [404, ''],
      [404, ''],
    ],
    'INCONCLUSIVE',
    3,
  ],
  ['both answer 200', [json({}), [404, '']], [json({}), json({})], 'FIXED', 0],
])('a replay where %s', async (_why, before, after, word, exitCode) => {
  const { cwd, run, say } = await project(before);
  await run('run');
  const { id } = newestReport(cwd).findings[0]!;
  say(...after);
  const ended = await run('replay', id);
  expect([ended.stdout.split(' ')[0], ended.exitCode]).toEqual([word, exitCode]);
});
