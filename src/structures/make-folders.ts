import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing, one by one: `mkdir` with `recursive` never ends on Node 20 where a folder that is there
 * refuses a new one with ENOENT, as /proc does. The mode is that of the folder itself. Throws what the system says.
 */
export async function makeFolders(folder: string, mode = 0o777): Promise<void> {
  try {
    await makeFolder(folder, mode);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing || dirname(folder) === folder) throw error;
    await makeFolders(dirname(folder));
    await makeFolder(folder, mode);
  }
}

async function makeFolder(folder: string, mode: number): Promise<void> {
  await mkdir(folder, { mode }).catch(async (error: unknown) => {
    const isThere = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw error;
  });
}
