import { describe, expect, it } from 'vitest';
import { defaultCompare } from '../../src/config/rules.ts';
import type { Sampled } from '../../src/noise/evidence/self-diff.ts';
import { settle } from '../../src/noise/subtract-noise.ts';
import { json, side } from './exchanges.ts';

type Says = (next: () => number) => unknown;

/** A target that counts from `start`, asked three times. */
function counting(name: string, start: number, says: Says): Sampled {
  let count = start;
  const [first, ...more] = [0, 1, 2].map(() => side(name, [json(JSON.stringify(says(() => count++)))]));
  return { first: first!, more };
}

const settled = (rust: Says, go: Says, ahead = 1) =>
  settle(counting('rust', 100, rust), counting('go', 100 + ahead, go), defaultCompare).comparison.divergences.map(
    ({ kind, pointer }) => [kind, pointer],
  );

const named = ['ada', 'bob', 'eve'];

describe('ids of counters that meet tell no items apart', () => {
  it.each<[string, Says]>([
    ['numbers', (next) => ({ made: named.map((name) => ({ id: next(), role: `of ${name}` })) })],
    ['texts', (next) => named.map((name) => ({ id: `b${next()}`, role: `of ${name}` }))],
    ['below other names', (next) => ({ edges: named.map((role) => ({ node: { id: next(), role } })) })],
    ['alone', (next) => ({ ids: named.map(() => `b${next()}`) })],
    ['in lists of lists', (next) => named.map((role) => ({ role, rows: [{ id: next() }, { id: next() }] }))],
  ])('%s', (_, says) => {
    for (const ahead of [1, 2, -1, 3, 50]) expect([ahead, settled(says, says, ahead)]).toEqual([ahead, []]);
  });

  it('what differs beside them is told where it is', () => {
    const says =
      (third: string, order = named) =>
      (next: () => number) => ({
        made: order.map((name) => ({ id: next(), role: name === 'eve' ? third : `of ${name}` })),
      });
    expect(settled(says('guest'), says('owner'))).toEqual([['value', '/made/2/role']]);
    expect(settled(says('guest'), says('guest', named.toReversed())).map(([kind]) => kind)).toContain('order');
    expect(settled(says('guest'), says('guest', named.slice(1)))).toEqual([['missing', '/made/0']]);
  });
});

it('ids that both sides show at first name the same items', () => {
  const says = (order: readonly number[]): Says => {
    let asked = 0;
    return () => {
      asked += 1;
      return order.map((one) => ({ id: 100 * asked + one, n: 7 }));
    };
  };
  expect(settled(says([1, 2, 3]), says([3, 1, 2]))).toEqual([['order', '']]);
});

it('an id that is there again names something', () => {
  const window = (start: number): Says => {
    let asked = 0;
    return () => {
      asked += 1;
      return [0, 1, 2].map((at) => ({ id: start + asked + at, n: (start + asked + at) * 7 }));
    };
  };
  expect(settled(window(10), window(11))).not.toEqual([]);
});
