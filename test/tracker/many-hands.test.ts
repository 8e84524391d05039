/** PARITY_ROUNDS=20 for as many rounds of processes, and five times as many of branches. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideTracker } from '../../src/tracker/decide.ts';
import { listTracker } from '../../src/tracker/list.ts';
import { ownTable } from '../../src/tracker/rows/columns.ts';
import { editTracker, updateTracker } from '../../src/tracker/update.ts';
import { finding, library, run } from './sample.ts';

const rounds = Number(process.env.PARITY_ROUNDS ?? 2);
const patience = rounds * 150_000;
let program = '';
let programFolder = '';
let folder = '';

beforeAll(async () => {
  programFolder = mkdtempSync(join(tmpdir(), 'tracker-hands-'));
  program = join(programFolder, 'writer.mjs');
  const input = fileURLToPath(new URL('writer.ts', import.meta.url));
  const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent' });
  await bundle.write({ file: program, format: 'esm' });
  await bundle.close();
});

afterAll(() => rm(programFolder, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracker-many-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Numbers from 0 to 1 that a seed decides. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const [before, after] = [
  '\uFEFF# Ours\r\n\r\nProse  \r\n<!-- parity:tracker -->\r\n\r\n| Owner | ID | Status | Notes |\r\n|:--|---|:-:|---|\r\n| mia |  total | 12 | `a\\|b` |',
  '\r\n\r\nThe end, without a line feed',
];

/** Keeps a writer at work until all its 25 rows are there: whenever it is killed, another one begins again. */
async function write(file: string, letter: string, random: () => number): Promise<void> {
  for (let done = false; !done; ) {
    const child = spawn(process.execPath, [program, 'write', file, letter], { stdio: ['ignore', 'ignore', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const trouble = disturb(child, random);
    done = (await ended) === 0;
    await trouble;
  }
}

/** Stops a process for a while, or kills it, at a random time; or lets it be. */
async function disturb(child: ChildProcess, random: () => number): Promise<void> {
  const [kind, delay] = [random(), 30 + random() * 400];
  if (kind < 0.3) return;
  await pause(delay);
  if (kind < 0.6) return void child.kill('SIGKILL');
  child.kill('SIGSTOP');
  await pause(random() * 200);
  child.kill('SIGCONT');
}

describe('eight processes that are killed and stopped at random', () => {
  it(
    'write every row once, the file can be read at any time, and no byte of people changes',
    async () => {
      for (let round = 0; round < rounds; round++) {
        const file = join(folder, `T${round}.md`);
        writeFileSync(file, before + after);
        const letters = ['A', 'B', 'C', 'D', 'E', 'F', '0', '1'];
        const writers = Promise.all(letters.map((letter, at) => write(file, letter, randomOf(round * 8 + at + 1))));
        let reading = true;
        const reader = (async () => {
          for (; reading; await pause(20)) await listTracker(file);
        })();
        await writers;
        reading = false;
        await reader;
        const ids = letters.flatMap((letter) =>
          Array.from(
            { length: 25 },
            (_, at) => `P-${letter.repeat(6)}${at.toString(16).toUpperCase().padStart(2, '0')}`,
          ),
        );
        const text = readFileSync(file, 'utf8');
        expect((await listTracker(file)).map(({ id }) => id).sort()).toEqual(ids.sort());
        expect([text.startsWith(before), text.endsWith(after)]).toEqual([true, true]);
        const added = text.slice(before.length, -after.length).split('\r\n').slice(1);
        expect(added.sort()).toEqual(ids.map((id) => `| | ${id} | _open_ | |`));
        // A killed process leaves its lock, or the file that it was writing; nothing takes them for a tracker.
        expect(readdirSync(folder).filter((name) => !/^(?:T\d+\.md|\.T\d+\.md\.[\w.-]+)$/.test(name))).toEqual([]);
      }
    },
    patience,
  );
});

const hasGit = (() => {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

function git(...args: string[]): string {
  const names = ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'someone'],
    [`GIT_${who}_EMAIL`, 'someone@example.org'],
  ]);
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, ...Object.fromEntries(names) },
  });
}

const idAt = (index: number): string =>
  `P-${((index * 2_654_435_761) % 2 ** 32).toString(16).toUpperCase().padStart(8, '0')}`;

/** What one branch does: a run that sees some of what is known and something new, and perhaps a decision. */
async function work(
  file: string,
  random: () => number,
  today: string,
): Promise<{ added: string[]; accepted: string[] }> {
  const known = (await listTracker(file)).map(({ id }) => id ?? '');
  const fresh = Array.from({ length: Math.floor(random() * 3) }, () => idAt(Math.floor(random() * 100_000)));
  const seen = [...known.filter(() => random() < 0.8), ...fresh];
  const covered = random() < 0.5 ? library(2) : [];
  await updateTracker(
    file,
    run(
      seen.map((id) => finding(id)),
      { today, library: covered },
    ),
    { write: true },
  );
  const accepted = known.filter(() => random() < 0.1);
  for (const id of accepted) {
    const decision = {
      id,
      state: 'accepted',
      reason: `agreed in ${today}`,
      owner: null,
      until: null,
      row: null,
      pin: null,
      widening: { cases: false, values: false },
    } as const;
    await decideTracker(file, decision);
  }
  return { added: fresh, accepted };
}

describe.skipIf(!hasGit)(hasGit ? 'two branches' : 'skipped: no git', () => {
  it(
    'that add, fix and accept rows are merged by git: no row and no decision is lost, none is there twice after the next run',
    async () => {
      const file = join(folder, 'T.md');
      git('init', '-q', '-b', 'main');
      writeFileSync(join(folder, '.gitattributes'), 'T.md* merge=union\n');
      await updateTracker(file, run([1, 2, 3].map((index) => finding(idAt(index)))), { write: true });
      const commit = () => git('add', '-A') + git('commit', '-q', '--allow-empty', '-m', 'Tracker');
      commit();
      const random = randomOf(42);
      for (let round = 0; round < rounds * 5; round++) {
        const day = (offset: number) => new Date(Date.UTC(2026, 11, 1 + round * 2 + offset)).toISOString().slice(0, 10);
        const earlier = (await listTracker(file)).map(({ id }) => id ?? '');
        git('checkout', '-q', '-b', `left-${round}`);
        const left = await work(file, random, day(0));
        commit();
        git('checkout', '-q', '-b', `right-${round}`, 'main');
        const right = await work(file, random, day(Math.floor(random() * 2)));
        commit();
        git('checkout', '-q', 'main');
        git('merge', '-q', '--no-edit', `left-${round}`);
        git('merge', '-q', '--no-edit', `right-${round}`);
        await updateTracker(file, run([], { library: [] }), { write: true });
        commit();
        const rows = await listTracker(file);
        const wanted = new Set([...earlier, ...left.added, ...right.added]);
        expect(rows.map(({ id }) => id).sort()).toEqual([...wanted].sort());
        const decided = rows.filter(({ id }) => [...left.accepted, ...right.accepted].includes(id ?? ''));
        expect(decided.filter(({ decision }) => !decision?.includes('agreed in'))).toEqual([]);
        const text = readFileSync(file, 'utf8');
        expect(editTracker(text, run([], { library: [] }), { file, options: ownTable }).text).toBe(text);
      }
    },
    patience,
  );
});
