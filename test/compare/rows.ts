import { expect } from 'vitest';
import type { JsonComparison } from '../../src/compare/model/divergence-list.ts';
import { compareTexts } from './model.ts';

export type Text = string | Uint8Array;
/** Kind, pointer and rung of a divergence. */
export type Row = readonly [kind: string, pointer: string, rung: string];

/** What was found, in its order. */
export function rows(found: JsonComparison): Row[] {
  return found.divergences.map(({ kind, pointer, rung }) => [kind, pointer, rung]);
}

const swapped: Readonly<Record<string, string>> = { missing: 'extra', extra: 'missing' };

/** Compares both ways and expects the second to mirror the first; each has the order of its own reference. */
export function expectBothWays(a: Text, b: Text, expected: readonly Row[]): void {
  expect(rows(compareTexts(a, b))).toEqual(expected);
  const back = expected.map(([kind, pointer, rung]) => [swapped[kind] ?? kind, pointer, rung]);
  expect(rows(compareTexts(b, a))).toHaveLength(back.length);
  expect(rows(compareTexts(b, a))).toEqual(expect.arrayContaining(back));
}
