/** Words that one side has in all of its answers, and the other in none of its. */
export type OtherWords = readonly [reference: ReadonlySet<string>, candidate: ReadonlySet<string>];

const none: OtherWords = [new Set(), new Set()];

/** The words of each answer of a side, as they stand. */
type Said = readonly (readonly string[])[];

/**
 * Looks where both sides say the same words each time, but in another order: nothing stands in its place there, and only what is said at
 * all can be held against the other side. Each side must have a word of its own, and hardly any that come and go: of words that are drawn
 * from a few, some are in all answers of one side by chance. Nor is it told of words that keep their order, as the last lines of a log do.
 */
export function otherWords(a: Said, b: Said): OtherWords {
  const [x, y] = [numbered(a), numbered(b)];
  const [ours, theirs] = [shuffledIn(x), shuffledIn(y)];
  if (ours === null || theirs === null) return none;
  const [p, q] = [notIn(ours, y), notIn(theirs, x)];
  return p.size === 0 || q.size === 0 ? none : [p, q];
}

/** Each word with how often it came before: two of one word are not one of it. */
function numbered(answers: Said): string[][] {
  return answers.map((words) => {
    const counts = new Map<string, number>();
    return words.map((word) => {
      const count = counts.get(word) ?? 0;
      counts.set(word, count + 1);
      return `${count} ${word}`;
    });
  });
}

/** The words that are in all answers; null if these keep their order, or fewer of them are than of those that are in some. */
function shuffledIn(answers: Said): readonly string[] | null {
  const counts = new Map<string, number>();
  for (const word of answers.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const isSteady = (word: string) => counts.get(word) === answers.length;
  const [first = [], ...others] = answers.map((words) => words.filter(isSteady));
  const drawn = [...counts.values()].filter((count) => count > 1 && count < answers.length).length;
  const isMoved = others.some((other) => other.some((word, at) => word !== first[at]));
  return isMoved && first.length >= drawn ? first : null;
}

function notIn(words: readonly string[], answers: Said): ReadonlySet<string> {
  const said = new Set(answers.flat());
  return new Set(words.flatMap((word) => (said.has(word) ? [] : [word.slice(word.indexOf(' ') + 1)])));
}
