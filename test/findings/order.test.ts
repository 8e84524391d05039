import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { bodies } from './cases.ts';

type Item = Readonly<Record<string, unknown>>;

/** An order as one of the sides writes it: an amount as text or as a number, and a note or none. */
const ordersOf = (side: 'reference' | 'candidate'): Item[] =>
  [1, 2, 3, 4].map((n) => {
    const total = n * 5.5;
    const note = n % 2 === 0 ? `n${n}` : null;
    if (side === 'reference') return { id: `o-${n}`, total: total.toFixed(2), note };
    return note === null ? { id: `o-${n}`, total } : { id: `o-${n}`, total, note };
  });

/** What sets the findings of one answer apart, of what lies in the items alone. */
function marksOf(reference: readonly Item[], candidate: readonly Item[]): string[] {
  const sides = [reference, candidate].map((data) => JSON.stringify({ data })) as [string, string];
  return findFindings([bodies('orders/list', sides)], [])
    .filter((one) => one.pointer !== '/data')
    .map((one) => `${one.fingerprint} ${one.class} ${one.verified} ${one.pointer}`)
    .sort();
}

const [reference, candidate] = [ordersOf('reference'), ordersOf('candidate')];
const plain = marksOf(reference, candidate);

describe('findings in the items of a list', () => {
  it('have a cause', () => {
    expect(plain.map((one) => one.split(' ').slice(1).join(' ')).sort()).toEqual([
      'decimal-string-vs-number true /data/*/total',
      'null-vs-absent false /data/*',
    ]);
  });

  it('are the same in whatever order the items come on either side', () => {
    const shuffled = (items: readonly Item[]) => fc.shuffledSubarray([...items], { minLength: items.length });
    fc.assert(
      fc.property(shuffled(reference), shuffled(candidate), (a, b) => {
        expect(marksOf(a, b)).toEqual(plain);
      }),
    );
  });

  it.each([0, 2, 4])('stay where the candidate has one more item, at index %i', (at) => {
    const more = candidate.toSpliced(at, 0, { id: 'o-9', total: 1.25, note: 'x' });
    const marks = marksOf(reference, more);
    expect(marks).toEqual(expect.arrayContaining(plain));
    expect(marks.length).toBe(plain.length + 1);
  });

  it.each([0, 1, 3])('stay where the candidate has not the item with index %i', (at) => {
    const marks = marksOf(reference, candidate.toSpliced(at, 1));
    expect(marks).toEqual(expect.arrayContaining(plain));
    expect(marks.length).toBe(plain.length + 1);
  });
});
