import { expect, it } from 'vitest';
import { defaultCompare } from '../../../src/config/rules.ts';
import type { Sampled } from '../../../src/noise/evidence/self-diff.ts';
import { settle } from '../../../src/noise/subtract-noise.ts';
import { response, side } from '../../compare/exchanges.ts';

/** What one side says the n-th time: a body, and where the new thing is. */
type Says = (n: number) => { readonly body: unknown; readonly location?: string };

const sampled = (name: string, says: Says): Sampled => {
  const [first, ...more] = [0, 1, 2].map((n) => {
    const { body, location } = says(n);
    const headers = [['content-type', 'application/json'], ...(location === undefined ? [] : [['location', location]])];
    return side(name, [response({ status: 201, headers: headers as [string, string][], body: JSON.stringify(body) })]);
  });
  return { first: first!, more };
};

const id = (n: number) => `k${(7919 * (n + 3)).toString(16).padStart(6, 'a')}z9`;
const time = (n: number) => `2026-11-22T10:00:0${n % 10}.${100 + n}Z`;

/** Of a pair the side that has lost what the other one has, at other numbers. */
const found = (rust: Says, go: Says) => {
  const { comparison, noise } = settle(sampled('rust', rust), sampled('go', go), defaultCompare);
  const echoes = comparison.divergences.filter(({ kind }) => kind === 'echo');
  expect(noise.some((one) => echoes.some(({ facet, pointer }) => facet === one.facet && pointer === one.pointer))).toBe(
    false,
  );
  return echoes.map(({ facet, pointer, echo }) => [facet, pointer, echo?.of, echo?.on]);
};

it.each<[string, (n: number, m: number) => ReturnType<Says>, readonly unknown[]]>([
  [
    'an address that leads elsewhere',
    (n, m) => ({ body: { id: id(n) }, location: `/o/${id(m)}` }),
    ['headers', '/location', '/id'],
  ],
  ['an address with a number', (n, m) => ({ body: { id: n }, location: `/o/${m}` }), ['headers', '/location', '/id']],
  [
    'a reference in a text',
    (n, m) => ({ body: { id: id(n), links: [{ href: `/o/${id(m)}/items` }] } }),
    ['body', '/links/0/href', '/id'],
  ],
  [
    'an address before an id that another place shows, too,',
    (n, m) => ({ body: { href: `/o/${id(m)}`, id: id(n), items: { order: id(n) } } }),
    ['body', '/href', '/id'],
  ],
  ['a reference with a prefix', (n, m) => ({ body: { id: id(n), order: `ord_${id(m)}` } }), ['body', '/order', '/id']],
])('%s counts, on either side', (_, says, [facet, pointer, of]) => {
  const sound: Says = (n) => says(n + 10, n + 10);
  const lost: Says = (n) => says(n + 20, n + 30);
  expect(found(sound, lost)).toEqual([[facet, pointer, of, 'reference']]);
  expect(found(lost, sound)).toEqual([[facet, pointer, of, 'candidate']]);
  expect(found(sound, (n) => says(n + 20, n + 20))).toEqual([]);
  expect(found(lost, (n) => says(n + 40, n + 50))).toEqual([]);
});

it.each<[string, Says, Says]>([
  [
    'times that are one',
    (n) => ({ body: { made: time(n), changed: time(n) } }),
    (n) => ({ body: { made: time(n), changed: time(n + 1) } }),
  ],
  ['counters in step', (n) => ({ body: { id: n + 7, seq: n + 7 } }), (n) => ({ body: { id: n + 900, seq: n + 4 } })],
  [
    'a counter in step with an address that leads to the thing',
    (n) => ({ body: { id: n + 7, seq: n + 7 }, location: `/o/${n + 7}` }),
    (n) => ({ body: { id: n + 900, seq: n + 4 }, location: `/o/${n + 900}` }),
  ],
  [
    'what is so at times',
    (n) => ({ body: { id: id(n), last: id(n) } }),
    (n) => ({ body: { id: id(n + 40), last: id(n === 1 ? n + 40 : n + 60) } }),
  ],
  [
    'one of two that agree',
    (n) => ({ body: { id: id(n), self: `/o/${id(n)}` }, location: `/o/${id(n)}` }),
    (n) => ({ body: { id: id(n + 40), self: `/o/${id(n + 40)}` }, location: `/o/${id(n + 40)}` }),
  ],
])('%s does not', (_, rust, go) => {
  expect(found(rust, go)).toEqual([]);
  expect(found(go, rust)).toEqual([]);
});

