import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cause } from '../../../src/drift/kit/cause.ts';
import { type BodyPair, explain } from '../bodies.ts';

/** How many routes are drawn; once in a while with far more: `PARITY_RUNS=20000 npx vitest run test/drift/engine/significance.test.ts`. */
const numRuns = Number(process.env.PARITY_RUNS ?? 300);

/** Causes that a report calls verified. */
function verified(route: readonly BodyPair[]): Cause[] {
  return explain(route)
    .flat()
    .filter((cause) => !cause.hypothesis && cause.lossy.length === 0);
}

function routeOf(bodies: fc.Arbitrary<unknown>, others: fc.Arbitrary<unknown> = bodies, most = 6) {
  const text = (one: unknown) => JSON.stringify(one);
  const pair = fc.record({ reference: bodies.map(text), candidate: others.map(text) });
  return fc.array(pair, { minLength: 1, maxLength: most });
}

const words = ['open', 'Open', 'closed', 'schema', 'Schema', 'pending'];
const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
/** Values of every kind; what is empty or zero, and so fits much, is among them. */
const leaf = fc.oneof(
  { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
  { weight: 2, arbitrary: fc.constantFrom(...words) },
  { weight: 4, arbitrary: fc.integer() },
  { weight: 2, arbitrary: fc.nat({ max: 9 }) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 2, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, '', 0, false, [], {}) },
  { weight: 1, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: instant.map((one) => one.toISOString()) },
);

describe('bodies that have nothing to do with each other', () => {
  const keys =
    'id user_id UserID userId name Name kind Kind type created_at CreatedAt items Items tags is_active active data value count total state status error message code 0 1 a A';
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      { weight: 5, arbitrary: leaf },
      { weight: 2, arbitrary: tie('object') },
      { weight: 1, arbitrary: fc.array(tie('node'), { maxLength: 4 }) },
    ),
    object: fc.dictionary(fc.constantFrom(...keys.split(' ')), tie('node'), { minKeys: 3, maxKeys: 7 }),
  }));

  it('with three members or more show no cause that is verified', () => {
    fc.assert(
      fc.property(routeOf(tree.object), (route) => {
        expect(verified(route)).toEqual([]);
      }),
      { numRuns },
    );
  });

  const record = fc.record(
    {
      id: leaf,
      name: leaf,
      kind: leaf,
      extra_data: leaf,
      tags: fc.oneof(fc.array(leaf, { maxLength: 3 }), leaf),
      inner: fc.record({ at: leaf, n: leaf }, { requiredKeys: [] }),
    },
    { requiredKeys: ['id', 'name', 'kind'] },
  );
  const pascal = (key: string) => key.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const renamed = record.map((one) => Object.fromEntries(Object.entries(one).map(([key, to]) => [pascal(key), to])));

  it.each([
    ['the same names', record],
    ['the names of another runtime', renamed],
  ])('show none under %s, either', (_, others) => {
    fc.assert(
      fc.property(routeOf(record, others), (route) => {
        expect(verified(route)).toEqual([]);
      }),
      { numRuns },
    );
  });
});

describe('members under names that have nothing in common', () => {
  const few = fc.record({
    state: fc.constantFrom('open', 'closed', 'pending'),
    level: fc.nat({ max: 9 }),
    active: fc.boolean(),
    note: fc.constantFrom('', null, 'none'),
    year: fc.integer({ min: 2020, max: 2026 }),
    tags: fc.subarray(['red', 'blue']),
  });
  const others: Readonly<Record<string, string>> = {
    state: 'phase',
    level: 'rank',
    active: 'enabled',
    note: 'remark',
    year: 'season',
    tags: 'labels',
  };
  const called = few.map((one) => Object.fromEntries(Object.entries(one).map(([key, to]) => [others[key]!, to])));
  const beside = (id: number) => (one: object) => ({ id, kind: 'order', made_by: 'the shop', ...one });

  it('are not the same members because they hold one of a few values', () => {
    const pair = fc.tuple(few, called, fc.nat()).map(([a, b, id]) => {
      const [reference, candidate] = [a, b].map((one) => JSON.stringify(beside(id)(one)));
      return { reference: reference!, candidate: candidate! };
    });
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 4 }), (route) => {
        expect(verified(route).filter((one) => one.class === 'key-renamed')).toEqual([]);
      }),
      { numRuns },
    );
  });
});

describe('a server and its twin, which give every answer other values', () => {
  const animals = ['ant', 'bee', 'cat', 'dog', 'eel', 'fox'];
  const shuffled = (length: number) =>
    fc.shuffledSubarray(animals.slice(0, length), { minLength: length, maxLength: length });
  const rows = [3, 1, 2].map((id) => ({ id, name: animals[id]! }));
  const answer = fc.record({
    id: fc.uuid(),
    request_id: fc.nat().map((one) => one.toString(16)),
    created_at: instant.map((one) => one.toISOString()),
    epoch: fc.integer({ min: 1_600_000_000, max: 1_700_000_000 }),
    took: fc.double({ min: 0, max: 10, noNaN: true }),
    score: fc.nat({ max: 5 }),
    ok: fc.boolean(),
    state: fc.constantFrom('open', 'closed', 'pending'),
    note: fc.option(fc.string({ minLength: 1, maxLength: 5 })),
    pair: shuffled(2),
    three: shuffled(3),
    six: shuffled(6),
    picks: fc.shuffledSubarray(['a', 'b', 'c']),
    dice: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 3, maxLength: 3 }),
    rows: fc.shuffledSubarray(rows, { minLength: 3 }),
  });

  it('shows no cause that is verified', () => {
    fc.assert(
      fc.property(routeOf(answer), (route) => {
        expect(verified(route)).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('shows none where only a set or a map comes in another order each time, either', () => {
    const table = shuffled(5).map((names) => Object.fromEntries(names.map((name) => [name, name.length])));
    const order = fc.record({
      id: fc.constant(7),
      set: shuffled(4),
      rows: fc.shuffledSubarray(rows, { minLength: 3 }),
    });
    const both = fc.tuple(order, table).map(([one, map]) => ({ ...one, map }));
    const text = both.map((one) => JSON.stringify(one));
    const route = fc.array(fc.record({ reference: text, candidate: text }), { minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(route, (one) => {
        expect(verified(one)).toEqual([]);
      }),
      { numRuns },
    );
  });
});
