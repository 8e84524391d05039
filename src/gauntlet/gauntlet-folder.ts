import { mkdir, mkdtemp, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ParityError } from '../errors.ts';
import { errorCode, refusalText } from '../record/lines/files.ts';
import { makeFolders } from '../structures/make-folders.ts';
import { maxGauntletsOfDay } from './limits.ts';

/** Takes the folder of reports and the time; makes and returns `gauntlet/DATE` or `gauntlet/DATE-N` in it, which was not there before. Throws PX4301 if it cannot be made. */
export async function makeGauntletFolder(reports: string, now: Date): Promise<string> {
  const date = now.toISOString().slice(0, 10);
  try {
    await makeFolders(join(reports, 'gauntlet'));
    for (let n = 1; n <= maxGauntletsOfDay; n += 1) {
      const folder = join(reports, 'gauntlet', n === 1 ? date : `${date}-${n}`);
      if (await isMade(folder)) return folder;
    }
  } catch (cause) {
    throw unmade(reports, cause);
  }
  throw new ParityError('PX4301', `${reports} has ${maxGauntletsOfDay} gauntlets of ${date}`, {
    hint: 'name another folder with --out',
  });
}

/** Tries whether the folder of a gauntlet can be made, and leaves only those above it. Throws PX4301. */
export async function checkReports(reports: string): Promise<void> {
  try {
    await makeFolders(join(reports, 'gauntlet'));
    await rmdir(await mkdtemp(join(reports, 'gauntlet', '.try-')));
  } catch (cause) {
    throw unmade(reports, cause);
  }
}

function unmade(reports: string, cause: unknown): ParityError {
  const hint = 'make room there, or name another folder with --out';
  // As /proc does: every folder of the path is there, and still there is no room for another one.
  const why = errorCode(cause) === 'ENOENT' ? 'the system makes none there (ENOENT)' : refusalText(cause);
  return new ParityError('PX4301', `no folder can be made in ${reports}: ${why}`, { hint, cause });
}

/** To make it is the test whether it is there: two gauntlets that start at once get two folders. */
async function isMade(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

const folderName = /^(\d{4}-\d{2}-\d{2})(?:-([1-9]\d{0,4}))?$/;

/** Takes the folder of reports; returns the paths of all gauntlets in it, the oldest first. */
export async function gauntletFolders(reports: string): Promise<string[]> {
  const names = await readdir(join(reports, 'gauntlet')).catch(() => []);
  const found = names.flatMap((name) => {
    const [, date, n = '1'] = folderName.exec(name) ?? [];
    return date === undefined ? [] : [{ name, date, n: Number(n) }];
  });
  found.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.n - b.n));
  return found.map(({ name }) => join(reports, 'gauntlet', name));
}
