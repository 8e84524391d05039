import { describe, expect, it } from 'vitest';
import { dependencyBetween } from '../../../src/noise/arrays/functional-dependency.ts';
import type { Item } from '../../../src/noise/arrays/items.ts';

/** Items with a letter at `/x` and one at `/y`, by the pairs of a text: `aA bB`. A dot is nothing. */
const items = (text: string): Item[] =>
  text
    .split(' ')
    .map((pair) => new Map([...'xy'].flatMap((name, at) => (pair[at] === '.' ? [] : [[`/${name}`, pair[at]!]]))));

describe('what stands at the other of two places', () => {
  it.each([
    ['goes with the one where it is the same again and again', 'aA bB cC dD aA bB cC dD aA bB cC dD', 'always'],
    ['may do so where that is chance', 'aA bB cC aA', 'perhaps'],
    ['may do so where nothing else is there', 'aA bA aA bA aA bA aA bA aA bA', 'perhaps'],
    ['is not seen to where nothing comes again', 'aA bB cC dD', 'unseen'],
    ['does not where it once is another', 'aA bB cC dD aA bB cC dD aA bB cC dA', 'not'],
    ['goes with it wherever both stand', 'aA bB cC dD aA bB cC dD aA b. cC dD .A', 'always'],
    ['is not seen where there is nothing', 'a. b. .C', 'unseen'],
  ])('%s', (_, text, expected) => {
    expect(dependencyBetween(items(text), items('aB bC'))('/x', '/y')[0]).toBe(expected);
    expect(dependencyBetween(items('aB bC'), items(text))('/x', '/y')[1]).toBe(expected);
  });

  it('goes with it on both sides together where each shows too little', () => {
    const few = 'aA bB cC dD aA';
    const goes = dependencyBetween(items(few), items('bB cC dD eE bB cC'));
    expect(goes('/x', '/y')).toEqual(['perhaps', 'perhaps', 'always']);
    expect(goes('/y', '/x')).toEqual(['perhaps', 'perhaps', 'always']);
  });

  it('does not on both together where each says something else', () => {
    const goes = dependencyBetween(items('aA bB cC dD aA bB cC dD'), items('aA bB cX dD aA bB cX dD'));
    expect(goes('/x', '/y')).toEqual(['perhaps', 'perhaps', 'not']);
  });
});
