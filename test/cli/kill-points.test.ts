import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportDocument } from '../../src/report/document/document.ts';
import { parity } from './command.ts';
import { type ExchangePair, eachPoint, openScene, straightRun, tortured, trackerIn } from './torture.ts';

let scene: ExchangePair;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** The newest run, without what two runs of one plan may differ in. */
function told(cwd: string): unknown {
  const [id = ''] = runIds(cwd).slice(-1);
  const text = readFileSync(join(cwd, 'reports', id, 'report.json'), 'utf8');
  const { run, durations, ...report } = JSON.parse(text) as ReportDocument;
  const answers = durations.map((one) => [one.target, one.answers]);
  return { ...report, answers, interrupted: run.interrupted, seed: run.seed };
}

function runIds(cwd: string): string[] {
  const out = join(cwd, 'reports');
  return existsSync(out)
    ? readdirSync(out)
        .filter((name) => /^\d/.test(name))
        .sort()
    : [];
}

/** Brings a run that was killed to its end: resumed, or rendered if it was only rendering, or anew if it had not begun. */
async function goOn(cwd: string): Promise<void> {
  const [id] = runIds(cwd);
  const log = id === undefined ? '' : join(cwd, 'reports', id, 'run.jsonl');
  const hasBegun = log !== '' && existsSync(log) && readFileSync(log, 'utf8').includes('\n');
  const resumed = await parity(hasBegun ? [...scene.args, '--resume', id ?? ''] : scene.args, { cwd });
  expect(resumed.stderr).toMatch(/^$|PX2703/);
  if (resumed.exitCode !== 2) return expect(resumed.exitCode).toBe(1);
  expect((await parity(['report', id ?? '', '--reporter', 'json'], { cwd })).exitCode).toBe(0);
}

/** A linear congruential generator (Numerical Recipes): the same points each time. */
function drawn(count: number, below: number): number[] {
  let state = 20_261_121;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 1 + Math.floor((state / 2 ** 32) * below);
  });
}

test.each([
  ['net', 'while it sends', (calls: number) => drawn(20, calls)],
  ['fs', 'before any call that keeps something', (calls: number) => Array.from({ length: calls }, (_, i) => i + 1)],
] as const)(
  'a run that is killed at a call of %s, %s, goes on to what an unbroken run comes to',
  async (what, _, points) => {
    const { run, calls } = await straightRun(scene, what);
    const straight = told(run.cwd);
    await eachPoint(points(calls), async (at) => {
      const { cwd, exitCode } = await tortured(scene, { what, code: 'SIGKILL', at });
      // Cases that finish in one turn of the event loop go out in one write: a run may come to its end some calls sooner.
      if (at > calls - scene.cases && exitCode === 1) return expect(told(cwd)).toEqual(straight);
      expect([at, exitCode]).toEqual([at, -1]);
      await goOn(cwd);
      expect({ at, told: told(cwd) }).toEqual({ at, told: straight });
      expect([at, trackerIn(cwd)]).toEqual([at, run.tracker]);
    });
  },
  600_000,
);
