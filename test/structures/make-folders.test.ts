import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolders } from '../../src/structures/make-folders.ts';

it('folders are made one by one, and one that is there is left alone', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'folders-')), 'a', 'b', 'c');
  await makeFolders(folder);
  await makeFolders(folder);
  expect(existsSync(folder)).toBe(true);
});

it('what the system refuses is an error, at once', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'folders-')), 'file');
  writeFileSync(file, '');
  await expect(makeFolders(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolders(join(file, 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  if (existsSync('/proc')) await expect(makeFolders('/proc/x/y')).rejects.toMatchObject({ code: 'ENOENT' });
});
