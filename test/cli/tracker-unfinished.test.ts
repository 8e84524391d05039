import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wholeTracker } from '../whole-tracker.ts';
import { folder, home, newestReport, parity } from './command.ts';
import { type Asked, type Reply, serving } from './service.ts';

const ids = [...'abcdefghijklmnop'];
const library = (serial: boolean) =>
  ids.map((id) => `  - { id: ${id}, serial: ${serial}, request: { path: /${id} } }`).join('\n');

/** Two services that differ at `/a`; the candidate keeps the first request for `/d` waiting until it is let go. */
async function scene(serial: boolean) {
  let letGo = () => {};
  const waiting = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let isHeld = true;
  const reply =
    (value: number) =>
    async ({ path }: Asked): Promise<Reply> => {
      if (path === '/d' && value === 2 && isHeld) await waiting;
      return [200, path === '/a' ? `{"v":${value}}` : '{}'];
    };
  const [a, b] = [await serving(reply(1)), await serving(reply(2))];
  const cwd = await folder({
    'cases/s.yaml': `suite: s\ncases:\n${library(serial)}\n`,
    'parity.yaml': `targets: { old: "${a.url}", new: "${b.url}" }\ntracker: { file: T.md, fixedAfter: 2 }\n`,
  });
  const go = () => {
    isHeld = false;
    letGo();
  };
  const tracker = () => (existsSync(join(cwd, 'T.md')) ? wholeTracker(join(cwd, 'T.md')) : '');
  const stopped = async () => {
    const child = spawn(process.execPath, [join(home, 'dist/cli/main.js'), 'run', '--fail-on', 'new'], {
      ...{ cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd }, stdio: 'ignore' },
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    while (!b.asked.some(({ path }) => path === '/d')) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    return ended;
  };
  return { cwd, go, tracker, stopped };
}

describe('a run that has not seen all of its cases', () => {
  it('leaves the tracker to the one that goes on with it', async () => {
    const { cwd, go, tracker, stopped } = await scene(true);
    expect(await stopped()).toBe(130);
    expect(tracker()).not.toContain('| P-');
    expect(newestReport(cwd).notes).toContainEqual(
      expect.stringMatching(
        /^The tracker was not written: 1 row would be added .*; a run that goes on with this one writes it\.$/,
      ),
    );
    go();
    const whole = await parity(['run', '--fail-on', 'new', '--resume', 'latest'], { cwd });
    expect([whole.exitCode, newestReport(cwd).findings.map(({ state }) => state)]).toEqual([1, ['new']]);
    expect(tracker()).toContain('| P-');
  });

  it('leaves it to parity merge, as one of several shards', async () => {
    const { cwd, go, tracker } = await scene(false);
    go();
    for (const part of [1, 2]) {
      const args = ['run', '--shard', `${part}/2`, '--fail-on', 'never', '--out', `part${part}`];
      expect((await parity(args, { cwd })).exitCode).toBe(0);
    }
    expect(tracker()).not.toContain('| P-');
    const merged = await parity(['merge', 'part1/latest', 'part2/latest', '--fail-on', 'new'], { cwd });
    expect([merged.exitCode, tracker().includes('| P-')]).toEqual([1, true]);
  });
});
