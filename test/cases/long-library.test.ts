import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idBook } from '../../src/cases/read/id-book.ts';
import { loadCases, openCases } from '../../src/cases/read/load.ts';
import { selectCases, selectFrom } from '../../src/cases/select.ts';
import { errorOf, folderWith } from '../config/folder.ts';

function library(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = folderWith(files);
  return { folder, environment: { root: folder, env: {} } };
}

const line = (id: string) => `{"id":"${id}","tags":["${id}"],"request":{"path":"/${id}","json":{"n":1.0}}}`;
/** As a program writes it. */
const written = (id: string) => JSON.stringify({ id, request: { path: `/${id}` } });
const lines = (ids: readonly string[]) => `${ids.map(line).join('\n')}\n`;

/** JSON Lines between whole files, a blank line, no line feed at the end, two cases of one line. */
const mixed = {
  'a.yaml': 'cases: [{ id: one, request: { path: / } }, { id: two, request: { path: / } }]',
  'b.jsonl': `\uFEFF${lines(['x1', 'x2'])}\n\r\n${line('x3')}\r\n{"id":"row","with":[{"n":"1"},{"n":"2"}],"request":{"path":"/{{n}}"}}`,
  'c.json': `{"cases":[${line('last')}]}`,
};

describe('a library larger than what is held of it', () => {
  it.each([0, 1, 2, 4, 6, 8])(
    'gives the same cases when %i of them are held, as often as it is gone through',
    async (most) => {
      const { folder, environment } = library(mixed);
      const whole = await loadCases([folder], environment);
      const opened = await openCases([folder], environment, most);
      expect(opened.cases.length).toBe(8);
      expect([...opened.cases]).toEqual(whole.cases);
      expect([...opened.cases]).toEqual(whole.cases);
      expect(Array.isArray(opened.cases)).toBe(most >= 8);
      expect(opened.digest).toBe(whole.digest);
    },
  );

  it('is selected from as an array is', async () => {
    const { folder, environment } = library(mixed);
    const { cases } = await openCases([folder], environment, 1);
    const { cases: whole } = await loadCases([folder], environment);
    for (const selection of [
      {},
      { selectors: ['b/x*', 'c/last'] },
      { tags: ['x2'] },
      { grep: 'w-[12]$' },
      { shard: { index: 1, total: 2 } },
    ]) {
      const selected = selectFrom(cases, selection);
      expect([...selected]).toEqual(selectCases(whole, selection));
      expect(selected.length).toBe([...selected].length);
    }
    const [error, expected] = [
      await errorOf(() => selectFrom(cases, { selectors: ['nowhere'] })),
      await errorOf(() => selectCases(whole, { selectors: ['nowhere'] })),
    ];
    expect([error.code, error.message, error.hint]).toEqual([expected.code, expected.message, expected.hint]);
  });

  it.each([0, 1, 3, 100])('has every problem found before anything is sent, with %i cases held', async (most) => {
    const files = { 'a.jsonl': `${lines(['x', 'y', 'z'])}nonsense\n${line('Y')}\n${line('z')}\n{"id":"w"}\n` };
    const { folder, environment } = library(files);
    const error = await errorOf(() => openCases([folder], environment, most));
    expect(error.problems.map(({ line, message }) => [line, message])).toEqual([
      [4, 'a line of a JSON Lines file is one JSON object'],
      [5, 'the id `a/Y` is already used at a.jsonl:2:1 (as `a/y`: only upper and lower case differ)'],
      [6, 'the id `a/z` is already used at a.jsonl:3:1'],
      [7, 'a case needs `request` or `steps`'],
    ]);
  });

  it.each([0, 100])('has an id that is there twice shown where it stands, with %i cases held', async (most) => {
    const { folder, environment } = library({ 'a.jsonl': ['x', 'y', 'x'].map(written).join('\n') });
    const error = await errorOf(() => openCases([folder], environment, most));
    expect(error.problems.map(({ line, col, length, source }) => ({ line, col, length, source }))).toEqual([
      { line: 3, col: 7, length: 3, source: written('x') },
    ]);
  });

  it('that needs more to be read than it did when it was checked is not a library any more: PX3102', async () => {
    const { folder, environment } = library({ 'a.jsonl': ['x', 'y'].map(written).join('\n') });
    const path = join(folder, 'a.jsonl');
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    const { cases } = await openCases([folder], environment, 1);
    writeFileSync(path, ['x', 'y'].map(written).join('\n').replace('"path"', '"PATH"'));
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    const error = await errorOf(() => [...cases]);
    expect(error).toMatchObject({ code: 'PX3102', exitCode: 3 });
    expect(error.message).toBe('a.jsonl: the file changed; the run was cut off');
  });

  it('that changes while it is gone through is not a library any more: PX3102', async () => {
    const { folder, environment } = library({ 'a.jsonl': lines(['x', 'y', 'z']) });
    const { cases } = await openCases([folder], environment, 1);
    writeFileSync(join(folder, 'a.jsonl'), lines(['x', 'y', 'z', 'w']));
    const error = await errorOf(() => [...cases]);
    expect(error).toMatchObject({ code: 'PX3102', exitCode: 3 });
    expect(error.message).toContain('a.jsonl:1:1: the file changed since its cases were checked');
  });

  it('needs no room for the bodies that are not held', async () => {
    const body = 'x'.repeat(1024 * 1024);
    const big = Array.from(
      { length: 140 },
      (_, i) => `{"id":"b${i}","request":{"method":"POST","path":"/","text":"${body}"}}`,
    );
    const { folder, environment } = library({ 'a.jsonl': big.join('\n') });
    expect((await openCases([folder], environment, 10)).cases.length).toBe(140);
    expect((await errorOf(() => loadCases([folder], environment))).problems[0]?.message).toContain('add up to over');
  });

  it('finds a byte that is not UTF-8 in its line, and reads no further', async () => {
    const bytes = Buffer.concat([
      Buffer.from(lines(['x', 'y'])),
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      Buffer.from('no'),
    ]);
    const { folder, environment } = library({ 'a.jsonl': bytes });
    const error = await errorOf(() => openCases([folder], environment, 1));
    expect(error.problems.map(({ line, col, message }) => [line, col, message])).toEqual([
      [3, 2, 'a byte here is not UTF-8'],
    ]);
  });
});

describe('the book of ids', () => {
  it('knows of each id which case had it first, upper and lower case alike', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'aAbBcCdDeEfF'), { maxLength: 30 }), (ids) => {
        const [book, seen] = [idBook(), new Map<string, number>()];
        for (const [at, id] of ids.entries()) {
          expect(book.add(id)).toBe(seen.get(id.toLowerCase()) ?? null);
          if (!seen.has(id.toLowerCase())) seen.set(id.toLowerCase(), at);
        }
      }),
    );
  });

  it('tells hundreds of thousands of ids apart', () => {
    const book = idBook();
    const ids = Array.from({ length: 300_000 }, (_, i) => `suite/case-${i}`);
    expect(ids.filter((id) => book.add(id) !== null)).toEqual([]);
    expect(book.add('suite/CASE-123456')).toBe(123_456);
  });
});
