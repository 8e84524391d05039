import { expect } from 'vitest';
import { compareBodies } from '../../src/compare/compare-body.ts';
import { type BodyComparison, bodyOf } from '../../src/compare/media/body-content.ts';
import { compileRules } from '../../src/compare/rules/compiled-rules.ts';
import { type CompareOptions, defaultCompare } from '../../src/config/rules.ts';

/** A body as it was sent: content type (null for none), bytes, content-encoding. */
export type Sent = readonly [type: string | null, body: string | Uint8Array, encoding?: string];

/** Kind, pointer and rung of a divergence, one space between them. */
export type Row = string;

const swapped: Readonly<Record<string, string>> = { missing: 'extra', extra: 'missing' };

function read([type, bytes, encoding]: Sent) {
  const headers = [
    ['Content-Type', type],
    ['Content-Encoding', encoding ?? null],
  ] as const;
  const sent = headers.filter((pair): pair is readonly [(typeof pair)[0], string] => pair[1] !== null);
  return bodyOf(sent, Buffer.from(bytes));
}

/** Compares two bodies under the default rules and those given. */
export function compareSent(a: Sent, b: Sent, options: Partial<CompareOptions> = {}): BodyComparison {
  const rules = compileRules({ ...defaultCompare, ...options });
  return compareBodies(read(a), read(b), { rules, sameCapture: (x, y) => x === y });
}

/** Compares two bodies where texts with `foreign` in them belong to the reference alone; with null, no text does. */
export function compareOwned(a: Sent, b: Sent, foreign: string | null): BodyComparison {
  const isForeign = (text: string) => (foreign !== null && text.includes(foreign) ? ('reference' as const) : null);
  return compareBodies(read(a), read(b), {
    rules: compileRules(defaultCompare),
    sameCapture: (x, y) => x === y,
    isForeign,
  });
}

type Mirrored = Omit<BodyComparison['divergences'][number], 'kind'> & { readonly kind: string };

function sorted(divergences: readonly Mirrored[]): string[] {
  return divergences
    .map(({ pointer, kind, rung, reference, candidate }) => JSON.stringify([pointer, kind, rung, reference, candidate]))
    .sort();
}

/** What differs, one row each. Expects that the other way round gives the mirror of it, whatever its order. */
export function rowsOf(a: Sent, b: Sent, options: Partial<CompareOptions> = {}): Row[] {
  const [there, back] = [compareSent(a, b, options), compareSent(b, a, options)];
  const mirrored = back.divergences.map(({ kind, reference, candidate, ...rest }) => ({
    ...rest,
    kind: swapped[kind] ?? kind,
    reference: candidate,
    candidate: reference,
  }));
  expect(sorted(mirrored)).toEqual(sorted(there.divergences));
  expect([back.lowest, back.omitted]).toEqual([there.lowest, there.omitted]);
  return there.divergences.map(({ kind, pointer, rung }) => `${kind} ${pointer} ${rung}`);
}

/** The two sides of each divergence. */
export function sidesOf(a: Sent, b: Sent): (readonly [string | null, string | null])[] {
  return compareSent(a, b).divergences.map(({ reference, candidate }) => [reference, candidate]);
}
