import { maxShownWords, minVocabularySamples } from '../limits.ts';
import type { Detector, Samples } from './detector.ts';
import { chanceOfScore, type Division, divisions } from './significance.ts';

const word = /^\p{L}[\p{L}\p{M} _'-]{0,39}$/u;

/**
 * Each side shows words of a small set, and no word of the other. Samples with a word in common belong to one group, and the chance is
 * that whole groups fall to one side: words that never come again prove nothing.
 */
export const vocabulary: Detector = {
  id: 'vocabulary',
  separate([a, b]) {
    if (![...a, ...b].every((sample) => sample.length > 0 && sample.every((value) => word.test(value)))) return null;
    const [ours, theirs] = [new Set(a.flat()), new Set(b.flat())];
    if ([...ours].some((one) => theirs.has(one))) return null;
    const sizes = groupSizes([...a, ...b]);
    const isOpenSet = a.length >= minVocabularySamples && sizes.every((size) => size === 1);
    if (isOpenSet) return null;
    const groups = sizes.map((size) => divisions(size, isWhole));
    return { properties: [listed(ours), listed(theirs)], chance: chanceOfScore(groups, a.length, 0) };
  },
};

const isWhole = ({ taken, left }: Division) => (taken === 0 || left === 0 ? 0 : Number.NEGATIVE_INFINITY);

function listed(words: ReadonlySet<string>): string {
  const shown = [...words].sort().slice(0, maxShownWords);
  return `one of: ${shown.join(', ')}${words.size > shown.length ? ', …' : ''}`;
}

/** How many samples hang together by words that they have in common. */
function groupSizes(samples: Samples): number[] {
  let groups: { words: Set<string>; size: number }[] = [];
  for (const sample of samples) {
    const joined = groups.filter(({ words }) => sample.some((one) => words.has(one)));
    const words = new Set([...sample, ...joined.flatMap((group) => [...group.words])]);
    const size = joined.reduce((sum, group) => sum + group.size, 1);
    groups = [...groups.filter((group) => !joined.includes(group)), { words, size }];
  }
  return groups.map(({ size }) => size);
}