it('names each that has lost it, and the first one that is sound', () => {
  const rust: Says = (n) => ({ body: { id: id(n), a: `x-${id(n)}`, b: `y-${id(n)}` }, location: `/o/${id(n)}` });
  const go: Says = (n) => ({
    body: { id: id(n + 40), a: `x-${id(n + 60)}`, b: `y-${id(n + 40)}` },
    location: `/o/${id(n + 80)}`,
  });
  expect(found(rust, go)).toEqual([
    ['body', '/a', '/id', 'reference'],
    ['headers', '/location', '/id', 'reference'],
  ]);
});

it('is not told of an answer that says too much', () => {
  const many = (from: number) =>
    Array.from({ length: 300 }, (_, at) => ({ id: id(from + at), same: `x${id(from + at)}` }));
  expect(
    found(
      (n) => ({ body: many(n * 1000) }),
      (n) => ({ body: many(n * 1000 + 500_000) }),
    ),
  ).toEqual([]);
});

const micro = (n: number) => `2026-11-22T10:0${n % 10}:07.${123_456 + n}Z`;
const milli = (n: number) => `2026-11-22T10:0${n % 10}:07.${100 + n}Z`;

type Stamp = (n: number) => string | number;

/** What is made is changed in a second step, at `changed`; it was made at `made`. A third step reads it. */
const stepped = (name: string, { made, changed }: { readonly made: Stamp; readonly changed: Stamp }): Sampled => {
  const [first, ...more] = [0, 1, 2].map((n) => {
    const bodies = [made, changed, changed].map((updated_at) => ({
      id: id(n),
      created_at: made(n),
      updated_at: updated_at(n),
    }));
    return side(
      name,
      bodies.map((body) => response({ headers: [['content-type', 'application/json']], body: JSON.stringify(body) })),
    );
  });
  return { first: first!, more };
};

it.each<[string, Stamp, boolean]>([
  ['in microseconds', micro, true],
  ['in microseconds since 1970', (n) => 1_763_800_000_123_456 + n * 60_000_000, true],
  ['in microseconds within a text', (n) => `changed at ${micro(n)} by ada`, true],
  ['in milliseconds, where two things may be done in one', milli, false],
  ['in microseconds, where the other side takes the time twice', (n) => `2026-11-22T10:00:07.1234${n + 10}Z`, false],
])('a time %s that a change leaves as it was', (_, stamp, counts) => {
  const bumped = { made: (n: number) => stamp(n), changed: (n: number) => stamp(n + 3) };
  const kept = { made: (n: number) => stamp(n + 30), changed: (n: number) => stamp(n + 30) };
  const lost = (rust: Sampled, go: Sampled) =>
    settle(rust, go, defaultCompare)
      .comparison.divergences.filter(({ kind }) => kind === 'echo')
      .map(({ exchange, pointer, echo }) => [exchange, pointer, echo?.of, echo?.on]);
  const told = (on: string) => (counts ? [1, 2].map((step) => [step, '/updated_at', '/created_at', on]) : []);
  expect(lost(stepped('rust', bumped), stepped('go', kept))).toEqual(told('candidate'));
  expect(lost(stepped('rust', kept), stepped('go', bumped))).toEqual(told('reference'));
  expect(
    lost(stepped('rust', bumped), stepped('go', { made: (n) => stamp(n + 50), changed: (n) => stamp(n + 53) })),
  ).toEqual([]);
  expect(lost(stepped('rust', kept), stepped('go', kept))).toEqual([]);
});

