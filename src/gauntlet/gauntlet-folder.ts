import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ParityError } from '../errors.ts';
import { maxGauntletsOfDay } from './limits.ts';

/** Takes the folder of reports and the time; makes and returns `gauntlet/DATE` or `gauntlet/DATE-N` in it, which was not there before. Throws PX4301 if it cannot be made. */
export async function makeGauntletFolder(reports: string, now: Date): Promise<string> {
  const date = now.toISOString().slice(0, 10);
  try {
    await mkdir(join(reports, 'gauntlet'), { recursive: true });
    for (let n = 1; n <= maxGauntletsOfDay; n += 1) {
      const folder = join(reports, 'gauntlet', n === 1 ? date : `${date}-${n}`);
      if (await isMade(folder)) return folder;
    }
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    const hint = 'make room there, or name another folder with --out';
    throw new ParityError('PX4301', `no folder can be made in ${reports}: ${reason}`, { hint, cause });
  }
  throw new ParityError('PX4301', `${reports} has ${maxGauntletsOfDay} gauntlets of ${date}`, {
    hint: 'name another folder with --out',
  });
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
