import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fileBlocks } from '../../../src/record/lines/file-blocks.ts';

const root = mkdtempSync(join(tmpdir(), 'parity-blocks-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Over 5 MiB of lines of 1 to 50,000 bytes, more than are held at once: short ones, some over the end of a block, some of several. */
function file(): { readonly path: string; readonly lines: string[]; readonly starts: number[] } {
  const path = join(root, 'lines');
  const lengths = [1, 300, 16_384, 7, 20_000, 0, 50_000, 16_383, 1200, 40, 32_768];
  const lines = Array.from({ length: 600 }, (_, i) => `${i} é${'x'.repeat(lengths[i % lengths.length]!)}\n`);
  const starts: number[] = [];
  let end = 0;
  for (const line of lines) {
    starts.push(end);
    end += Buffer.byteLength(line);
  }
  writeFileSync(path, lines.join(''));
  return { path, lines, starts };
}

test('every line is what it is, in whatever order lines are asked for', () => {
  const { path, lines, starts } = file();
  const handle = openSync(path, 'r');
  const blocks = fileBlocks(handle);
  const lineAt = (at: number) => blocks.text(starts[at]!, starts[at]! + Buffer.byteLength(lines[at]!));
  for (const stride of [1, 7, 599, 31])
    for (let i = 0; i < lines.length; i += 1) {
      const at = (i * stride) % lines.length;
      expect(lineAt(at) === lines[at]).toBe(true);
    }
  closeSync(handle);
});

test('what is not there any more is cut off, not made up', () => {
  const path = join(root, 'short');
  writeFileSync(path, 'a'.repeat(20_000));
  const handle = openSync(path, 'r');
  const blocks = fileBlocks(handle);
  expect(blocks.text(19_990, 20_010)).toBe('a'.repeat(10));
  expect(blocks.text(16_380, 40_000)).toBe('a'.repeat(3620));
  expect(blocks.text(100, 70_000)).toBe('a'.repeat(19_900));
  appendFileSync(path, 'b');
  expect(blocks.text(0, 4)).toBe('aaaa');
  closeSync(handle);
});
