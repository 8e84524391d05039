import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, idsOf, valueKind } from '../../src/findings/identity.ts';

describe('ids', () => {
  const a = `3f2a9c1d${'0'.repeat(56)}`;
  const b = `3f2a9c1d${'0'.repeat(8)}${'1'.repeat(48)}`;
  const c = `3f2a9c1d${'f'.repeat(56)}`;
  const other = `00000000${'f'.repeat(56)}`;

  it('are the first eight hex digits in upper case', () => {
    expect([...idsOf([a, other])]).toEqual([
      [other, 'P-00000000'],
      [a, 'P-3F2A9C1D'],
    ]);
  });

  it('of fingerprints that share them: the first keeps eight, the others take what tells them apart', () => {
    expect([...idsOf([c, b, a])]).toEqual([
      [a, 'P-3F2A9C1D'],
      [b, 'P-3F2A9C1D000000001'],
      [c, 'P-3F2A9C1DF'],
    ]);
  });

  it('depend neither on the order nor on repetition', () => {
    expect([...idsOf([a, b, c, a])]).toEqual([...idsOf([c, a, b])]);
  });

  it('are all different for a hundred thousand fingerprints', () => {
    const all = Array.from({ length: 100_000 }, (_, n) => createHash('sha256').update(`${n}`).digest('hex'));
    expect(new Set(idsOf(all).values()).size).toBe(all.length);
    expect([...idsOf(all).values()].every((id) => /^P-[0-9A-F]{8,64}$/.test(id))).toBe(true);
  });
});

describe('the fingerprint', () => {
  const identity = {
    candidate: 'go',
    class: 'unexplained',
    route: 'GET /a',
    facet: 'body',
    pointer: '/x',
    detail: 'value',
  } as const;

  it('is SHA-256 in hex, and stays what it is from version to version', () => {
    expect(fingerprintOf(identity)).toBe('b3f6fe8d2b147b43b97b68f6e0fcbd7b1adf897a8ff77528a284e863583d4069');
  });

  it.each(['candidate', 'class', 'route', 'pointer', 'detail'] as const)('is another one for another %s', (part) => {
    expect(fingerprintOf({ ...identity, [part]: 'other' })).not.toBe(fingerprintOf(identity));
  });

  it('does not run its parts together', () => {
    expect(fingerprintOf({ ...identity, route: 'GET /a","body', pointer: '' })).not.toBe(
      fingerprintOf({ ...identity, route: 'GET /a', pointer: '' }),
    );
  });
});

describe('the kind of a value', () => {
  it.each([
    [null, 'nothing'],
    ['null', 'null'],
    ['nothing to see', 'text'],
    ['true', 'boolean'],
    ['false', 'boolean'],
    ['tree', 'text'],
    ['-1.5e10', 'number'],
    [`${'9'.repeat(299)}…`, 'number'],
    ['404 page not found', 'text'],
    ['"text that was cut…', 'string'],
    ['{"a":1}', 'object'],
    ['[1,2]', 'array'],
    ['', 'text'],
  ])('of %s is %s', (source, kind) => {
    expect(valueKind(source)).toBe(kind);
  });
});
