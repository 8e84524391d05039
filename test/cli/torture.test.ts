import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parity } from './command.ts';
import {
  type ExchangePair,
  eachPoint,
  notes,
  openScene,
  straightRun,
  type Tortured,
  tortured,
  trackerIn,
} from './torture.ts';

let scene: ExchangePair;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** What holds whichever call fails: a plain end, nothing torn, and no verdict that was not earned. */
function check({ exitCode, stdout, stderr, cwd, tracker }: Tortured, straight: Tortured): void {
  expect([1, 2, 3, 4]).toContain(exitCode);
  expect(stdout + stderr).not.toMatch(/^\s+at |\[PX7|^PARITY/m);
  expect(stderr).toMatch(/^(?:error\[PX\d{4}\] [^\n]+\n {2}try: [^\n]+\n)?$/);
  expect(stdout === '' && stderr === '').toBe(false);
  if (exitCode === 2) expect(stderr).toContain('Nothing was sent');
  if (/old file is as it was|Nothing was written/.test(stdout + stderr)) expect(tracker).toBe(notes);
  if (exitCode === 1)
    expect([tracker, stdout]).toEqual([straight.tracker, expect.stringMatching(/^DIVERGENT 1 of 6/m)]);
  if (exitCode !== 3) expect([notes, straight.tracker]).toContain(tracker);
  expect(tracker.startsWith(notes)).toBe(true);
  for (const path of everyFile(cwd)) {
    expect(path).not.toMatch(/\.tmp$/);
    if (path.endsWith('report.json')) expect(() => JSON.parse(readFileSync(path, 'utf8'))).not.toThrow();
  }
}

function everyFile(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((path) => join(dir, path));
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test.each([
  ['fs', ['ENOSPC', 'EIO', 'EMFILE', 'EACCES']],
  ['net', ['ECONNRESET', 'EPIPE', 'EMFILE']],
] as const)(
  'whichever call of %s fails, the run ends plainly and nothing is torn',
  async (what, codes) => {
    const { run: straight, calls } = await straightRun(scene, what);
    expect([straight.exitCode, calls > 20]).toEqual([1, true]);
    await eachPoint(upTo(calls), async (at) => {
      const code = codes[at % codes.length]!;
      const ended = await tortured(scene, { what, code, at });
      try {
        check(ended, straight);
      } catch (error) {
        throw new Error(`call ${at} of ${what} with ${code}: ${ended.stdout}${ended.stderr}`, { cause: error });
      }
    });
  },
  600_000,
);

test('a run after one that left its lock and half a report goes on as if nothing had been', async () => {
  const { run: straight, calls } = await straightRun(scene, 'fs');
  const points = upTo(calls).filter((at) => at > calls - 30 && at % 3 === 0);
  await eachPoint(points, async (at) => {
    const { cwd } = await tortured(scene, { what: 'fs', code: 'EIO', at });
    const { exitCode } = await parity(scene.args, { cwd });
    expect([at, exitCode, trackerIn(cwd)]).toEqual([at, 1, straight.tracker]);
  });
});
