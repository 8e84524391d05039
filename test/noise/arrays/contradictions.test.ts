import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../../src/assurance/seeded-random.ts';
import { type CompareOptions, defaultCompare } from '../../../src/config/rules.ts';
import type { Sampled } from '../../../src/noise/evidence/self-diff.ts';
import { settle } from '../../../src/noise/subtract-noise.ts';
import { json, side } from '../../compare/exchanges.ts';

type Answers = readonly unknown[];

const asked = (name: string, answers: Answers, origin?: string): Sampled => {
  const [first, ...more] = answers.map((one) => {
    const answered = side(name, [json(JSON.stringify(one))]);
    return origin === undefined ? answered : { ...answered, origin };
  });
  return { first: first!, more };
};

/** What still diverges: kinds, pointers and both sides. */
function left(rust: Sampled, go: Sampled, options: Partial<CompareOptions> = {}): string[] {
  const { comparison } = settle(rust, go, { ...defaultCompare, ...options });
  return comparison.divergences
    .filter(({ rung }) => rung !== 'wire')
    .map(({ kind, pointer, reference, candidate }) => `${kind} ${pointer} ${reference} ${candidate}`);
}

interface Product {
  readonly id: number;
  readonly name: string;
  readonly price: number;
}

const words = 'anvil basin crate drill easel flask gauge hinge ingot joint'.split(' ');
const products: readonly Product[] = words.map((name, at) => ({ id: at + 1, name, price: (at * 7) % 5 }));

/** Six answers with some of the things in each. */
function six(random: Random, things: Answers, chosen: (random: Random, things: Answers) => Answers): Answers {
  return Array.from({ length: 6 }, () => chosen(random, things));
}

const four = (random: Random, things: Answers): Answers => {
  const left = [...things];
  return Array.from({ length: 4 }, () => left.splice(random(left.length), 1)[0]);
};
const again = (random: Random, things: Answers): Answers =>
  Array.from({ length: 5 }, () => things[random(things.length)]);

const asOther = (at: number, more: Partial<Product>) =>
  products.map((one, n) => (n === at ? { ...one, ...more } : one));

describe('of things that are chosen at random', () => {
  it.each([
    ['each once', four],
    ['again and again', again],
  ] as const)('nearly all match that are the same: %s', (_, chosen) => {
    const random = seededRandom('alike');
    const found = Array.from({ length: 100 }, () =>
      left(asked('rust', six(random, products, chosen)), asked('go', six(random, products, chosen))),
    );
    expect(found.filter((one) => one.length > 0).length).toBeLessThan(5);
  });

  it.each([
    ['another price', { price: 99 }, '/price 2 99'],
    ['another name', { name: 'quill' }, '/name "drill" "quill"'],
  ] as const)('what is said otherwise of one diverges: %s', (_, more, expected) => {
    const random = seededRandom('other');
    const others = asOther(3, { ...more });
    const asIs = products.map((one, at) => (at === 3 ? { ...one, price: 2 } : one));
    const found = Array.from({ length: 100 }, () =>
      left(asked('rust', six(random, asIs, four)), asked('go', six(random, others, four))),
    );
    expect(found.filter((one) => one.some((text) => text.endsWith(expected))).length).toBeGreaterThan(80);
  });

  it('takes no two things for one that have the same price', () => {
    const prices = { a: 29, b: 70, c: 19, d: 22, e: 3, f: 92, g: 23, h: 19 };
    type Key = keyof typeof prices;
    const answers = (...rows: readonly string[]): Answers =>
      rows.map((row) => [...row].map((key) => ({ key, rank: key.charCodeAt(0), price: prices[key as Key] })));
    const rust = asked('rust', answers('ag', 'gh', 'dg', 'ab', 'gd', 'eb'));
    const go = asked('go', answers('ge', 'cf', 'ce', 'bc', 'bc', 'da'));
    expect([left(rust, go), left(go, rust)]).toEqual([[], []]);
  });

  it('tells where an item of the first answer stands, and of another one all items', () => {
    const random = seededRandom('where');
    const others = asOther(3, { price: 99 });
    const found = Array.from({ length: 40 }, () =>
      left(asked('rust', six(random, products, four)), asked('go', six(random, others, four))),
    );
    const places = new Set(found.flat().map((text) => text.split(' ')[1]));
    expect([...places].sort()).toEqual(['/*/price', '/0/price', '/1/price', '/2/price', '/3/price']);
  });

  it.each<readonly [string, (one: Product, port: number) => unknown, Partial<CompareOptions>]>([
    [
      'an address on the target itself',
      (one, port) => ({ ...one, at: `http://127.0.0.1:${port}/p/${one.id}` }),
      { origins: true },
    ],
    [
      'what a rule leaves out',
      (one, port) => ({ ...one, at: `p${one.id}.${port}` }),
      { ignore: [{ pointer: '/*/at', keep: 'type', reason: null }] },
    ],
    [
      'what a tolerance forgives',
      (one, port) => ({ ...one, weight: one.id * 1000 + port / 1e6 }),
      { tolerance: [{ pointer: '/*/weight', absolute: 0.1, relative: null, reason: null }] },
    ],
  ])('but for %s', (_, as, options) => {
    const random = seededRandom('forgiven');
    const of = (port: number) => products.map((one) => as(one, port));
    const found = Array.from({ length: 50 }, () =>
      left(
        asked('rust', six(random, of(3100), four), 'http://127.0.0.1:3100'),
        asked('go', six(random, of(4110), four), 'http://127.0.0.1:4110'),
        options,
      ),
    );
    expect(found.filter((one) => one.length > 0).length).toBeLessThan(10);
  });

  it('are asked again until they show what goes with what', () => {
    const random = seededRandom('untold');
    const needsMoreSamples = { at: { exchange: 0, facet: 'body', pointer: '' }, moves: false, most: 4 };
    const seen = { open: 0, needsMoreSamples: 0, told: 0 };
    for (let round = 0; round < 50; round += 1) {
      const [a, b] = [six(random, products, four), six(random, products, four)];
      const open = (answers: number) =>
        settle(asked('rust', a.slice(0, answers)), asked('go', b.slice(0, answers)), defaultCompare).open.filter(
          ({ undecided }) => undecided === undefined,
        );
      if (open(2).length > 0) seen.open += 1;
      if (open(2).some(({ at }) => !('kind' in at))) {
        expect(open(2)).toContainEqual(needsMoreSamples);
        seen.needsMoreSamples += 1;
      }
      if (open(6).length === 0) seen.told += 1;
    }
    expect(seen.needsMoreSamples).toBeGreaterThan(1);
    expect(Math.min(seen.open, seen.told)).toBeGreaterThan(45);
  });
});
