import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare, parity } from '../../src/index.ts';
import '../../src/library/vitest.ts';
import { answering, type Fixed } from '../cli/command.ts';

const cases = `cases:
  - { id: a, safe: true, request: { path: /a } }
  - { id: b, tags: [slow], safe: true, request: { path: /b } }
`;

describe('the library', () => {
  let one: Fixed;
  let same: Fixed;
  let other: Fixed;
  let cwd: string;

  beforeAll(async () => {
    [one, same, other] = (await Promise.all(
      ['{"a":1}', '{"a":1}', '{"a":"1"}'].map((body) => answering({ body })),
    )) as [Fixed, Fixed, Fixed];
    cwd = mkdtempSync(join(tmpdir(), 'parity-library-'));
    writeFileSync(join(cwd, 'shop.yaml'), cases);
    const targets = `targets: { old: ${one.url}, new: ${other.url} }\ncases: [shop.yaml]\n`;
    writeFileSync(join(cwd, 'parity.yaml'), targets);
  });
  afterAll(() => Promise.all([one, same, other].map((each) => each.close())));

  it('parity runs the nearest configuration with nothing but defaults, and keeps the run', async () => {
    const result = await parity({ cwd });
    expect([result.verdict, result.exitCode, result.report.counts.divergent]).toEqual(['divergent', 1, 2]);
    expect(readdirSync(result.dir).sort()).toEqual(['report.json', 'run.jsonl']);
    expect(result.report.run.tool.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('parity takes a selection, other targets and another folder for runs', async () => {
    const out = mkdtempSync(join(tmpdir(), 'parity-library-'));
    const result = await parity({ cwd, select: ['shop/b'], targets: { old: one.url, new: same.url }, out });
    expect(result.report.counts).toMatchObject({ selected: 1, total: 2, match: 1 });
    expect(result.dir.startsWith(out)).toBe(true);
    expect(result).toHaveParity();
  });

  it.each([
    ['a selection that fits nothing', { select: ['nothing'] }, 'PX3101'],
    ['a file that is not there', { config: 'no.yaml' }, 'PX2105'],
    [
      'writes to another machine',
      { targets: { a: 'http://192.0.2.1', b: 'http://192.0.2.2' }, cases: ['w.yaml'] },
      'PX2405',
    ],
  ])('parity throws the error of the command line for %s, and sends nothing', async (_, options, code) => {
    writeFileSync(join(cwd, 'w.yaml'), 'cases: [{ id: w, request: { method: POST, path: / } }]\n');
    const before = one.requests.length;
    await expect(parity({ cwd, ...options })).rejects.toMatchObject({ code });
    expect(one.requests).toHaveLength(before);
  });

  it('parity stops where its signal does, and what it gives is not parity', async () => {
    const stop = new AbortController();
    stop.abort('SIGINT');
    const result = await parity({ cwd, targets: { old: one.url, new: same.url }, signal: stop.signal });
    expect([result.verdict, result.exitCode, result.report.counts.notRun]).toEqual(['inconclusive', 130, 2]);
    expect(result).not.toHaveParity();
  });

  it('compare sends requests to two URLs without any file', async () => {
    const before = one.requests.length;
    const requests = ['/x?y=1', 'DELETE /x', { request: { path: '/z' }, expect: { status: 200 } }];
    const result = await compare([one.url, same.url], requests);
    expect(one.requests.slice(before)).toEqual(['GET /x?y=1', 'DELETE /x', 'GET /z']);
    expect(result).toHaveParity();
    expect(await compare([one.url, other.url])).not.toHaveParity();
  });

  it('compare refuses what is not a request', async () => {
    await expect(compare([one.url, same.url], ['x'])).rejects.toMatchObject({ code: 'PX2905' });
  });

  it('toHaveParity says what differs, and does not believe an exit code of 0 alone', async () => {
    const result = await parity({ cwd, failOn: 'never' });
    expect(result.exitCode).toBe(0);
    expect(() => expect(result).toHaveParity()).toThrow(
      /DIVERGENT 2 of 2 cases diverge: 2 findings[\s\S]*P-[0-9A-F]{8} {2}\w+ {2}/,
    );
    expect(() => expect({}).toHaveParity()).toThrow('toHaveParity takes what parity() or compare() gives');
  });
});
