import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rewriteFile } from '../../../src/tracker/file/atomic-write.ts';
import { clearLock } from '../../../src/tracker/file/lock.ts';
import { listTracker } from '../../../src/tracker/list.ts';
import { updateTracker } from '../../../src/tracker/update.ts';
import { finding, run } from '../sample.ts';

const input = run([finding('P-3F2A9C1D')]);
let program = '';
let programFolder = '';
let folder = '';
let file = '';
let children: ChildProcess[] = [];

beforeAll(async () => {
  programFolder = await mkdtemp(join(tmpdir(), 'tracker-writer-'));
  program = join(programFolder, 'writer.mjs');
  const bundle = await rolldown({
    input: fileURLToPath(new URL('../writer.ts', import.meta.url)),
    platform: 'node',
    logLevel: 'silent',
  });
  await bundle.write({ file: program, format: 'esm' });
  await bundle.close();
});

afterAll(() => rm(programFolder, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracker-lock-'));
  file = join(folder, 'T.md');
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await rm(folder, { recursive: true, force: true });
});

function start(...words: string[]): ChildProcess {
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

/** The lines that a child printed, once it has ended. */
function linesOf(child: ChildProcess): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', () => resolve(text.split('\n').filter((line) => line !== '')));
  });
}

/** Waits until a child has printed so many lines. */
function printed(child: ChildProcess, count: number): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString().split('\n').length - 1;
      if (seen >= count) resolve();
    });
  });
}

async function holder(): Promise<ChildProcess> {
  const child = start('hold', file);
  await printed(child, 1);
  return child;
}

function lockOf(content: Record<string, unknown>): Promise<void> {
  const whole = { token: 't', host: hostname(), startedAt: '2026-11-21T00:00:00.000Z', command: 'parity run' };
  return writeFile(join(folder, '.T.md.lock'), JSON.stringify({ ...whole, ...content }));
}

describe('several processes at once', () => {
  it('write every row once', async () => {
    const all = await Promise.all(['A', 'B', 'C', 'D'].map((letter) => linesOf(start('write', file, letter))));
    const ids = all.flat().sort();
    expect(ids).toHaveLength(100);
    expect((await listTracker(file)).map((row) => row.id)).toEqual(ids);
    expect(await readdir(folder)).toEqual(['T.md', 'T.md.state']);
  });

  it('one of them killed at any point: nothing it reported is lost, nothing is there twice', async () => {
    const killed: string[] = [];
    for (const [index, letter] of ['A', 'B', 'C'].entries()) {
      const child = start('write', file, letter);
      const lines = linesOf(child);
      await printed(child, 3 + index * 5);
      child.kill('SIGKILL');
      killed.push(...(await lines));
    }
    const rest = await linesOf(start('write', file, 'D'));
    const ids = (await listTracker(file)).map((row) => row.id ?? '');
    expect(rest).toHaveLength(25);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...killed, ...rest].filter((id) => !ids.includes(id))).toEqual([]);
    // A row may have been written just before the kill, with no time left to report it.
    expect(ids.length - killed.length - rest.length).toBeLessThanOrEqual(3);
  });
});

