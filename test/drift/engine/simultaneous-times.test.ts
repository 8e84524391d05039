import { expect, it } from 'vitest';
import { areSimultaneous } from '../../../src/drift/engine/simultaneous-times.ts';

const told = (reference: unknown, candidate: unknown, ...places: string[]) => {
  const [a, b] = [reference, candidate].map((one) => Buffer.from(JSON.stringify(one)));
  return JSON.parse(areSimultaneous({ reference: a!, candidate: b! }, places).reference.toString()) as unknown;
};

it.each([
  ['more digits', '2026-11-24T20:17:24.442983+00:00', '2026-11-24T20:17:24.400Z', '2026-11-24T20:17:24.400983+00:00'],
  ['digits that are zeros', '2026-11-24T20:17:24.442000Z', '2026-11-24T20:17:24.400Z', '2026-11-24T20:17:24.400001Z'],
  ['fewer digits', '2026-11-24T20:17:24.44Z', '2026-11-24 20:17:25.400125', '2026-11-24T20:17:25.40Z'],
  ['none', '2026-11-24T20:17:59Z', '2026-11-24T20:18:00.4Z', '2026-11-24T20:18:00Z'],
  ['another offset', '2026-12-31T23:59:59.9+01:00', '2026-12-31T23:00:01Z', '2027-01-01T00:00:01.9+01:00'],
  ['hours between them', '2026-11-24T20:17:24Z', '2026-11-24T22:17:24Z', '2026-11-24T20:17:24Z'],
  ['a local time without an offset', '2026-11-24T20:17:24Z', '2026-11-24T22:17:24', '2026-11-24T20:17:24Z'],
  ['no time', '2026-11-24T20:17:24Z', 'soon', '2026-11-24T20:17:24Z'],
])('is the other time in the own spelling: %s', (_, reference, candidate, expected) => {
  expect(told({ a: 'é', at: reference, b: [1.0] }, { at: candidate }, '/at')).toEqual({ a: 'é', at: expected, b: [1] });
});

it('leaves other places alone, and takes several', () => {
  const [one, two] = ['2026-11-24T20:17:24Z', '2026-11-24T20:17:25.5Z'];
  const all = told(
    { at: one, list: [{ at: one }, { at: one }] },
    { at: two, list: [{ at: two }, { at: two }] },
    '/list/1/at',
    '/at',
    '/no',
  );
  expect(all).toEqual({ at: '2026-11-24T20:17:25Z', list: [{ at: one }, { at: '2026-11-24T20:17:25Z' }] });
});

it('adds the same days on both sides, so that no time of a sample is that of another one', () => {
  const [reference, candidate] = ['{"at":"2026-11-24T20:17:24.389Z"}', '{"at":"2026-11-24T20:17:24.389650244Z"}'];
  const bodies = { reference: Buffer.from(reference), candidate: Buffer.from(candidate) };
  const later = areSimultaneous(bodies, ['/at'], 7);
  expect([String(later.reference), String(later.candidate)]).toEqual([
    '{"at":"2026-12-01T20:17:24.389Z"}',
    '{"at":"2026-12-01T20:17:24.389650244Z"}',
  ]);
});
