import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { counts } from '../../../src/compare/compare-case.ts';
import { type CompareOptions, defaultCompare } from '../../../src/config/rules.ts';
import type { Sampled } from '../../../src/noise/evidence/self-diff.ts';
import { settle } from '../../../src/noise/subtract-noise.ts';
import { json, response, side } from '../../compare/exchanges.ts';

type Says = (n: number) => unknown;

const sampled = (name: string, says: Says, captured: (n: number) => Record<string, string> = () => ({})): Sampled => {
  const [first, ...more] = [0, 1, 2].map((n) => side(name, [json(JSON.stringify(says(n)))], captured(n)));
  return { first: first!, more };
};

const settled = (rust: Says, go: Says, options: Partial<CompareOptions> = {}) => {
  const { comparison, noise } = settle(sampled('rust', rust), sampled('go', go), { ...defaultCompare, ...options });
  return {
    ladder: comparison.ladder,
    found: comparison.divergences.map(({ kind, pointer, reference, candidate }) => [
      kind,
      pointer,
      reference,
      candidate,
    ]),
    noise: noise.map(({ what, pointer }) => [what, pointer]),
  };
};

/** A key that nobody else makes. */
const key = (n: number) => `it_${(0x10_00_00 + 7919 * n).toString(16)}f${n % 10}a`;
const mapOf = (n: number, ...values: unknown[]) => Object.fromEntries(values.map((one, at) => [key(10 * n + at), one]));
const qty = (...all: unknown[]) => all.map((one) => ({ qty: one }));

describe('an object whose keys are generated for each answer', () => {
  const rust: Says = (n) => ({ total: 2, items: mapOf(n, ...qty(1, 2)) });
  const forgiven = ['keys', '/items'];

  it('is compared by what it holds, in any order', () => {
    for (const values of [qty(1, 2), qty(2, 1)]) {
      const { ladder, found, noise } = settled(rust, (n) => ({ total: 2, items: mapOf(n + 50, ...values) }));
      expect([ladder, found, noise]).toEqual([{ status: true, shape: true, value: true, wire: false }, [], [forgiven]]);
    }
  });

  it.each<[string, readonly unknown[], readonly unknown[]]>([
    ['another value', qty(1, 3), ['value', '/items/*/qty', '2', '3']],
    ['another type', qty(1, '2'), ['type', '/items/*/qty', '2', '"2"']],
    ['a member more', [{ qty: 1 }, { qty: 2, unit: 'g' }], ['extra', '/items/*/unit', null, '"g"']],
    ['an entry less', qty(1), ['missing', '/items/*', '{"qty":2}', null]],
  ])('shows %s', (_, values, expected) => {
    const { found, noise, ladder } = settled(rust, (n) => ({ total: 2, items: mapOf(n + 50, ...values) }));
    expect([found, noise]).toEqual([[expected], [forgiven]]);
    expect(ladder.value).toBe(false);
  });

  it('shows what differs beside it', () => {
    const { found } = settled(rust, (n) => ({ total: 3, items: mapOf(n + 50, ...qty(1, 2)) }));
    expect(found).toEqual([['value', '/total', '2', '3']]);
  });

  it('may be called by times, of which some come again by chance', () => {
    const series =
      (ms: number): Says =>
      (n) => ({ [`${1_763_800_000_000 + ms * (n % 2)}`]: 1, [`${1_763_800_060_000 + n}`]: 2 });
    expect(settled(series(0), series(7)).found).toEqual([]);
    expect(settled(series(0), (n) => ({ ...(series(7)(n) as object), [`${1_763_800_090_000 + n}`]: 3 })).found).toEqual(
      [['extra', '/*', null, '3']],
    );
  });

  it('may be called by counters that meet', () => {
    const counted =
      (from: number, last: unknown): Says =>
      (n) => ({ [`i${from + 2 * n}`]: { qty: 1 }, [`i${from + 2 * n + 1}`]: { qty: last } });
    for (const ahead of [1, 2, 3]) {
      expect(settled(counted(100, 2), counted(100 + ahead, 2)).found).toEqual([]);
      expect(settled(counted(100, 2), counted(100 + ahead, 3)).found).toEqual([['value', '/*/qty', '2', '3']]);
    }
  });

  it('may have names beside them', () => {
    const mixed =
      (from: number, state: string, named: object): Says =>
      (n) => ({ ...mapOf(n + from, { state: 'run' }), ...named, ...mapOf(n + from + 5, { state }) });
    const rustHas = mixed(0, 'done', { total: 2, 'a"b': { x: 1 } });
    expect(settled(rustHas, mixed(50, 'done', { total: 2, 'a"b': { x: 1 } }))).toMatchObject({
      found: [],
      noise: [['keys', '']],
    });
    expect(settled(rustHas, mixed(50, 'DONE', { total: 2, 'a"b': { x: '1' } })).found).toEqual([
      ['type', '/a"b/x', '1', '"1"'],
      ['value', '/*/state', '"done"', '"DONE"'],
    ]);
    expect(settled(rustHas, mixed(50, 'done', { sum: 2, 'a"b': { x: 1 } })).found).toEqual([
      ['missing', '/total', '2', null],
      ['extra', '/sum', null, '2'],
    ]);
  });

  it('may stand in a list, or hold another one', () => {
    const nested =
      (from: number, last: unknown): Says =>
      (n) => ({
        orders: [{ lines: mapOf(n + from, ...qty(1)) }, { lines: mapOf(n + from + 3, { qty: last }) }],
      });
    expect(settled(nested(0, 2), nested(50, 2)).found).toEqual([]);
    expect(settled(nested(0, 2), nested(50, 3)).found).toEqual([['value', '/orders/1/lines/*/qty', '2', '3']]);
  });

  it('has noise of its own forgiven in it', () => {
    const timed =
      (from: number, unit: string): Says =>
      (n) =>
        mapOf(n + from, { at: `2026-11-23T10:00:0${n}.${100 + n + from}Z`, unit });
    expect(settled(timed(0, 'g'), timed(50, 'g'))).toMatchObject({
      found: [],
      noise: [
        ['keys', ''],
        ['value', '/*/at'],
      ],
    });
    expect(settled(timed(0, 'g'), timed(50, 'kg')).found).toEqual([['value', '/*/unit', '"g"', '"kg"']]);
  });
});

