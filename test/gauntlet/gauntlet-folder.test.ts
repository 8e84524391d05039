import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { gauntletFolders, makeGauntletFolder } from '../../src/gauntlet/gauntlet-folder.ts';
import { readPhase, writePhase } from '../../src/gauntlet/phase-results.ts';
import { errorOf, folderWith } from '../config/folder.ts';

const day = new Date('2026-05-02T23:59:59.999Z');

test('each gauntlet gets a folder of its own, also of those that start at once, and folders are listed in their order', async () => {
  const reports = folderWith({ 'gauntlet/2026-05-01-10/x': '', 'gauntlet/2026-05-01-9/x': '', 'gauntlet/notes/x': '' });
  const made = await Promise.all([1, 2, 3].map(() => makeGauntletFolder(reports, day)));
  expect(made.map((path) => basename(path)).sort()).toEqual(['2026-05-02', '2026-05-02-2', '2026-05-02-3']);
  expect((await gauntletFolders(reports)).map((path) => basename(path))).toEqual([
    ...['2026-05-01-9', '2026-05-01-10', '2026-05-02', '2026-05-02-2', '2026-05-02-3'],
  ]);
});

test('a folder that cannot be made is an error of storing', async () => {
  const reports = folderWith({ gauntlet: 'a file' });
  expect(await errorOf(() => makeGauntletFolder(reports, day))).toMatchObject({ code: 'PX4301', exitCode: 4 });
});

test('the result of a phase is read as it was written, never written again, and null where it is not one', async () => {
  const folder = folderWith({ 'parity.json': '{"verdict":', 'review.json': '{}' });
  mkdirSync(join(folder, 'other'));
  const smoke = { pass: 20, fail: 1, failed: ['d1'] };
  await writePhase(folder, 'smoke', smoke);
  expect(await readPhase(folder, 'smoke')).toEqual(smoke);
  await expect(writePhase(folder, 'smoke', smoke)).rejects.toThrow('there is a file of that name already (EEXIST)');
  expect(await Promise.all([readPhase(folder, 'parity'), readPhase(folder, 'review')])).toEqual([null, null]);
  writeFileSync(join(folder, 'other', 'x'), '');
});
