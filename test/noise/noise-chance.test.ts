import { describe, expect, it } from 'vitest';
import { defaultCompare } from '../../src/config/rules.ts';
import type { Sampled } from '../../src/noise/evidence/self-diff.ts';
import { settle } from '../../src/noise/subtract-noise.ts';
import { json, side } from '../compare/exchanges.ts';

type Answers = readonly unknown[];

/** What differs between two targets by what each answered, and where noise was forgiven. */
function settled(reference: Answers, candidate: Answers) {
  const sampled = (name: string, answers: Answers): Sampled => {
    const [first, ...more] = answers.map((body) => side(name, [json(JSON.stringify(body))]));
    return { first: first!, more };
  };
  const { comparison, noise } = settle(sampled('rust', reference), sampled('go', candidate), defaultCompare);
  const left = comparison.divergences.filter(({ rung }) => rung !== 'wire');
  return {
    left: left.map(({ kind, pointer, noisy }) => [kind, pointer, ...(noisy === undefined ? [] : [noisy])].join(' ')),
    noise: noise.map(({ what, pointer }) => `${what} ${pointer}`),
  };
}

const other = { reference: 'candidate', candidate: 'reference' } as const;

/** A finding with its sides swapped. */
function mirrored(text: string): string {
  return text.replace(/ (reference|candidate)$/, (_, noisy: keyof typeof other) => ` ${other[noisy]}`);
}

type Row = readonly [string, Answers, Answers, left: readonly string[], noise: readonly string[]];

function check(reference: Answers, candidate: Answers, [left, noise]: readonly [readonly string[], readonly string[]]) {
  expect(settled(reference, candidate)).toEqual({ left, noise });
  expect(settled(candidate, reference)).toEqual({ left: left.map(mirrored), noise });
}

/** Answers with lists in items: the letters of each text. */
const lists = (...answers: readonly (readonly string[])[]): Answers =>
  answers.map((items) => items.map((tags, at) => ({ id: at, tags: [...tags] })));
/** Answers with a value in each item. */
const values = (...answers: readonly (readonly unknown[])[]): Answers =>
  answers.map((items) => items.map((v, at) => ({ k: 'abcdefgh'[at], v })));

describe('short lists in items', () => {
  it.each<Row>([
    [
      'are shuffled where one came in one order by chance',
      lists(['ab', 'ab'], ['ba', 'ab']),
      lists(['ab', 'ba'], ['ba', 'ab']),
      [],
      ['order /*/tags'],
    ],
    [
      'keep an order that both sides keep',
      lists(['ab', 'ab'], ['ba', 'ab']),
      lists(['ab', 'ba'], ['ba', 'ba']),
      ['order /1/tags'],
      ['order /0/tags'],
    ],
    [
      'are steady where none of their like is shuffled',
      lists(['ab', 'ab'], ['ab', 'ab']),
      lists(['ab', 'ba'], ['ba', 'ab']),
      ['order /1/tags candidate'],
      [],
    ],
    [
      'not long ones',
      lists(['ab', 'abcdef'], ['ba', 'abcdef']),
      lists(['ab', 'bcdefa'], ['ba', 'cdefab']),
      ['order /1/tags candidate'],
      ['order /0/tags'],
    ],
    [
      'not where the items are others',
      lists(['ab', 'ab'], ['ba', 'ab']),
      lists(['ab', 'cb'], ['ba', 'bc']),
      ['value /1/tags/0'],
      ['order /*/tags'],
    ],
  ])('%s', (_, reference, candidate, left, noise) => check(reference, candidate, [left, noise]));
});

describe('one of few values in items', () => {
  it.each<Row>([
    [
      'is noise where it was the same by chance',
      values([true, true, false], [false, true, true]),
      values([true, false, false], [false, true, true]),
      [],
      ['value /*/v'],
    ],
    [
      'and words are',
      values(['busy', 'calm', 'gone'], ['calm', 'calm', 'busy'], ['gone', 'calm', 'calm']),
      values(['busy', 'gone', 'gone'], ['calm', 'busy', 'busy'], ['gone', 'busy', 'calm']),
      [],
      ['value /*/v'],
    ],
    [
      'counts where both sides keep it',
      values([true, true], [false, true]),
      values([true, false], [false, false]),
      ['value /1/v'],
      [],
    ],
    [
      'is steady where it varies nowhere on that side',
      values([true, true], [true, true]),
      values([true, false], [false, true]),
      ['value /1/v candidate'],
      [],
    ],
    [
      'is steady where no other item says it',
      values([1, 7], [2, 7]),
      values([1, 2], [2, 1]),
      ['value /1/v candidate'],
      [],
    ],
    [
      'and where the other side says there what none of its like says',
      values([1, 2], [2, 2]),
      values([1, 7], [2, 8]),
      ['value /1/v candidate'],
      [],
    ],
    [
      'and where they are many',
      values([1, 2, 3, 4, 4], [4, 5, 6, 1, 4]),
      values([1, 2, 3, 4, 5], [4, 5, 6, 1, 6]),
      ['value /4/v candidate'],
      [],
    ],
  ])('%s', (_, reference, candidate, left, noise) => check(reference, candidate, [left, noise]));
});
