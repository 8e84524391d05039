import { describe, expect, it } from 'vitest';
import { defaultCompare } from '../../../src/config/rules.ts';
import type { Sampled } from '../../../src/noise/evidence/self-diff.ts';
import { settle } from '../../../src/noise/subtract-noise.ts';
import { json, side } from '../exchanges.ts';

/** What a target answers the nth time: `id` is another one for each number, each time and on each side. */
type Says = (n: number, id: (of: number) => string) => unknown;

const people = ['ada', 'bob', 'eve', 'joe', 'kim'];
const turned = <T>(list: readonly T[], by: number): T[] => [...list.slice(by % 5), ...list.slice(0, by % 5)];
const uuid = (n: number) => `018f2b6c-1111-4000-8000-${String(n).padStart(12, '0')}`;

function sampled(name: string, from: number, says: Says): Sampled {
  const [first, ...more] = [0, 1, 2].map((n) => {
    const id = (of: number) => uuid(from + 100 * n + of);
    return side(name, [json(JSON.stringify(says(from === 0 ? n : 2 * n + 3, id)))]);
  });
  return { first: first!, more };
}

const told = (rust: Says, go: Says) => {
  const { divergences } = settle(sampled('rust', 0, rust), sampled('go', 7000, go), defaultCompare).comparison;
  return [...new Set(divergences.map(({ kind, pointer }) => `${kind} ${pointer.replace(/\d+/g, '*')}`))].sort();
};

/** References in one order, and what they lead to in another one: as JSON:API has it. */
const referring =
  (refer: (at: number) => number): Says =>
  (n, id) => ({
    refs: turned(
      people.map((_, at) => ({ type: 'person', id: id(refer(at)) })),
      n,
    ),
    included: turned(
      people.map((name, at) => ({ type: 'person', id: id(at), attributes: { name } })),
      2 * n,
    ),
  });

/** Each owns another one of them, in an order of no meaning. */
const owning =
  (owner: (at: number, n: number) => number): Says =>
  (n, id) =>
    turned(
      people.map((name, at) => ({ id: id(at), owner: id(owner(at, n)), name })),
      n,
    );

describe('names that are generated', () => {
  const next = (at: number) => (at + 1) % 5;

  it('need not correspond where they do not on either side: which stand at one place is chance', () => {
    expect(
      told(
        referring((at) => at),
        referring((at) => at),
      ),
    ).toEqual([]);
    const random = (at: number, n: number) => (at * (n + 2)) % 5;
    expect(told(owning(random), owning(random))).toEqual([]);
  });

  it('must lead to what they lead to on the other side', () => {
    expect(told(owning(next), owning(next))).toEqual([]);
    expect(
      told(
        owning(next),
        owning((at) => at),
      ),
    ).toContain('value /*/owner');
    expect(
      told(
        owning(next),
        owning((at) => (at + 2) % 5),
      ),
    ).toContain('value /*/owner');
    expect(
      told(
        referring((at) => at),
        referring((at) => at + 50),
      ),
    ).not.toEqual([]);
  });

  it('must correspond on both sides if they do on one', () => {
    expect(
      told(
        owning(next),
        owning((at, n) => (at + 1 + n) % 5),
      ),
    ).toContain('value /*/owner');
    expect(
      told(
        owning((at, n) => (at + 2 + n) % 5),
        owning(next),
      ),
    ).toContain('value /*/owner');
  });
});
