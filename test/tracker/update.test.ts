import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rewriteFile } from '../../src/tracker/file/atomic-write.ts';
import { listTracker } from '../../src/tracker/list.ts';
import { updateTracker } from '../../src/tracker/update.ts';
import { finding, run } from './sample.ts';

const id = 'P-3F2A9C1D';
const input = run([finding(id)]);
const old = '\uFEFF# Ours\r\n\r\n<!-- parity:tracker -->\r\n\r\n| ID | Status |\r\n|---|---|\r\n\r\nText.';
const updated = old.replace('---|\r\n', `---|\r\n| ${id} | _open_ |\r\n`);

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracker-'));
  file = join(folder, 'T.md');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function leftOver(of = folder): Promise<string[]> {
  return (await readdir(of)).filter((name) => name.startsWith('.'));
}

describe('a tracker file', () => {
  it('that is missing is made, with its folders', async () => {
    const made = join(folder, 'docs', 'deep', 'T.md');
    expect(await updateTracker(made, input, { write: true })).toMatchObject({ file: made, written: true, added: [id] });
    const text = await readFile(made, 'utf8');
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual(['# Architecture comparison']);
    expect((await listTracker(made)).map((row) => [row.id, row.status])).toEqual([[id, 'open']]);
    expect(await leftOver(join(folder, 'docs', 'deep'))).toEqual([]);
  });

  it('that is missing is made without findings too, with an empty table', async () => {
    expect(await updateTracker(file, run([]), { write: true })).toMatchObject({ written: true, added: [] });
    expect(await readFile(file, 'utf8')).toMatch(/<!-- parity:tracker -->\n\n\| ID \| Status \|.*\|\n(?:\|---)+\|\n$/);
    expect(await updateTracker(file, run([]), { write: true })).toMatchObject({ written: false });
  });

  it('that is empty is filled', async () => {
    await writeFile(file, '');
    expect(await updateTracker(file, input, { write: true })).toMatchObject({ written: true, added: [id] });
  });

  it('keeps its mode and every foreign byte', async () => {
    await writeFile(file, old);
    await chmod(file, 0o640);
    const update = await updateTracker(file, input, { write: true });
    expect(update).toMatchObject({ written: true, added: [id], changed: [], notes: [] });
    expect(update.states.get(id)).toEqual({ state: 'new', decision: null });
    expect(await readFile(file, 'utf8')).toBe(updated);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect(await leftOver()).toEqual([]);
  });

  it('that needs no change is not touched', async () => {
    await writeFile(file, updated);
    await utimes(file, 1_000_000, 1_000_000);
    expect(await updateTracker(file, input, { write: true })).toMatchObject({ written: false, added: [], changed: [] });
    expect((await stat(file)).mtimeMs).toBe(1_000_000_000);
  });

  it('is only looked at when nothing may be written', async () => {
    await writeFile(file, old);
    expect(await updateTracker(file, input, { write: false })).toMatchObject({ written: false, added: [id] });
    expect(await readFile(file, 'utf8')).toBe(old);
    expect(await updateTracker(join(folder, 'no', 'T.md'), input, { write: false })).toMatchObject({ added: [id] });
    expect(await readdir(folder)).toEqual(['T.md']);
  });

  it('behind a symbolic link is changed, the link is not', async () => {
    await mkdir(join(folder, 'docs'));
    await writeFile(join(folder, 'docs', 'T.md'), old);
    await symlink(join('docs', 'T.md'), file);
    expect(await updateTracker(file, input, { write: true })).toMatchObject({ written: true });
    expect(await readlink(file)).toBe(join('docs', 'T.md'));
    expect(await readFile(join(folder, 'docs', 'T.md'), 'utf8')).toBe(updated);
  });
});

