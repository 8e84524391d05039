import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { storing } from '../../record/lines/files.ts';
import { makeFolders } from '../../structures/make-folders.ts';

/** Takes a folder; makes `parity` a command for all that this process starts, where the PATH has no other one: gates name it. */
export async function offerParity(folder: string): Promise<void> {
  const bin = join(folder, 'bin');
  const quoted = [process.execPath, process.argv[1] ?? ''].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  await storing(bin, async () => {
    await makeFolders(bin);
    await writeFile(join(bin, 'parity'), `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`, { mode: 0o755 });
  });
  process.env.PATH = [process.env.PATH ?? '', bin].filter((path) => path !== '').join(delimiter);
}
