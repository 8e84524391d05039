import { type BinaryToTextEncoding, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { haveOtherForms, haveOtherTraits, lookApart } from '../../../src/compare/values/text-traits.ts';

/** Six tokens of so many bytes, other ones for each seed. */
function tokens(length: number, encoding: BinaryToTextEncoding, seed: string): string[] {
  const token = (at: number) =>
    createHash('shake256', { outputLength: length }).update(`${seed} ${at}`).digest(encoding);
  return [0, 1, 2, 3, 4, 5].map(token);
}

const unfilled = (token: string) => token.replaceAll('=', '');

describe('tokens of any length', () => {
  it.each<readonly [string, readonly string[], readonly string[], boolean]>([
    [
      'signatures in small letters and in capitals',
      tokens(256, 'hex', 'a'),
      tokens(256, 'hex', 'b').map((token) => token.toUpperCase()),
      true,
    ],
    [
      'signatures that are filled up on one side',
      tokens(256, 'base64', 'a'),
      tokens(256, 'base64', 'b').map(unfilled),
      true,
    ],
    ['hashes that are filled up on one side', tokens(16, 'base64', 'a'), tokens(16, 'base64', 'b').map(unfilled), true],
    ['signatures in two alphabets', tokens(258, 'base64', 'a'), tokens(258, 'base64url', 'b'), true],
    ['signatures by keys of two sizes', tokens(256, 'base64', 'a'), tokens(384, 'base64', 'b'), true],
    ['what holds a few bytes more', tokens(256, 'base64', 'a'), tokens(259, 'base64', 'b'), false],
    ['signatures', tokens(256, 'base64', 'a'), tokens(256, 'base64', 'b'), false],
    ['hashes', tokens(16, 'base64', 'a'), tokens(16, 'base64', 'b'), false],
    [
      'of any length on one side',
      [...tokens(250, 'base64url', 'a'), ...tokens(252, 'base64url', 'a')],
      tokens(252, 'base64url', 'b'),
      false,
    ],
    ['sentences', ['x1 '.repeat(100), 'x2 '.repeat(100)], ['x3 '.repeat(90), 'x4 '.repeat(90)], false],
  ])('%s', (_, a, b, expected) => {
    expect([haveOtherTraits(a, b), haveOtherTraits(b, a)]).toEqual([expected, expected]);
  });
});

const signed = (iat: number) =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify({ iat })).toString('base64url')}.c2ln`;

/** Tokens of segments: of so many bytes drawn, or a word. */
function dotted(parts: readonly (number | string)[], seed: string, encoding: BinaryToTextEncoding = 'base64url') {
  const columns = parts.map((part, at) =>
    typeof part === 'string' ? Array(6).fill(part) : tokens(part, encoding, `${seed}${at}`),
  );
  return [0, 1, 2, 3, 4, 5].map((at) => columns.map((column) => column[at]).join('.'));
}

describe('tokens of segments', () => {
  it.each<readonly [string, readonly string[], readonly string[], boolean]>([
    ['signed and not signed', dotted([24, 27], 'a'), dotted([24], 'b'), true],
    ['with signatures of two lengths', dotted([24, 32], 'a'), dotted([24, 20], 'b'), true],
    ['in two alphabets', dotted([24, 33], 'a', 'base64'), dotted([24, 33], 'b'), true],
    ['of two regions', dotted([16, 'EU', 16], 'a'), dotted([16, 'US', 16], 'b'), true],
    ['of three and of two', dotted([33, 9, 32], 'a'), dotted([33, 32], 'b'), true],
    ['escaped and not', tokens(24, 'base64', 'a').map(encodeURIComponent), tokens(24, 'base64', 'b'), true],
    [
      'escaped',
      tokens(24, 'base64', 'a').map(encodeURIComponent),
      tokens(24, 'base64', 'b').map(encodeURIComponent),
      false,
    ],
    ['alike', dotted([24, 'EU', 27], 'a'), dotted([24, 'EU', 27], 'b'), false],
    ['now and then signed', [...dotted([24, 27], 'a'), ...dotted([24], 'c')], dotted([24], 'b'), false],
    ['measures', ['1.2345678ms', '3.8765432ms'], ['1.234567ms', '3.987654ms'], false],
    ['names of files', ['notes.txt', 'list.txt'], ['draft.md', 'letter.old.md'], false],
  ])('%s', (_, a, b, expected) => {
    expect([haveOtherTraits(a, b), haveOtherTraits(b, a)]).toEqual([expected, expected]);
  });
});

describe('texts in one format', () => {
  it.each<readonly [string, readonly string[], readonly string[], boolean]>([
    [
      'UUIDs by time and drawn ones',
      ['019ab3c0-5d1e-7c31-9f0a-1b2c3d4e5f60', '019ab3c0-5d2f-7a02-8e11-6f5e4d3c2b1a'],
      ['9c77bd0b-3e77-4af2-8b4f-1ae99c77bd0b', '4F1AE99C-77BD-4B3E-B7AA-F20B4F1AE99C'],
      true,
    ],
    [
      'drawn ones of which one has no version',
      ['9c77bd0b-3e77-4af2-8b4f-1ae99c77bd0b', '4f1ae99c-77bd-4b3e-c7aa-f20b4f1ae99c'],
      ['019ab3c0-5d1e-7c31-9f0a-1b2c3d4e5f60', '019ab3c0-5d2f-7a02-8e11-6f5e4d3c2b1a'],
      false,
    ],
    [
      'drawn ones',
      ['9c77bd0b-3e77-4af2-8b4f-1ae99c77bd0b', '4f1ae99c-77bd-4b3e-b7aa-f20b4f1ae99c'],
      ['0b3e77aa-f20b-4f1a-a99c-77bd0b3e77aa', 'f20b4f1a-e99c-47bd-8b3e-77aaf20b4f1a'],
      false,
    ],
    ['signed tokens with whole times and with fractions', [1, 2].map(signed), [3.25, 4.5].map(signed), true],
    ['signed tokens of which some have fractions', [1.5, 2].map(signed), [3.25, 4.5].map(signed), false],
    ['tokens in two cases', ['4f1ae9', '9c77bd'], ['0B3E99', '77AAF2'], false],
    ['nothing', [], ['9c77bd0b-3e77-4af2-8b4f-1ae99c77bd0b'], false],
  ])('%s', (_, a, b, expected) => {
    expect([haveOtherForms(a, b), haveOtherForms(b, a)]).toEqual([expected, expected]);
  });
});

describe('texts that are generated each time', () => {
  it.each<readonly [string, readonly string[], readonly string[], boolean]>([
    ['with another prefix', ['INV482133', 'INV7'], ['ORD118', 'ORD99120'], true],
    ['with another currency after the number', ['482133EUR', '1EUR'], ['77USD', '482USD'], true],
    ['in another unit', ['PT12S', 'PT49S'], ['PT12M', 'PT31M'], true],
    ['in other units', ['1m30s', '12m4s'], ['1h30m', '3h12m'], true],
    ['with a sign on one side', ['-3500', '-3587'], ['3512', '3590'], true],
    ['in base 16 with what says so', ['0x4f', '0x9c'], ['4f', '9c'], true],
    ['as numbers and as tokens', ['482133', '118202'], ['f3a9c1', '0b3e77'], true],
    ['in small letters and in capitals', ['4f1ae9', '9c77bd'], ['0B3E99', '77AAF2'], true],
    [
      'in hexadecimal digits, more of them',
      ['4f1a'.repeat(6), '9c77'.repeat(6)],
      ['0b3e'.repeat(7), '77aa'.repeat(7)],
      true,
    ],
    ['as addresses of two networks', ['10.0.0.4', '10.0.0.9'], ['192.168.1.4', '192.168.1.6'], true],
    ['as patches of two versions', ['2.0.118', '2.0.7'], ['3.1.12', '3.1.118'], true],
    ['as words in capitals and in small letters', ['Pending', 'Paid'], ['shipped', 'paid'], true],
    [
      'as times of two zones',
      ['2026-11-21T06:00:59+00:00', '2026-11-21 06:01:00+0000'],
      ['2026-11-21T08:01:00+02:00'],
      true,
    ],
    [
      'as numbers that went through a double, and as such that did not',
      ['7531042312461058881', '6531042312461058883'],
      ['7531042312454735000', '6531042312461058048'],
      true,
    ],
    [
      'as numbers of which some could have',
      ['7531042312461058881', '7531042312454735000'],
      ['7531042312454735000', '6531042312461058048'],
      false,
    ],
    ['as tokens of two lengths', ['q1w2e3r4', 'z9x8c7v6'], ['a1s2d3f4g5', 'h6j7k8l9m0'], true],
    ['as tokens filled up on one side', ['q1w2e3r4t5', 'z9x8c7v6b5'], ['a1s2d3f4t5==', 'h6j7k8l9b5=='], true],
    ['as tokens before counters', ['a1b2c3d4-999', 'z9x8c7v6-998'], ['q1w2e3r4t5-1001', 'h6j7k8l9m0-1002'], true],
    [
      'as tokens of one length before counters',
      ['a1b2c3d4-999', 'z9x8c7v6-998'],
      ['q1w2e3r4-1001', 'h6j7k8l9-1002'],
      false,
    ],
    [
      'as cursors that hold counters',
      ['offset:99998', 'offset:99999'].map(btoa),
      ['offset:100000', 'offset:100001'].map(btoa),
      false,
    ],
    [
      'as a cursor that can be read and as one that cannot',
      ['offset:99998', 'offset:99999'].map(btoa),
      ['q1w2e3r4t5y6u7i8', 'z9x8c7v6b5n4m3k2'],
      true,
    ],
    [
      'as cursors that are filled up on one side',
      ['offset:9999', 'offset:9998'].map(btoa),
      ['offset:8881', 'offset:8882'].map((text) => btoa(text).replaceAll('=', '')),
      true,
    ],
    ['as names with numbers', ['machine-17', 'machine-9'], ['machine-118', 'machine-204'], false],
    ['as times of one zone', ['2026-11-21T06:00:59+02:00'], ['2026-11-21T08:01:00+02:00'], false],
    ['as words of both kinds', ['Pending', 'paid'], ['Shipped', 'paid'], false],
    ['alike', ['INV482133', 'INV7'], ['INV118', 'INV99120'], false],
    ['as tokens of one kind', ['4f1ae9', '9c77bd'], ['0b3e99', '77aaf2'], false],
    ['as tokens in any letters', ['Ab3xQ', 'q9Zf1'], ['zzQ1a', 'Pf0o2'], false],
    ['with any prefix', ['INV482133', 'ORD7'], ['ORD118', 'INV99120'], false],
    ['with a prefix that one side has now and then', ['INV482133', '7'], ['118', '99120'], false],
    ['as measures with a point', ['1.02', '1.97'], ['2.30', '2.11'], false],
    ['as numbers of any length', ['7', '482133'], ['118', '2'], false],
    ['as addresses of one network', ['10.0.0.4', '10.0.0.9'], ['10.0.0.7', '10.0.0.1'], false],
    ['nowhere', [], ['1'], false],
  ])('%s', (_, a, b, expected) => {
    expect([haveOtherTraits(a, b), haveOtherTraits(b, a)]).toEqual([expected, expected]);
  });
});

it.each([
  ['7003', '4f1ae99c77bd0b3e', true],
  ['4f1ae99c77bd0b3e', '4f1ae99c77bd0b3e77aaf20b', true],
  ['4f1ae99c77bd0b3e', '0b3e77aaf20b4f1a', false],
  ['1234567890123456', '4f1ae99c77bd0b3e', false],
  ['7003', '118', false],
  ['18.99', '19.99', true],
  ['1763884800.000100', '1763884801.000200', false],
  ['ord_4f1a', 'ord_9c77', false],
])('%s for %s was made in another way: %s', (a, b, expected) => {
  expect([lookApart(a, b), lookApart(b, a)]).toEqual([expected, expected]);
});
