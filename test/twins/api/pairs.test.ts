import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { catalogCases } from './captured.ts';
import { compareAllPairs, type Pair } from './pairs.ts';
import { between, leftIn, residuePage, residueTable } from './residue.ts';

const readme = new URL('../README.md', import.meta.url);
const list = new URL('unexplained.md', import.meta.url);
const hint = 'write it again: PARITY_WRITE_DOCS=1 npx vitest run test/twins/api/pairs.test.ts';

describe('the 28 pairs of the eight servers, from their captured answers', () => {
  let pairs: readonly Pair[];
  beforeAll(async () => {
    pairs = await compareAllPairs();
    if (process.env.PARITY_WRITE_DOCS !== '1') return;
    const { before, after } = between(await readFile(readme, 'utf8'));
    await writeFile(readme, `${before}\n\n${residueTable(pairs)}\n\n${after}`);
    await writeFile(list, residuePage(pairs));
  });

  test('are all compared, every case to the end', async () => {
    const { length } = await catalogCases();
    expect(pairs).toHaveLength(28);
    expect(pairs.map(({ cases }) => cases.match + cases.divergent)).toEqual(pairs.map(() => length));
  });

  test('leave no more unexplained than the README says', async () => {
    const left = leftIn(between(await readFile(readme, 'utf8')).table);
    const grown = pairs.filter(
      (one) => !(one.divergences.unexplained <= left.get(`${one.reference} ${one.candidate}`)!),
    );
    expect(
      grown.map(({ reference, candidate, divergences }) => `${reference} and ${candidate}: ${divergences.unexplained}`),
    ).toEqual([]);
  });

  test('leave nothing unexplained between Rust and Go', () => {
    const sides = [new Set(['axum', 'actix']), new Set(['nethttp', 'chi'])] as const;
    const four = pairs.filter(({ reference, candidate }) => sides[0].has(reference) && sides[1].has(candidate));
    expect(four.map(({ divergences }) => divergences.unexplained)).toEqual([0, 0, 0, 0]);
  });

  // Between two landings the classes may already explain more than the pages say; what CI sees must be said exactly.
  if (process.env.CI === 'true' || process.env.PARITY_WRITE_DOCS === '1')
    test('are told as they are in the README and in unexplained.md', async () => {
      expect(between(await readFile(readme, 'utf8')).table, hint).toBe(residueTable(pairs));
      expect(await readFile(list, 'utf8'), hint).toBe(residuePage(pairs));
    });
});
