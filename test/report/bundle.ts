import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** Bundles a module of `src` into `dir`, so that a child process of plain Node can run it; gives the file's path. */
export const bundleModule = async (dir: string, module: string): Promise<string> => {
  const input = new URL(`../../src/${module}`, import.meta.url).pathname;
  const file = join(dir, 'bundle.mjs');
  const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent' });
  await bundle.write({ file, format: 'esm' });
  await bundle.close();
  return file;
};
