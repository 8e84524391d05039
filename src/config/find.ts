import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Takes an absolute folder; returns the nearest `parity.yaml` in it or above, up to the repository root (the folder with `.git`) or that of the file system, or null. */
export function findConfigFile(folder: string): string | null {
  const file = join(folder, 'parity.yaml');
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  const above = dirname(folder);
  return above === folder || existsSync(join(folder, '.git')) ? null : findConfigFile(above);
}
