import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../../src/assurance/seeded-random.ts';
import { defaultCompare } from '../../../src/config/rules.ts';
import type { Sampled } from '../../../src/noise/evidence/self-diff.ts';
import { settle } from '../../../src/noise/subtract-noise.ts';
import { json, side } from '../../compare/exchanges.ts';

type Answers = readonly unknown[];

/** What still diverges: kinds and pointers. */
function left(rust: Answers, go: Answers): string[] {
  const asked = (name: string, answers: Answers): Sampled => {
    const [first, ...more] = answers.map((one) => side(name, [json(JSON.stringify(one))]));
    return { first: first!, more };
  };
  const { comparison } = settle(asked('rust', rust), asked('go', go), defaultCompare);
  return comparison.divergences.filter(({ rung }) => rung !== 'wire').map(({ kind, pointer }) => `${kind} ${pointer}`);
}

describe('in a list of measurements numbers come again by chance', () => {
  it.each<readonly [string, Answers, Answers, readonly string[]]>([
    [
      'and are noise',
      [
        [3, 7, 7],
        [7, 1, 4],
        [2, 3, 7],
      ],
      [
        [7, 3, 9],
        [1, 1, 7],
        [3, 8, 2],
      ],
      [],
    ],
    [
      'in items',
      [
        [{ v: 3 }, { v: 7 }],
        [{ v: 7 }, { v: 1 }],
        [{ v: 2 }, { v: 5 }],
      ],
      [
        [{ v: 7 }, { v: 3 }],
        [{ v: 1 }, { v: 8 }],
        [{ v: 4 }, { v: 2 }],
      ],
      [],
    ],
    [
      'but for what one item says each time',
      [
        [3, 7, 8],
        [7, 1, 4],
        [2, 3, 7],
      ],
      [
        [7, 42, 9],
        [1, 42, 7],
        [3, 42, 2],
      ],
      ['value /1'],
    ],
    [
      'or of what sign it is',
      [
        [3, 7, 8],
        [7, 1, 4],
        [2, 3, 7],
      ],
      [
        [7, -3, 9],
        [1, -1, 7],
        [3, -7, 2],
      ],
      ['format /1'],
    ],
    [
      'not where they are all there again, in another order',
      [
        [3, 7, 8],
        [8, 3, 7],
        [7, 3, 8],
      ],
      [
        [3, 9, 8],
        [8, 9, 3],
        [9, 3, 8],
      ],
      ['value /1'],
    ],
    [
      'of two as well, where one stands elsewhere each time',
      [
        [1, 13],
        [19, 1],
        [16, 17],
        [14, 1],
        [10, 16],
        [2, 19],
      ],
      [
        [17, 2],
        [8, 17],
        [13, 13],
        [4, 7],
        [14, 11],
        [8, 19],
      ],
      [],
    ],
    [
      'not where each answer goes on where the one before it was',
      [
        [11, 12, 13],
        [12, 13, 14],
        [13, 14, 15],
      ],
      [
        [12, 13, 14],
        [13, 14, 15],
        [14, 15, 16],
      ],
      ['missing /0', 'extra /2'],
    ],
    [
      'nor with the newest first',
      [
        [13, 12, 11],
        [14, 13, 12],
        [15, 14, 13],
      ],
      [
        [14, 13, 12],
        [15, 14, 13],
        [16, 15, 14],
      ],
      ['missing /2', 'extra /0'],
    ],
    [
      'not where both sides say the same new ones',
      [
        [13, 17],
        [23, 27],
        [33, 37],
      ],
      [
        [17, 13],
        [43, 47],
        [53, 57],
      ],
      ['order '],
    ],
    [
      'nor where one side alone says something, here or there, in all of its answers',
      [
        [3, 7, 8],
        [7, 1, 4],
        [2, 3, 7],
      ],
      [
        [99, 3, 1],
        [1, 99, 7],
        [3, 8, 99],
      ],
      ['missing /2', 'extra /0', 'value /1'],
    ],
  ])('%s', (_, rust, go, expected) => {
    expect(left(rust, go)).toEqual(expected);
  });
});

/** Six answers with six items each. */
const six = (random: Random, item: (random: Random, at: number) => unknown): Answers =>
  Array.from({ length: 6 }, () => Array.from({ length: 6 }, (_, at) => item(random, at)));

type Item = (random: Random, at: number) => unknown;

const words = 'alpha bravo charlie delta echo foxtrot golf hotel india juliet'.split(' ');
const digit: Item = (random) => random(10);
const ofSensor: Item = (random, at) => ({ sensor: `s${at}`, value: random(10) });
const word: Item = (random) => ({ word: words[random(10)] });
const below: Item = (random) => ({ at: { x: random(20) } });

describe('of a hundred pairs of sides that draw in lists', () => {
  it.each<readonly [string, Item]>([
    ['digits', digit],
    ['digits of sensors', ofSensor],
    ['words', word],
    ['what stands further down', below],
  ])('nearly all match: %s', (_, item) => {
    const random = seededRandom('places');
    const found = Array.from({ length: 100 }, () => left(six(random, item), six(random, item)));
    expect(found.filter((one) => one.length > 0).length).toBeLessThan(5);
  });

  it.each<readonly [string, Item, Item]>([
    ['a digit', digit, (random, at) => (at === 2 ? 42 : random(10))],
    ['a sign', digit, (random, at) => (at === 2 ? -1 - random(10) : random(10))],
    ['a digit of a sensor', ofSensor, (random, at) => ({ sensor: `s${at}`, value: at === 2 ? 42 : random(10) })],
    ['a word', word, (random, at) => ({ word: at === 2 ? 'zulu' : words[random(10)] })],
  ])('nearly all diverge in %s of one item', (_, item, other) => {
    const random = seededRandom('one item');
    const found = Array.from({ length: 100 }, () => left(six(random, item), six(random, other)));
    expect(found.filter((one) => one.some((text) => text.includes('/2'))).length).toBeGreaterThan(95);
  });
});
