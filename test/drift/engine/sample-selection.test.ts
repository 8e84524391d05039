import { expect, test } from 'vitest';
import type { Divergence } from '../../../src/compare/model/divergence.ts';
import { compileRules } from '../../../src/compare/rules/compiled-rules.ts';
import { defaultCompare } from '../../../src/config/rules.ts';
import type { Sample } from '../../../src/drift/engine/sample.ts';
import { survey } from '../../../src/drift/engine/sample-selection.ts';
import { atOnce } from '../../../src/structures/slices.ts';

const at = (pointer: string): Divergence => ({
  exchange: 0,
  facet: 'body',
  pointer,
  kind: 'value',
  rung: 'value',
  reference: '1',
  candidate: '2',
});

const options: Sample['options'] = {
  rules: compileRules(defaultCompare),
  sameCapture: Object.is,
  origins: ['http://a', 'http://b'],
};

function sampleOf(reference: string, candidate: string, more: Partial<Sample> = {}): Sample {
  const bodies = { reference: Buffer.from(reference), candidate: Buffer.from(candidate) };
  return { ...bodies, divergences: [[0, at('/a')]], options, ...more };
}

test.each<[string, Sample, Sample, boolean]>([
  ['all is the same', sampleOf('{"a":1}', '{"a":2}'), sampleOf('{"a":1}', '{"a":2}'), true],
  ['the reference answers otherwise', sampleOf('{"a":1}', '{"a":2}'), sampleOf('{"a":3}', '{"a":2}'), false],
  ['the candidate answers otherwise', sampleOf('{"a":1}', '{"a":2}'), sampleOf('{"a":1}', '{"a":3}'), false],
  ['both bodies in a row are the same', sampleOf('12', '3'), sampleOf('1', '23'), false],
  ['bytes differ that are not text', sampleOf('a', 'b'), sampleOf('a', 'b', { candidate: Buffer.from([0xff]) }), false],
  ['another place differs', sampleOf('1', '2'), sampleOf('1', '2', { divergences: [[0, at('/b')]] }), false],
  ['the place has another index', sampleOf('1', '2'), sampleOf('1', '2', { divergences: [[1, at('/a')]] }), false],
  [
    'one side is noisy',
    sampleOf('1', '2'),
    sampleOf('1', '2', { divergences: [[0, { ...at('/a'), noisy: 'candidate' }]] }),
    false,
  ],
  [
    'other rules hold',
    sampleOf('1', '2'),
    sampleOf('1', '2', { options: { ...options, rules: compileRules({ ...defaultCompare }) } }),
    false,
  ],
  [
    'other values were captured',
    sampleOf('1', '2'),
    sampleOf('1', '2', { options: { ...options, sameCapture: () => true } }),
    false,
  ],
  [
    'URLs begin otherwise',
    sampleOf('1', '2'),
    sampleOf('1', '2', { options: { ...options, origins: ['http://a', 'http://c'] } }),
    false,
  ],
  ['it is long', sampleOf('x'.repeat(20_000), '2'), sampleOf('x'.repeat(20_000), '2'), false],
])('where %s, a sample is like another one or not', (_why, first, second, isLike) => {
  for (const pair of [
    [first, second],
    [second, first],
  ])
    expect([...atOnce(survey(pair)).like]).toEqual([0, isLike ? 0 : 1]);
});

test('samples are in the order of their bodies, however many there are, and of equal ones the earlier is first', () => {
  const long = 'x'.repeat(17_000);
  const texts = Array.from(
    { length: 2000 },
    (_, n) =>
      [
        [`${n % 7}`, `${n % 3}`],
        [`${long}${n % 5}`, `${n % 11}`],
        [String.fromCharCode(0x100 - (n % 97)), long],
      ][n % 3] as [string, string],
  );
  const samples = texts.map(([a, b]) => sampleOf(a, b));
  const wanted = [...samples.keys()].sort(
    (x, y) =>
      Buffer.compare(samples[x]!.reference, samples[y]!.reference) ||
      Buffer.compare(samples[x]!.candidate, samples[y]!.candidate) ||
      x - y,
  );
  expect([...atOnce(survey(samples)).order]).toEqual(wanted);
});
