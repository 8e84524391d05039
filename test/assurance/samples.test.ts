import { describe, expect, it } from 'vitest';
import { sampleMatched } from '../../src/assurance/samples.ts';
import { defaultCompare } from '../../src/config/rules.ts';
import { failure, json, response, side } from '../compare/exchanges.ts';

const ids = Array.from({ length: 200 }, (_, i) => `suite/${i}`);

function sampled(order: readonly string[], seed: number): string[] {
  const sampler = sampleMatched(seed);
  for (const id of order) sampler.add(id, side('rust', [json('{}')]), defaultCompare);
  return sampler.samples().map((one) => one.case);
}

describe('the sample of matched responses', () => {
  it('holds forty, however many there were', () => {
    expect(new Set(sampled(ids, 1)).size).toBe(40);
  });

  it('is the same whatever the order in which cases finish', () => {
    expect(sampled(ids.toReversed(), 1)).toEqual(sampled(ids, 1));
  });

  it('is another one for another seed, from all over the library', () => {
    expect(sampled(ids, 2)).not.toEqual(sampled(ids, 1));
    expect(sampled(ids, 1).some((id) => ids.indexOf(id) >= 150)).toBe(true);
  });

  it('takes each step, but no failure and no body over 1 MiB', () => {
    const sampler = sampleMatched(1);
    const big = response({ body: Buffer.alloc(1024 * 1024 + 1) });
    const answers = side('rust', [json('{}'), failure('lost', 'timeout-total'), big, json('[]')]);
    sampler.add('suite/steps', answers, defaultCompare);
    const found = sampler.samples().map(({ exchange, origin }) => [exchange, origin]);
    expect(found.sort()).toEqual([
      [0, 'http://rust.test'],
      [3, 'http://rust.test'],
    ]);
  });
});
