import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { writeReports } from '../../src/report/write.ts';
import { divergentRun } from './records.ts';
import { renderJson } from './renderers.ts';

const root = mkdtempSync(join(tmpdir(), 'parity-write-'));
let dir = root;
beforeEach(() => {
  dir = mkdtempSync(join(root, 'run-'));
});
afterAll(() => rmSync(root, { recursive: true }));

test('writes the files of the formats that are files, once each', async () => {
  const { paths } = await writeReports(dir, divergentRun(), [
    'terminal',
    'json',
    'md',
    'html',
    'junit',
    'github',
    'json',
    'odd',
  ]);
  expect(paths.map((path) => basename(path))).toEqual(['report.json', 'report.md', 'report.html', 'junit.xml']);
  expect(readdirSync(dir).sort()).toEqual(['junit.xml', 'report.html', 'report.json', 'report.md']);
  expect(readFileSync(join(dir, 'report.json'), 'utf8')).toBe(renderJson(divergentRun()));
  expect(statSync(join(dir, 'report.html')).mode & 0o777).toBe(0o600);
});

test('replaces an older report', async () => {
  writeFileSync(join(dir, 'report.json'), 'old');
  await writeReports(dir, divergentRun(), ['json']);
  expect(readFileSync(join(dir, 'report.json'), 'utf8')).toBe(renderJson(divergentRun()));
});

test('a link planted at the place of a report is replaced, not followed', async () => {
  writeFileSync(join(root, 'victim'), 'mine');
  symlinkSync(join(root, 'victim'), join(dir, 'report.json'));
  await writeReports(dir, divergentRun(), ['json']);
  expect(readFileSync(join(root, 'victim'), 'utf8')).toBe('mine');
  expect(readFileSync(join(dir, 'report.json'), 'utf8')).toBe(renderJson(divergentRun()));
});

test.each([
  ['the folder is gone', () => join(dir, 'gone'), 'ENOENT'],
  ['the folder is a file', () => join(dir, 'file'), 'ENOTDIR'],
  ['a folder has the name of the report', () => join(dir, 'taken'), 'EISDIR'],
])('says so where %s, and leaves nothing behind', async (_, place, reason) => {
  writeFileSync(join(dir, 'file'), '');
  mkdirSync(join(dir, 'taken', 'report.json'), { recursive: true });
  await expect(writeReports(place(), divergentRun(), ['json'])).rejects.toMatchObject({
    code: 'PX4201',
    message: expect.stringContaining(`(${reason})`),
  });
  expect(readdirSync(join(dir, 'taken'))).toEqual(['report.json']);
});
