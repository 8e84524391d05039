import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompareOptions, defaultCompare } from '../../../src/config/rules.ts';
import { explain } from '../bodies.ts';

type Item = Readonly<Record<string, unknown>>;

/** An order as the reference writes it and as the candidate does: an amount, and what is not there. */
function sidesOf(n: number): readonly [reference: Item, candidate: Item] {
  const plain = { id: `o-${n}`, sku: `s${n}`, total: (n * 5.25).toFixed(2) };
  const note = n % 2 === 0 ? { note: `n${n}` } : {};
  return [
    { note: null, ...plain, ...note },
    { ...note, ...plain, total: n * 5.25 },
  ];
}

const orders = [1, 2, 3, 4].map(sidesOf);
const shuffled = fc.shuffledSubarray([...orders.keys()], { minLength: orders.length });
const without = (keys: readonly string[], item: Item) =>
  Object.fromEntries(Object.entries(item).filter(([key]) => !keys.includes(key)));

/** All that is said of lists whose items come in these orders. */
function told(lists: readonly (readonly [Item[], Item[]])[], options: Partial<CompareOptions> = {}) {
  const pairs = lists.map(([a, b]) => ({
    reference: JSON.stringify({ data: a }),
    candidate: JSON.stringify({ data: b }),
  }));
  const said = explain(pairs, options)
    .flat()
    .map(
      (one) =>
        `${one.class} ${one.also} ${one.pointer} ${one.hypothesis} ${JSON.stringify(one.lessons.map((x) => [...Object.entries(x.parameters)]))}`,
    );
  return [...new Set(said)].sort();
}

describe('what is said of a list', () => {
  const unordered = (key: string | null) => ({ unordered: [{ pointer: '/data', key, reason: null }] });
  it.each<readonly [why: string, dropped: readonly string[], options: Partial<CompareOptions>]>([
    ['of items with ids', [], {}],
    ['whose order means nothing', [], unordered(null)],
    ['whose items a rule names', ['id'], unordered('sku')],
  ])('%s does not depend on the order in which items come', (_, dropped, options) => {
    const list = (side: 0 | 1, order: readonly number[]) => order.map((at) => without(dropped, orders[at]![side]));
    const plain = [...orders.keys()];
    const expected = told([[list(0, plain), list(1, plain)]], { ...defaultCompare, ...options });
    expect(expected.length).toBeGreaterThan(1);
    fc.assert(
      fc.property(shuffled, shuffled, (x, y) => {
        expect(told([[list(0, x), list(1, y)]], options)).toEqual(expected);
      }),
    );
  });
});