describe('a tracker file is refused and left as it was', () => {
  const marker = '<!-- parity:tracker -->\n\n| ID | Status |\n|---|---|\n';

  it.each<[string, string | Uint8Array, string]>([
    ['bytes that are not UTF-8', Buffer.concat([Buffer.from(`# T\n\xe4\n${marker}`, 'latin1')]), 'PX4104'],
    ['UTF-16', Buffer.from(`\uFEFF${marker}`, 'utf16le'), 'PX4104'],
    ['an unresolved merge', `${marker}<<<<<<< HEAD\n=======\n>>>>>>> b\n`, 'PX4103'],
    ['no marker', '# T\n', 'PX4105'],
    ['two markers', `${marker}\n${marker}`, 'PX4105'],
  ])('%s', async (_why, content, code) => {
    await writeFile(file, content);
    const refused = updateTracker(file, input, { write: true });
    await expect(refused).rejects.toMatchObject({ code, exitCode: 4 });
    await expect(refused).rejects.toHaveProperty('problems.0.file', file);
    expect((await readFile(file)).equals(Buffer.from(content))).toBe(true);
    expect(await leftOver()).toEqual([]);
  });

  it('a folder', async () => {
    await expect(updateTracker(folder, input, { write: true })).rejects.toMatchObject({ code: 'PX4106' });
  });

  it('a link that leads nowhere', async () => {
    await symlink('nowhere.md', file);
    await expect(updateTracker(file, input, { write: true })).rejects.toMatchObject({ code: 'PX4106' });
    expect(await readdir(folder)).toEqual(['T.md']);
  });

  it('a path through a file', async () => {
    await writeFile(file, old);
    await expect(updateTracker(join(file, 'T.md'), input, { write: true })).rejects.toMatchObject({ code: 'PX4106' });
  });

  it('a file that is not there, for the list', async () => {
    await expect(listTracker(file)).rejects.toMatchObject({ code: 'PX4106' });
  });
});

describe('an editor that saves while we write', () => {
  const options = { write: true, lockWaitMs: 1000 };

  it('wins: its text stays and our change is made to it', async () => {
    await writeFile(file, 'one\n');
    const asked: (string | null)[] = [];
    const edit = (text: string | null) => {
      asked.push(text);
      // The first question comes before the lock, the second one, for a text that is new, under it; the editor saves after each.
      const next = ['two', 'three'][asked.length - 1];
      if (next !== undefined) execFileSync('sh', ['-c', 'printf "$1\\n" > "$0"', file, next]);
      return { text: `${text}ours\n`, result: null };
    };
    expect(await rewriteFile(file, edit, options)).toEqual({ written: true, result: null });
    expect(asked).toEqual(['one\n', 'two\n', 'three\n']);
    expect(await readFile(file, 'utf8')).toBe('three\nours\n');
    expect(await leftOver()).toEqual([]);
  });

  it('and made the file that was missing wins too', async () => {
    let asked = 0;
    const edit = (text: string | null) => {
      asked++;
      if (asked === 1) execFileSync('sh', ['-c', 'printf "theirs\\n" > "$0"', file]);
      return { text: `${text ?? ''}ours\n`, result: null };
    };
    await rewriteFile(file, edit, options);
    expect(await readFile(file, 'utf8')).toBe('theirs\nours\n');
  });

  it('and never stops is given up after five times', async () => {
    await writeFile(file, '0');
    let count = 0;
    const edit = (text: string | null) => {
      count++;
      execFileSync('sh', ['-c', 'printf "$1" > "$0"', file, String(count)]);
      return { text: `${text}ours`, result: null };
    };
    await expect(rewriteFile(file, edit, options)).rejects.toMatchObject({ code: 'PX4107' });
    expect(await readFile(file, 'utf8')).toBe('6');
    expect(await leftOver()).toEqual([]);
  });
});

describe('a full disk', () => {
  const canMount = mounts();

  function mounts(): boolean {
    const probe = mkdtempSync(join(tmpdir(), 'tracker-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' });
      execFileSync('umount', [probe]);
      return true;
    } catch {
      return false;
    } finally {
      rmdirSync(probe);
    }
  }

  it.runIf(canMount).each([
    ['no room for the tracker', 4096],
    ['no room for the lock', 0],
  ])('(only where a tmpfs can be mounted) %s: the old file is whole, nothing is left behind', async (_why, free) => {
    const disk = join(folder, 'disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    try {
      const tracker = join(disk, 'T.md');
      const long = `${old}\n${'Some prose.\n'.repeat(1500)}`;
      await writeFile(tracker, long);
      const room = 65_536 - Math.ceil(Buffer.byteLength(long) / 4096) * 4096;
      await writeFile(join(disk, 'filler'), Buffer.alloc(room - free));
      await expect(updateTracker(tracker, input, { write: true })).rejects.toMatchObject({ code: 'PX4102' });
      expect(await readFile(tracker, 'utf8')).toBe(long);
      expect((await readdir(disk)).sort()).toEqual(['T.md', 'filler']);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