describe('keys count', () => {
  const rust: Says = (n) => mapOf(n, ...qty(1, 2));
  const renamed = (map: object) =>
    Object.fromEntries(Object.entries(map).map(([one, value]) => [`item${one.slice(2)}`, value]));
  const uuid = (n: number) => `018f2b6c-1111-4000-8000-${String(n).padStart(12, '0')}`;
  const named = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`name${at}`, 1]));
  const names = ['ada', 'eva', 'ida', 'ute', 'udo', 'uwe'];

  it.each<[string, Says, Says]>([
    ['where one comes at times', (n) => ({ ...mapOf(n, 1), ...(n > 0 ? { total: 1 } : {}) }), (n) => mapOf(n + 50, 1)],
    ['where they come again', (n) => ({ [names[n]!]: 1 }), (n) => ({ [names[n + 1]!]: 1 })],
    [
      'where one side makes them otherwise',
      rust,
      (n) => ({ [`IT-${n + 50}X`]: { qty: 1 }, [`IT-${n + 90}X`]: { qty: 2 } }),
    ],
    ['where one side has another word in them', rust, (n) => renamed(mapOf(n + 50, ...qty(1, 2)))],
    ['where one side has steady ones', rust, () => ({ first: { qty: 1 }, second: { qty: 2 } })],
    ['where one side has none', rust, (n) => (n === 0 ? {} : mapOf(n + 50, ...qty(1, 2)))],
    ['where one side has a list', rust, () => qty(1, 2)],
    ['where they are UUIDs on one side', rust, (n) => ({ [uuid(n + 50)]: { qty: 1 }, [uuid(n + 90)]: { qty: 2 } })],
    [
      'where one is the sign of a list',
      (n) => ({ ...mapOf(n, 1), ...(n === 0 ? { '*': 1 } : {}) }),
      (n) => mapOf(n + 50, 1, 1),
    ],
    [
      'where more than a hundred stand beside them',
      (n) => ({ ...mapOf(n, 1), ...named(101) }),
      (n) => ({ ...mapOf(n + 50, 1), ...named(101) }),
    ],
    [
      'where one beside them is long',
      (n) => ({ ...mapOf(n, 1), ['x'.repeat(201)]: 1 }),
      (n) => ({ ...mapOf(n + 50, 1), ['x'.repeat(201)]: 1 }),
    ],
    [
      'where they are times an hour apart',
      (n) => ({ [`2026-11-23T10:00:0${n}Z`]: 1 }),
      (n) => ({ [`2026-11-23T11:00:0${n}Z`]: 1 }),
    ],
  ])('%s', (_, a, b) => {
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const) {
      const { found, noise } = settled(x, y);
      expect([found.length > 0, noise.filter(([what]) => what === 'keys')]).toEqual([true, []]);
    }
  });

  it('in another step, and in a body that is encoded', () => {
    const steps = (n: number) => [
      json(JSON.stringify({ items: mapOf(n, 1) })),
      json(JSON.stringify({ items: { ada: 1, [names[n % 6]!]: 2 } })),
      response({
        headers: [
          ['content-type', 'application/json'],
          ['content-encoding', 'gzip'],
        ],
        body: gzipSync(JSON.stringify({ items: mapOf(n, 1) })),
      }),
    ];
    const asked = (name: string, from: number): Sampled => {
      const [first, ...more] = [1, 2, 3].map((n) => side(name, steps(from + n)));
      return { first: first!, more };
    };
    const { comparison, noise } = settle(asked('rust', 0), asked('go', 51), defaultCompare);
    expect(new Set(comparison.divergences.map(({ exchange }) => exchange))).toEqual(new Set([1, 2]));
    expect(noise.map(({ exchange, what }) => [exchange, what])).toEqual([[0, 'keys']]);
  });

  it('at level wire', () => {
    expect(settled(rust, (n) => mapOf(n + 50, ...qty(1, 2)), { level: 'wire' }).found.length).toBeGreaterThan(0);
  });
});

it.each<[string, unknown, readonly unknown[]]>([
  ['the same', 1, []],
  ['another type', '1', [['type', '/users/*/qty', '1', '"1"']]],
])('a captured value as a key leads to %s', (_, other, expected) => {
  const says = (id: string, value: unknown) => json(JSON.stringify({ users: { [id]: { qty: value }, all: 1 } }));
  const [a, b] = [
    side('rust', [says('u77f1', 1)], { id: 'u77f1' }),
    side('go', [says('u90c2', other)], { id: 'u90c2' }),
  ];
  const found = (...sides: [typeof a, typeof b]) =>
    settle({ first: sides[0], more: [] }, { first: sides[1], more: [] }, defaultCompare)
      .comparison.divergences.filter((one) => counts(one, 'value'))
      .map(({ kind, pointer, reference, candidate }) => [kind, pointer, reference, candidate]);
  expect(found(a, b)).toEqual(expected);
  expect(found(b, a)).toEqual(expected.map((one) => [...(one as string[]).slice(0, 2), '"1"', '1']));
});
