import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../../src/assurance/seeded-random.ts';
import { charsetsDiffer } from '../../../src/compare/values/token-charset.ts';

const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const alphabets = {
  hex: '0123456789abcdef',
  base32: `${upper}234567`,
  crockford: '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
  base36: digits + lower,
  base62: digits + lower + upper,
  base64: `${digits}${lower}${upper}+/`,
  base64url: `${digits}${lower}${upper}-_`,
  digits,
  lower,
} as const;
type Alphabet = keyof typeof alphabets;
type Kind = readonly [alphabet: Alphabet, length: number];

/** Six tokens, as a side gives them in six answers. */
function six([alphabet, length]: Kind, random: Random): string[] {
  const from = alphabets[alphabet];
  const token = () => Array.from({ length }, () => from[random(from.length)]).join('');
  return Array.from({ length: 6 }, token);
}

describe('of a hundred pairs of sides that draw', () => {
  it.each<readonly [Kind, Kind, least: number]>([
    [['hex', 10], ['hex', 12], 97],
    [['base62', 21], ['base62', 22], 97],
    [['base36', 8], ['base36', 10], 90],
    [['digits', 6], ['digits', 8], 97],
    [['lower', 24], ['lower', 32], 90],
    [['hex', 10], ['base36', 10], 97],
    [['hex', 10], ['base62', 10], 97],
    [['base36', 12], ['base62', 12], 97],
    [['base32', 32], ['crockford', 32], 90],
    [['base64', 32], ['base64url', 32], 90],
    [['lower', 24], ['base36', 24], 97],
  ])('%j and %j most are told apart', (a, b, least) => {
    const random = seededRandom('drawn');
    const told = Array.from({ length: 100 }, () => charsetsDiffer(six(a, random), six(b, random)));
    expect(told.filter(Boolean).length).toBeGreaterThanOrEqual(least);
  });
});

it.each(Object.keys(alphabets) as Alphabet[])('tells no two sides apart that draw alike: %s', (alphabet) => {
  const random = seededRandom('alike');
  for (const length of [6, 8, 10, 16, 21, 32, 43])
    for (let round = 0; round < 200; round += 1) {
      const [a, b] = [six([alphabet, length], random), six([alphabet, length], random)];
      expect([a, b, charsetsDiffer(a, b)]).toEqual([a, b, false]);
    }
});

describe('a few texts', () => {
  it.each<readonly [string, readonly string[], readonly string[], boolean]>([
    ['tokens of two lengths', ['q1w2e3r4', 'z9x8c7v6'], ['a1s2d3f4g5', 'h6j7k8l9m0'], true],
    ['with a part that stays', ['id-q1w2e3r4', 'id-z9x8c7v6'], ['id-a1s2d3f4g5', 'id-h6j7k8l9m0'], true],
    ['of one length', ['q1w2e3r4', 'z9x8c7v6'], ['a1s2d3f4', 'h6j7k8l9'], false],
    ['of any length on one side', ['q1w2e3r4', 'z9x8c7v6k'], ['a1s2d3f4g5', 'h6j7k8l9m0'], false],
    ['before counters', ['a1b2c3d4-999', 'z9x8c7v6-998'], ['q1w2e3r4-1001', 'h6j7k8l9-1002'], false],
    ['in groups, of which one looks like a counter', ['A3F2-9B7C', '7Q2W-1234'], ['8D3K-Z7X2', 'K4M9-B2V8'], false],
    ['names with numbers', ['machine-17', 'machine-90'], ['machine-118', 'machine-204'], false],
    ['names', ['alpha', 'bravo'], ['charlie', 'foxtrot'], false],
    ['counters', ['1034', '1035'], ['20111', '20112'], false],
    ['counters in hexadecimal digits', ['4f1ae99c77', '4f1ae99c78'], ['1ae99c77b', '1ae99c77c'], false],
    ['the same again', ['q1w2e3r4', 'q1w2e3r4'], ['a1s2d3f4g5', 'h6j7k8l9m0'], false],
    ['only once', ['q1w2e3r4'], ['a1s2d3f4g5'], false],
    ['text in base64', ['offset:98', 'offset:9'].map(btoa), ['offset:100000', 'offset:1'].map(btoa), false],
    ['words and signs', ['q1 w2, e3 r4', 'z9 x8, c7 v6'], ['a1 s2, d3 f4 g5', 'h6 j7, k8 l9 m0'], false],
    ['signs of two alphabets', ['q1w2+3r4', 'z9x8c7v/'], ['a1s2d3-4', 'h6_7k8l9'], true],
    ['signs of both, on one side', ['q1w2+3r4', 'z9x8c7-6'], ['a1s2d3-4', 'h6_7k8l9'], false],
  ])('%s', (_, a, b, expected) => {
    expect([charsetsDiffer(a, b), charsetsDiffer(b, a)]).toEqual([expected, expected]);
  });
});
