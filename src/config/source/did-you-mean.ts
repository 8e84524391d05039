import { maxWord } from '../limits.ts';

/** Takes a word and the words that would have been right; returns `did you mean \`x\`?` for the closest within a third of its length, else undefined. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const closest = closestWord(word, known);
  return closest === null ? undefined : `did you mean \`${closest}\`?`;
}

/** Takes a word and candidates; returns the candidate with the smallest edit distance, case aside, or null if none is near. */
export function closestWord(word: string, known: readonly string[]): string | null {
  if (word.length > maxWord) return null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Takes any text; returns it in double quotes, escaped as JSON and cut at 60 characters, for a message. */
export function quoteForMessage(text: string): string {
  return JSON.stringify(text.length > maxWord ? `${text.slice(0, maxWord)}…` : text);
}

/** Optimal string alignment: insert, delete, replace, swap of neighbours. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next[column] = Math.min(
        last[column]! + 1,
        next[column - 1]! + 1,
        last[column - 1]! + (same ? 0 : 1),
        swapped ? before[column - 2]! + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, next];
  }
  return last[b.length]!;
}
