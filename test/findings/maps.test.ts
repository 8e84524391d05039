import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFindings } from '../../src/findings/cluster.ts';
import { bodies } from './cases.ts';

type Entries = readonly (readonly [key: string, n: number])[];

/** Both sides of a body with a map in it: the candidate spells a field otherwise, counts otherwise, has no empty lists, and lacks the last entry. */
function sides(entries: Entries): [string, string] {
  const reference = entries.map(([key, n]) => [key, { created_at: `day ${n}`, n, tags: [] }]);
  const candidate = entries.slice(0, -1).map(([key, n]) => [key, { CreatedAt: `day ${n}`, n: 7 * n + 3, tags: null }]);
  return [reference, candidate].map((list) => JSON.stringify({ total: 3, entries: Object.fromEntries(list) })) as [
    string,
    string,
  ];
}

function found(cases: readonly Entries[]): string[] {
  const compared = cases.map((entries, i) => bodies(`s/${i}`, sides(entries)));
  return findFindings(compared, []).map((one) => `${one.id} ${one.class} ${one.pointer}`);
}

/** Five bodies, none of which has all of the keys, and no key in all of them. */
function casesOf(keys: readonly string[]): Entries[] {
  return Array.from({ length: 5 }, (_, i) => keys.filter((_, at) => (at + i) % 5 < 3).map((key, at) => [key, at + i]));
}

const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 3, maxLength: 9 });
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((one) => one.toISOString());

const kinds: readonly (readonly [kind: string, key: fc.Arbitrary<string>])[] = [
  ['names', word],
  ['names in capitals', word.map((one) => one.toUpperCase())],
  ['UUIDs', fc.uuid()],
  ['numbers', fc.nat().map(String)],
  ['dates', day.map((one) => one.slice(0, 10))],
  ['times', day],
  ['months', day.map((one) => one.slice(0, 7))],
  ['addresses of mail', word.map((one) => `${one}@example.com`)],
  ['addresses of hosts', fc.ipV4()],
  [
    'names in Cyrillic',
    word.map((one) => [...one].map((letter) => String.fromCodePoint(0x3cf + letter.charCodeAt(0))).join('')),
  ],
];

describe('findings in a map', () => {
  it.each(kinds)('have the same ids under other %s as keys, with more of them, and in another order', (_, key) => {
    const keys = fc.uniqueArray(key, { minLength: 13, maxLength: 13, selector: (one) => one.toLowerCase() });
    fc.assert(
      fc.property(keys, (all) => {
        const first = found(casesOf(all.slice(0, 6)));
        expect(first.map((one) => one.slice(one.indexOf(' ') + 1)).sort()).toEqual([
          'key-casing ',
          'nil-slice-null /entries/*/tags',
          'unexplained /entries/*',
          'unexplained /entries/*/n',
        ]);
        expect(found(casesOf(all.slice(6, 12)))).toEqual(first);
        expect(found(casesOf(all))).toEqual(first);
        expect(found(casesOf(all.slice(0, 6)).reverse())).toEqual(first);
      }),
      { numRuns: 30 },
    );
  });

  it('are one even where a case is alone, if the keys are not names', () => {
    const [one] = casesOf(['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05']);
    expect(found([one!])).toEqual(
      found(casesOf(['2023-05-01', '2023-05-02', '2023-05-03', '2023-05-04', '2023-05-05'])),
    );
  });

  it('of one object with many records are one, too', () => {
    const many = (prefix: string) => [
      Array.from('abcdefghijklmnop', (letter, i) => [`${prefix}${letter}`, i] as const),
    ];
    expect(found(many('x'))).toEqual(found(many('y')));
    expect(found(many('x')).length).toBe(4);
  });
});

describe('objects that are not maps keep a finding for each key', () => {
  const pointers = (pairs: readonly [string, string][]) =>
    findFindings(
      pairs.map((pair, i) => bodies(`s/${i}`, pair)),
      [],
    )
      .map((one) => one.pointer)
      .sort();

  it('a struct whose values are of many kinds', () => {
    const rows: [string, string][] = [
      ['{"a":{"n":1},"b":2}', '{"a":{"n":2},"b":3}'],
      ['{"b":1,"c":"x"}', '{"b":2,"c":"y"}'],
      ['{"c":"x","d":{"n":1}}', '{"c":"y","d":{"n":2}}'],
    ];
    expect(pointers(rows)).toEqual(['/a/n', '/b', '/c', '/d/n']);
  });

  it('a struct with a field that is always there', () => {
    const link = (n: number) => ({ href: `/p/${n}` });
    const row = (keys: readonly string[]): [string, string] => [
      JSON.stringify(Object.fromEntries(keys.map((key) => [key, link(1)]))),
      JSON.stringify(Object.fromEntries(keys.map((key) => [key, link(2)]))),
    ];
    const rows = [row(['self', 'next', 'last']), row(['self', 'first', 'prev']), row(['self', 'next', 'prev'])];
    expect(pointers(rows)).toEqual(['/first/href', '/last/href', '/next/href', '/prev/href', '/self/href']);
  });

  it('variants of an enum, one in each body', () => {
    const rows = ['Schema', 'Policy', 'Io', 'Http'].map((name): [string, string] => [
      `{"${name}":{"reason":"r"}}`,
      `{"${name}":{"reason":"other"}}`,
    ]);
    expect(pointers(rows)).toEqual(['/Http/reason', '/Io/reason', '/Policy/reason', '/Schema/reason']);
  });

  it('two spellings of the same fields', () => {
    const rows: [string, string][] = [
      ['{"user_profile":{"id":1},"user_settings":{"id":1}}', '{"UserProfile":{"id":2},"UserSettings":{"id":2}}'],
      ['{"user_profile":{"id":3}}', '{"UserProfile":{"id":4}}'],
      ['{"user_settings":{"id":3}}', '{"UserSettings":{"id":4}}'],
    ];
    expect(pointers(rows).some((one) => one.includes('*'))).toBe(false);
  });
});