/** What is made and then read: two steps, each answer of them by its number. */
const read = (name: string, says: (n: number) => readonly unknown[]): Sampled => {
  const [first, ...more] = [0, 1, 2].map((n) =>
    side(
      name,
      says(n).map((body) => response({ headers: [['content-type', 'application/json']], body: JSON.stringify(body) })),
    ),
  );
  return { first: first!, more };
};
const code = (n: number) => ['K7QX', 'B2MZ', 'T9RD', 'W4HN', 'C8VP', 'J3LS'][n % 6]!;

/** Takes what is made, and what is read, which may be other than it by so much. */
type Kept = (n: number, by: number) => readonly [made: unknown, read: unknown];

it.each<[string, Kept, boolean]>([
  [
    'a short code',
    (n, by) => [
      { id: id(n), code: code(n) },
      { id: id(n), code: code(n + by) },
    ],
    true,
  ],
  [
    'a counter',
    (n, by) => [
      { id: id(n), number: 4711 + n },
      { id: id(n), number: 4711 + n + by },
    ],
    true,
  ],
  [
    'a number of ten digits',
    (n, by) => [
      { id: n, no: `${7e9 + n * 1e8}` },
      { id: n, no: `${7e9 + (n + by) * 1e8}` },
    ],
    true,
  ],
  ['in a member', (n, by) => [{ o: { id: n, no: 4711 + n } }, { o: { id: n, no: 4711 + n + by } }], true],
  ['in another member', (n, by) => [{ id: n, no: 4711 + n }, { o: { id: n, no: 4711 + n + by } }], true],
  [
    'of another thing',
    (n, by) => [
      { id: id(n), no: 4711 + n },
      { id: id(n + 50), no: 4711 + n + by },
    ],
    false,
  ],
  ['of nothing', (n, by) => [{ no: 4711 + n }, { no: 4711 + n + by }], false],
  [
    'a few digits',
    (n, by) => [
      { id: id(n), no: 11 + n },
      { id: id(n), no: 11 + n + by },
    ],
    false,
  ],
  [
    'of another name',
    (n, by) => [
      { id: id(n), no: 4711 + n },
      { id: id(n), nr: 4711 + n + by },
    ],
    false,
  ],
  [
    'the same',
    (n, by) => [
      { id: id(n), is: 'open' },
      { id: id(n), is: by === 0 ? 'open' : 'done' },
    ],
    false,
  ],
  [
    'a time in seconds',
    (n, by) => [
      { id: id(n), at: Math.floor(Date.now() / 1000) + n * 2 },
      { id: id(n), at: Math.floor(Date.now() / 1000) + n * 2 + by },
    ],
    false,
  ],
  [
    'texts',
    (n, by) => [
      { id: id(n), is: `no. ${4711 + n}` },
      { id: id(n), is: `no. ${4711 + n + by}` },
    ],
    false,
  ],
])('what a step gives, and a later one does not: %s', (_, says, counts) => {
  const kept = (from: number) => (n: number) => says(n + from, 0);
  const lost = (from: number) => (n: number) => says(n + from, 1);
  const found = (rust: Sampled, go: Sampled) =>
    settle(rust, go, defaultCompare)
      .comparison.divergences.filter(({ kind }) => kind === 'echo')
      .map(({ exchange, echo }) => [exchange, echo?.on]);
  expect(found(read('rust', kept(3)), read('go', lost(30)))).toEqual(counts ? [[1, 'reference']] : []);
  expect(found(read('rust', lost(3)), read('go', kept(30)))).toEqual(counts ? [[1, 'candidate']] : []);
  expect(found(read('rust', lost(3)), read('go', lost(30)))).toEqual([]);
  expect(found(read('rust', kept(3)), read('go', kept(30)))).toEqual([]);
});
