import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { assessmentSchema } from '../../../src/gauntlet/assess/assessment.ts';
import { type PhaseName, readPhase } from '../../../src/gauntlet/phase-results.ts';
import { freePort } from '../../free-port.ts';
import { folder, home, parity } from '../command.ts';
import { serving } from '../service.ts';
import { gauntletsIn, ledgersIn, livingIn, serverSource } from './gauntlet.ts';
import { answer, diffOf, finding, gauntletOf, reviewers, says } from './reviewers.ts';

/** A project whose gauntlet takes about two seconds: a service, checks, reviewers, a run and gates. */
async function project() {
  const behaviours = { opus: says(answer([finding('HIGH', 'src/a.go:12')])), gpt: says(answer([])) };
  const server = await reviewers(behaviours);
  onTestFinished(server.close);
  const [old, fresh] = await Promise.all(['1', '"1"'].map((a) => serving(() => [200, `{"a":${a}}`])));
  const port = await freePort();
  const ready = `http://127.0.0.1:${port}/`;
  const { review } = JSON.parse(gauntletOf(server, { behaviours }));
  const gauntlet = {
    services: [{ name: 'web', command: [process.execPath, 'server.mjs', String(port)], ready }],
    smoke: [
      { name: 'd1', command: ['sleep', '0.2'] },
      { name: 'd2', shell: 'echo why; exit 1' },
    ],
    ...{ review, parity: {} },
    assess: { gates: [{ id: 'G1', title: 'a gate', command: ['sleep', '0.3'] }] },
  };
  const cwd = await folder({
    'gauntlet.yaml': JSON.stringify(gauntlet),
    'changes.diff': diffOf('src/a.go'),
    // What it starts in a group of its own ends when asked: three seconds a turn are saved.
    'server.mjs': serverSource.replace("'child', 'deaf'", "'child'"),
    'parity.yaml': `targets: { old: "${old!.url}", new: "${fresh!.url}" }\ntracker: tracker.md\n`,
    'cases/a.yaml': 'suite: a\ncases: [ { id: one, request: { path: /one } } ]\n',
  });
  onTestFinished(async () => void (await parity(['gauntlet', 'down'], { cwd })));
  return { cwd, ready };
}

/** All files of the gauntlets in a folder, by path. */
function evidenceIn(cwd: string): Map<string, string> {
  const dir = join(cwd, 'reports/gauntlet');
  const entries = existsSync(dir) ? readdirSync(dir, { recursive: true, withFileTypes: true }) : [];
  const paths = entries.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

/** What a killed gauntlet left is whole or not there, and a log ends with a whole line. */
async function expectReadable(cwd: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) {
    if (path.endsWith('.tmp')) continue;
    if (path.endsWith('/assessment.json')) assessmentSchema.parse(JSON.parse(text));
    else if (path.endsWith('.json')) JSON.parse(text);
    // The log is made a moment before its first line.
    expect([path, text.endsWith('\n') || (path.endsWith('/smoke.log') && text === '')]).toEqual([path, true]);
  }
  for (const name of gauntletsIn(cwd))
    for (const phase of ['smoke', 'review', 'parity'] satisfies PhaseName[]) {
      const dir = join(cwd, 'reports/gauntlet', name);
      if (existsSync(join(dir, `${phase}.json`))) expect(await readPhase(dir, phase)).not.toBeNull();
    }
}

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

it.runIf(process.platform === 'linux')(
  'a gauntlet that is killed at any moment leaves whole files, nothing that runs after down, and the next one is as ever',
  async () => {
    const { cwd, ready } = await project();
    const began = performance.now();
    const whole = await parity(['gauntlet'], { cwd });
    const took = performance.now() - began;
    expect(whole.exitCode, whole.stderr).toBe(1);
    let before = evidenceIn(cwd);
    for (let turn = 0; turn < 8; turn += 1) {
      const child = spawn(process.execPath, [join(home, 'dist/cli/main.js'), 'gauntlet'], { cwd, stdio: 'ignore' });
      // One moment of every eighth of the time that a whole one takes.
      await sleep((took * (turn + Math.random())) / 8);
      child.kill('SIGKILL');
      // Every second time the next command finds what is left, in place of down.
      const up = turn % 2 === 0 ? null : await parity(['gauntlet', 'up'], { cwd });
      if (up !== null) expect([up.exitCode, up.stdout, await answers(ready)]).toEqual([0, 'up: web\n', true]);
      expect((await parity(['gauntlet', 'down'], { cwd })).exitCode).toBe(0);
      expect([livingIn(cwd), ledgersIn(cwd), await answers(ready)]).toEqual([[], [], false]);
      const after = evidenceIn(cwd);
      await expectReadable(cwd, after);
      for (const [path, text] of before) expect([path, after.get(path)]).toEqual([path, text]);
      before = after;
    }
    const assessed = await parity(['assess'], { cwd });
    expect([1, 3], assessed.stderr).toContain(assessed.exitCode);
    const last = await parity(['gauntlet'], { cwd });
    // The row of the first gauntlet is undecided, whatever the killed ones came to.
    expect([last.exitCode, last.stdout]).toEqual([1, expect.stringContaining('\nHOLD\n  smoke check d2 fails\n')]);
    expect(last.stdout).toContain('c1: 0 convergent / 1 distinct\n');
  },
);
