import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, parity } from './command.ts';
import { serving } from './service.ts';

/** C1, bidi, DEL, a line separator, a mark of no width and a tag: what JSON.stringify leaves as it is. */
const key = 'k\u009b31m\u202e\u007f\u2028\u200b\u{e0041}é';
const escaped = 'k\\u009b31m\\u202e\\u007f\\u2028\\u200b\\udb40\\udc41é';
const raw = /[\u007f-\u009f\u200b\u2028\u202e\u{e0041}]/u;

/** A folder with two services whose one key a terminal would obey; its value is generated each time, if asked for. */
async function hostile(isNoisy: boolean): Promise<string> {
  const answer = (value: () => unknown) => serving(() => [200, JSON.stringify({ [key]: value() })]);
  let count = 0;
  const [a, b] = isNoisy
    ? [await answer(() => ++count), await answer(() => ++count)]
    : [await answer(() => 1), await answer(() => 2)];
  const config = `targets: { a: "${a.url}", b: "${b.url}" }\ntracker: t.md\n`;
  return folder({ 'parity.yaml': config, 'cases/s.yaml': 'cases: [{ id: x, request: { path: / } }]\n' });
}

describe('what a terminal would obey', () => {
  it('is escaped in all JSON that is printed, and means the same', async () => {
    const cwd = await hostile(false);
    const run = await parity(['run', '--json'], { cwd });
    expect(run.stdout).not.toMatch(raw);
    expect(run.stdout).toContain(escaped);
    expect(JSON.parse(run.stdout)).toMatchObject({ cases: [{ divergences: [{ pointer: `/${key}` }] }] });
    expect(readFileSync(join(cwd, 'reports/latest/report.json'), 'utf8')).toBe(run.stdout);
    const { findings } = JSON.parse(run.stdout) as { findings: { id: string }[] };
    const id = findings[0]?.id ?? '';
    for (const args of [
      ['report', 'latest'],
      ['diff', 'latest', 'latest'],
      ['trend'],
      ['tracker', 'list'],
      ['tracker', 'show', id],
      ['replay', id],
    ]) {
      const { stdout } = await parity([...args, '--json'], { cwd });
      expect([args, raw.test(stdout)]).toEqual([args, false]);
      expect(JSON.parse(stdout)).toBeInstanceOf(Object);
    }
  });

  it('is escaped in the rules that parity noise prints, which are good to paste', async () => {
    const cwd = await hostile(true);
    const first = await parity(['noise'], { cwd });
    expect(first.stdout).not.toMatch(raw);
    const block = first.stdout.slice(first.stdout.indexOf('compare:'));
    expect(block).toContain(escaped);
    appendFileSync(join(cwd, 'parity.yaml'), block);
    expect((await parity(['noise'], { cwd })).stdout).toBe('0 noisy places in 1 case\n');
  });
});
