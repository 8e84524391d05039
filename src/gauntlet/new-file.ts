import { existsSync } from 'node:fs';
import { appendFile, rename, rm, writeFile } from 'node:fs/promises';
import { siblingName, storing } from '../record/lines/files.ts';
import { makeFolders } from '../structures/make-folders.ts';

/** Writes a file that is not there yet, whole or not at all, also if this process is killed meanwhile. Throws ParityError PX4201, also for a file that is there. */
export function writeNew(path: string, text: string): Promise<void> {
  return storing(path, async () => {
    if (existsSync(path)) throw Object.assign(new Error('the file is there'), { code: 'EEXIST' });
    const beside = siblingName(path);
    try {
      await writeFile(beside, text, { flag: 'wx' });
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  });
}

/** Adds a line to a file, in one piece. Throws ParityError PX4201. */
export function addLine(path: string, line: string): Promise<void> {
  return storing(path, () => appendFile(path, `${line}\n`));
}

/** Makes a folder for files, and those above it; one that is there stays. Throws ParityError PX4201. */
export async function makeFolder(path: string): Promise<void> {
  await storing(path, () => makeFolders(path));
}
