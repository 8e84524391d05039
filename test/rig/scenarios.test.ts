import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faults } from './faults.ts';
import { play } from './play.ts';
import { rows } from './rows.ts';

const snapshots = join(import.meta.dirname, 'snapshots');

test.concurrent.for(faults)('$name', async (fault, { expect }) => {
  const { transcript, posts } = await play(fault);
  await expect(transcript).toMatchFileSnapshot(join(snapshots, `${fault.name}.txt`));
  expect(transcript).not.toMatch(/^\s+at /m);
  expect(posts).toEqual(fault.posts ?? [1, 1]);
});

test('every snapshot has its scenario', () => {
  expect(readdirSync(snapshots).sort()).toEqual(faults.map(({ name }) => `${name}.txt`).sort());
});

const shown = (start: string) => faults.some(({ name }) => name.startsWith(start));
test.for(Object.entries(rows))('row %s', ([id, { scenarios = [`${id}-`], tests = [] }]) => {
  if (tests.length === 0 || scenarios[0] !== `${id}-`) expect(scenarios.filter((one) => !shown(one))).toEqual([]);
  expect(tests.filter((path) => !existsSync(path))).toEqual([]);
});

test('every scenario has its row', () => {
  expect(faults.map(({ name }) => name).filter((name) => rows[name.slice(0, 3)] === undefined)).toEqual([]);
});
