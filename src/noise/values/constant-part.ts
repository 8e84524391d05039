import { maxTokenDiffLength } from '../../compare/limits.ts';
import { type Pieces, pieceMakers } from '../../compare/values/token-diff.ts';

/** Stands for what varies in a text. It is a letter, so that it counts as a word; hardly any text has it. */
const mark = '\u{a66e}';

type Two = readonly [a: string, b: string];

/**
 * Takes what two sides said at one place, each again and again; returns the first text of each with a mark for each stretch that is
 * another one in another text of its side. Null where it cannot be told which these are, and where nothing else differs.
 */
export function steadyTexts(a: readonly string[], b: readonly string[]): Two | null {
  if ([...a, ...b].some((text) => text.length > maxTokenDiffLength)) return null;
  for (const pieces of pieceMakers) {
    const [x, y] = [steadyText(a, pieces), steadyText(b, pieces)];
    if (x !== null && y !== null) return x === y ? null : [x, y];
  }
  return null;
}

/** Text of `steadyTexts` for a person to read. */
export function readable(text: string): string {
  return text.replaceAll(mark, '…');
}

/** Null if the texts have not all the same number of pieces. */
function steadyText([first = '', ...others]: readonly string[], piecesOf: (text: string) => Pieces): string | null {
  const pieces = piecesOf(first);
  const varies = new Uint8Array(pieces.length);
  for (const other of others) {
    const again = piecesOf(other);
    if (again.length !== pieces.length) return null;
    for (const [at, piece] of again.entries()) if (piece !== pieces[at]) varies[at] = 1;
  }
  const steady = (piece: string, at: number) => (varies[at] === 0 ? piece : varies[at - 1] === 1 ? '' : mark);
  return pieces.map(steady).join('');
}