describe('a lock', () => {
  it('of a live process is respected, and its holder named', async () => {
    const child = await holder();
    const error = updateTracker(file, input, { write: true, lockWaitMs: 100 });
    await expect(error).rejects.toMatchObject({ code: 'PX4101', exitCode: 4 });
    await expect(error).rejects.toThrow(
      new RegExp(`is locked by process ${child.pid} on ${hostname()} since \\d{4}-\\d\\d-\\d\\dT`),
    );
    expect(await readdir(folder)).toEqual(['.T.md.lock']);
  });

  it('is not needed to see that nothing changes', async () => {
    await updateTracker(file, input, { write: true });
    await holder();
    expect(await updateTracker(file, input, { write: true, lockWaitMs: 0 })).toMatchObject({ written: false });
    expect(await updateTracker(file, run([]), { write: false })).toMatchObject({ changed: ['P-3F2A9C1D'] });
  });

  it('of a killed process is taken over at once', async () => {
    const child = await holder();
    const ended = new Promise((resolve) => child.on('close', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(await updateTracker(file, input, { write: true, lockWaitMs: 0 })).toMatchObject({ written: true });
    expect(await readdir(folder)).toEqual(['T.md', 'T.md.state']);
  });

  it('that bears our own process id but is not ours is taken over', async () => {
    await lockOf({ pid });
    expect(await updateTracker(file, input, { write: true, lockWaitMs: 0 })).toMatchObject({ written: true });
  });

  it('of a process on another host is respected, however old', async () => {
    await lockOf({ pid: 1, host: 'another\x1b[31m', startedAt: '2001-01-01T00:00:00.000Z' });
    await expect(updateTracker(file, input, { write: true, lockWaitMs: 0 })).rejects.toThrow(
      'is locked by process 1 on another\\x1b[31m since 2001-01-01T00:00:00.000Z',
    );
  });

  it.each([
    ['an empty file', ''],
    ['no JSON', 'x'.repeat(10_000)],
    ['JSON of something else', '[1]'],
    ['an invalid process id', '{"token":"t","pid":-1,"host":"h","startedAt":"s"}'],
  ])('left half-written (%s) is respected first, taken over later', async (_why, content) => {
    await writeFile(join(folder, '.T.md.lock'), content);
    await expect(updateTracker(file, input, { write: true, lockWaitMs: 0 })).rejects.toThrow('by an unknown process');
  });

  it('left half-written does not stop us for ever', async () => {
    await writeFile(join(folder, '.T.md.lock'), '{"pid":');
    expect(await updateTracker(file, input, { write: true })).toMatchObject({ written: true });
    expect(await readdir(folder)).toEqual(['T.md', 'T.md.state']);
  });

  it('lets two updates of one process through, one after the other', async () => {
    const ids = ['P-AAAAAAAA', 'P-BBBBBBBB', 'P-CCCCCCCC'];
    const updates = ids.map((id) => updateTracker(file, run([finding(id)], { library: [] }), { write: true }));
    expect((await Promise.all(updates)).map(({ written }) => written)).toEqual([true, true, true]);
    expect((await listTracker(file)).map((row) => row.id)).toEqual(ids);
  });

  it('of a process whose id another one has now is taken over at once', async () => {
    const child = await holder();
    await lockOf({ pid: child.pid, born: '1' });
    expect(await updateTracker(file, input, { write: true, lockWaitMs: 0 })).toMatchObject({ written: true });
  });

  it('is taken away by hand: one that is stale at once, any other by force', async () => {
    expect(await clearLock(file, { name: file, force: false })).toBeNull();
    await lockOf({ pid: 1, host: 'another' });
    await expect(clearLock(file, { name: file, force: false })).rejects.toMatchObject({ code: 'PX4101' });
    expect(await clearLock(file, { name: file, force: true })).toContain('by process 1 on another');
    const child = await holder();
    await expect(clearLock(file, { name: file, force: false })).rejects.toMatchObject({ code: 'PX4101' });
    const ended = new Promise((resolve) => child.on('close', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(await clearLock(file, { name: file, force: false })).toContain(`by process ${child.pid}`);
    expect(await readdir(folder)).toEqual([]);
  });

  it('that was taken away stops its holder from writing: it takes a new one, and no row is lost', async () => {
    await updateTracker(file, input, { write: true });
    const asked: boolean[] = [];
    const lock = join(folder, '.T.md.lock');
    const edit = (text: string | null) => {
      asked.push(existsSync(lock));
      // As when the process sleeps under its lock: somebody takes that away.
      if (asked.length === 1) appendFileSync(file, 'theirs\n');
      if (asked.length === 2) rmSync(lock);
      return { text: `${text}ours\n`, result: null };
    };
    expect(await rewriteFile(file, edit, { write: true, lockWaitMs: 0 })).toMatchObject({ written: true });
    expect(asked).toEqual([false, true]);
    expect((await readFile(file, 'utf8')).endsWith('theirs\nours\n')).toBe(true);
    expect(existsSync(lock)).toBe(false);
  });

  it('says who holds it', async () => {
    const child = await holder();
    const lock: unknown = JSON.parse(await readFile(join(folder, '.T.md.lock'), 'utf8'));
    expect(lock).toMatchObject({ pid: child.pid, host: hostname(), command: 'writer.mjs hold' });
    expect((await stat(join(folder, '.T.md.lock'))).size).toBeLessThan(500);
  });
});
