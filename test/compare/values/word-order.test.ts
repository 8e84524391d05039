import { expect, it } from 'vitest';
import { otherWords } from '../../../src/compare/values/word-order.ts';

const words = (...answers: readonly string[]) => answers.map((answer) => answer.split(' '));

it.each<readonly [string, readonly string[], readonly string[], readonly [string, string]]>([
  ['of a set', ['a b c', 'c a b'], ['b a d', 'd b a'], ['c', 'd']],
  ['of more than one', ['a b c', 'c a b'], ['e a d', 'd e a'], ['b c', 'd e']],
  ['of two that are one word', ['a b b', 'b a b'], ['b a a', 'a b a'], ['b', 'a']],
  ['beside what is generated', ['a b 1', '2 b a'], ['c 3 a', 'a 4 c'], ['b', 'c']],
  ['not where one side has no word of its own', ['a b c', 'c a b'], ['b a 1', '2 b a'], ['', '']],
  ['not where they keep their order', ['a b 1', 'b 2 c b'], ['c d 1', 'c 2 d'], ['', '']],
  ['not where the same are there', ['a b', 'b a'], ['b a', 'a b'], ['', '']],
  [
    'not where more come and go',
    ['a p q x y', 'b a q z y', 'x a b z p'],
    ['c p q x y', 'b c q z y', 'x c b z p'],
    ['', ''],
  ],
])('words that one side alone shuffles are told: %s', (_, a, b, expected) => {
  const told = (x: readonly string[], y: readonly string[]) =>
    otherWords(words(...x), words(...y)).map((all) => [...all].sort().join(' '));
  expect(told(a, b)).toEqual(expected);
  expect(told(b, a)).toEqual(expected.toReversed());
});
