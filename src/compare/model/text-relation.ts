/** In what two texts differ, as acceptances hold it. */
export const relations = ['upper and lower case', 'marks and spaces', 'other words'] as const;

export type Relation = (typeof relations)[number];

/** In what two texts differ: letters in another case, other marks and spaces between the same words, or the words. */
export function relationOf(reference: string, candidate: string): Relation {
  const [a, b] = [reference.toLowerCase(), candidate.toLowerCase()];
  if (a === b) return 'upper and lower case';
  return wordsOf(a) === wordsOf(b) ? 'marks and spaces' : 'other words';
}

/** Letters and digits, signs of numbers and of currencies, and where one number ends and the next begins. */
function wordsOf(text: string): string {
  return text
    .replace(/(?<![\p{L}\p{N}])-(?=\d)/gu, '\u2212')
    .replace(/(?<=\d)[^\p{L}\p{N}\p{Sc}\p{Sm}]+(?=\d)/gu, '\0')
    .replace(/[^\p{L}\p{N}\p{Sc}\p{Sm}\0]/gu, '');
}
