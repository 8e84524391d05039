import { existsSync, lstatSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ParityError } from '../errors.ts';
import { terminalText } from '../json/printable.ts';
import { runLogName, siblingName, storing, writeWhole } from './lines/files.ts';

const isFolderName = (name: string): boolean => /^[^/\\\0]{1,255}$/.test(name) && name !== '.' && name !== '..';
/** Null for whatever cannot be looked at: missing, forbidden, too long or no path at all. */
const look = (path: string): Stats | null => {
  try {
    return statSync(path);
  } catch {
    return null;
  }
};
const holdsRun = (dir: string): boolean => existsSync(join(dir, runLogName));

/** `latest` is a link to a run folder, or, where links cannot be made, a text file that holds the run's id. */
const latestRun = (out: string): string | null => {
  const path = join(out, 'latest');
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (!found.isFile()) return path;
  const id = found.size < 1024 ? readFileSync(path, 'utf8').trim() : '';
  return isFolderName(id) ? join(out, id) : null;
};

const candidatesFor = (out: string, run: string): readonly string[] => {
  const latest = run === 'latest' ? latestRun(out) : null;
  const inside = isFolderName(run) ? [join(out, run)] : [];
  return [...(latest === null ? [] : [latest]), ...inside, resolve(run), dirname(resolve(run))];
};

/** The names of the run folders, the newest first. */
const runIds = (out: string): string[] => {
  if (!look(out)?.isDirectory()) return [];
  const ids = readdirSync(out).filter((name) => name !== 'latest' && holdsRun(join(out, name)));
  return ids.sort().reverse();
};

/** The folder of the run below `out` that was begun last, also if it was killed before `latest` named it; null if there is none. */
export const newestRun = (out: string): string | null => {
  const [newest] = runIds(out).filter((name) => /^\d{8}-\d{6}-/.test(name));
  return newest === undefined ? null : join(out, newest);
};

/**
 * The run folder that `run` names: `latest`, a run id below `out`, a path of a run folder, or of the `run.jsonl` in one.
 * Throws ParityError PX2502 if there is none.
 */
export const findRun = (out: string, run: string): string => {
  const isFile = look(resolve(run))?.isFile() === true && run.endsWith(runLogName);
  const found = candidatesFor(out, run).find((dir, index, all) => (index < all.length - 1 || isFile) && holdsRun(dir));
  if (found !== undefined) return found;
  const known = runIds(out).slice(0, 5).map(terminalText).join(', ');
  throw new ParityError('PX2502', `there is no run "${terminalText(run)}" in ${terminalText(out)}`, {
    hint:
      known === ''
        ? 'record one with: parity run, or name another folder with --out'
        : `the newest runs there are: ${known}`,
  });
};

/**
 * Makes `latest` in the folder `out` name the run `id`: a relative link, or a text file with the id where links cannot be made.
 * The old one is replaced in one step. Throws ParityError PX4201.
 */
export const writeLatest = async (out: string, id: string): Promise<void> => {
  const path = join(out, 'latest');
  const beside = siblingName(path);
  const linked = await symlink(id, beside, 'dir').then(
    () => true,
    () => false,
  );
  if (!linked) return writeWhole(path, [`${id}\n`]);
  await storing(path, () =>
    rename(beside, path).catch(async (error: unknown) => {
      await rm(beside, { force: true });
      throw error;
    }),
  );
};
