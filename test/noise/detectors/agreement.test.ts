import { expect, it } from 'vitest';
import { type Random, seededRandom } from '../../../src/assurance/seeded-random.ts';
import { defaultCompare } from '../../../src/config/rules.ts';
import type { Sampled } from '../../../src/noise/evidence/self-diff.ts';
import { settle } from '../../../src/noise/subtract-noise.ts';
import { json, side } from '../../compare/exchanges.ts';

/** What a case of two steps is answered. */
type Answer = (random: Random, sample: number) => readonly [unknown, unknown];

/** Twelve samples of each side; what still diverges: the step, the pointer and the detector. */
function compare(reference: Answer, candidate: Answer): (string | undefined)[] {
  const random = seededRandom('two steps');
  const sampled = (answer: Answer, from: number): Sampled => {
    const bodies = Array.from({ length: 12 }, (_, sample) => answer(random, from + sample));
    const [first, ...more] = bodies.map((steps) =>
      side(
        'x',
        steps.map((body) => json(JSON.stringify(body))),
      ),
    );
    return { first: first!, more };
  };
  const { comparison } = settle(sampled(reference, 0), sampled(candidate, 20), defaultCompare);
  return comparison.divergences
    .filter(({ rung }) => rung !== 'wire')
    .map(({ exchange, pointer, detector }) => `${exchange} ${pointer} ${detector}`);
}

const code = (random: Random) => `c${random(900_000) + 100_000}`;
const time = (random: Random, sample: number, digits: number) =>
  `${new Date(1_790_000_000_000 + sample * 5000 + random(900)).toISOString().slice(0, digits)}Z`;
const milliseconds = 23;
const seconds = 19;

const keepsCode: Answer = (random) => {
  const one = code(random);
  return [{ code: one }, { code: one }];
};
const newCode: Answer = (random) => [{ code: code(random) }, { code: code(random) }];
const inText: Answer = (random) => {
  const one = code(random);
  return [{ code: one }, { text: `order ${one} is open` }];
};
const inTextNew: Answer = (random) => [{ code: code(random) }, { text: `order ${code(random)} is open` }];
const keepsTime =
  (digits: number): Answer =>
  (random, sample) => {
    const one = time(random, sample, digits);
    return [{ at: one }, { at: one }];
  };
const newTime =
  (digits: number): Answer =>
  (random, sample) => [{ at: time(random, sample, digits) }, { at: time(random, sample + 1, digits) }];

it.each<readonly [string, Answer, Answer, readonly string[]]>([
  ['both keep a generated code', keepsCode, keepsCode, []],
  ['both generate another code', newCode, newCode, []],
  ['one keeps a code and the other generates another', keepsCode, newCode, ['1 /code agreement']],
  ['one has the code of the first step in a text, and the other another', inText, inTextNew, ['1 /text agreement']],
  [
    'one keeps a time in milliseconds and the other has a new one',
    keepsTime(milliseconds),
    newTime(milliseconds),
    ['1 /at agreement'],
  ],
  ['the times have whole seconds only, which may be equal by chance', keepsTime(seconds), newTime(seconds), []],
])('Two steps are compared by whether the second agrees with the first: %s', (_, reference, candidate, expected) => {
  expect(compare(reference, candidate)).toEqual(expected);
  expect(compare(candidate, reference)).toEqual(expected);
});
