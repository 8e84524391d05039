import { maxPairs, maxTokenDiffLength } from '../limits.ts';
import { haveOtherForms, haveOtherTraits } from './text-traits.ts';
import { type TargetClocks, tellOtherTimes } from './timestamps.ts';
import { charsetsDiffer } from './token-charset.ts';
import { textFormat } from './value-format.ts';
import { otherWords } from './word-order.ts';

/** What changes as a whole: signed tokens, UUIDs, dates, times of day, numbers with a point or a unit; then words, spaces, and each other character. */
const fine = new RegExp(
  [
    String.raw`eyJ[\w-]+\.[\w-]+\.[\w-]*`,
    '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
    String.raw`\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?)?`,
    String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT| [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})`,
    String.raw`\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?`,
    String.raw`\d+(?:\.\d+)+`,
    String.raw`(?<![\p{L}\p{N}])\d+(?=(?:ns|[µuμm]?s|sec|min|h|[kKMGT]i?B|B|px|%)(?![\p{L}\p{N}]))`,
    String.raw`[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]`,
  ].join('|'),
  'gu',
);
/** A token of base64 or of a path is one piece: how many words are in it is chance. */
const coarse = /[\p{L}\p{N}_+/=.%~-]+|\s+|[^\p{L}\p{N}_+/=.%~\s-]/gu;
/** A line, or an entry of a list or of a query: what stands in one is no part of another, in whatever order they come. */
const entry = /[^\s;&?][^\n\r;&?]*/gu;

/** Pairs of pieces that may still be compared: about a quarter of a second for all texts of one comparison. */
export interface PairBudget {
  left: number;
}

/** The budget of one comparison. A difference that would go beyond counts, and so do all after it that have to be lined up. */
export function pairBudget(): PairBudget {
  return { left: 32_000_000 };
}

export type Pieces = readonly string[];

/** What two sides said at one place, each again and again. */
export interface Said {
  readonly a: readonly string[];
  readonly b: readonly string[];
  /** Every piece says something; else, where pieces have to be lined up, only those with a letter or a digit do. */
  readonly exact: boolean;
  readonly clocks: TargetClocks;
}

/**
 * Whether two sides agree in what stays the same from answer to answer: a piece that is the same in all texts of a side is the same in
 * all of the other, and one that varies does so on both, is of one format and tells no other time; and pieces that are shuffled are the
 * same on both. False where it cannot be told which pieces vary.
 */
export function agree({ a, b, exact, clocks }: Said, budget: PairBudget): boolean {
  const bare = withoutEnds([...a, ...b]);
  if (bare.some((text) => text.length > maxTokenDiffLength)) return false;
  const [x, y] = [bare.slice(0, a.length), bare.slice(a.length)];
  return agreeInPlace({ a: x, b: y, exact, clocks }, budget) && !shuffleOthers(x, y);
}

/** Whether both sides shuffle the pieces of their texts, and not the same ones. Short words may be a part of what is drawn. */
function shuffleOthers(a: readonly string[], b: readonly string[]): boolean {
  const words = columnsOf(a, b, fine) === null ? longPieces : wordsOf(fine);
  return [words, wordsOf(coarse), wordsOf(entry)].some(
    (pieces) => otherWords(a.map(pieces), b.map(pieces))[0].size > 0,
  );
}

function agreeInPlace({ a: x, b: y, exact, clocks }: Said, budget: PairBudget): boolean {
  const columns = columnsOf(x, y, fine);
  if (columns !== null)
    return columns.every(([p, q]) => vary(p) === vary(q) && (vary(p) ? areOfOneKind([p, q], clocks) : p[0] === q[0]));
  const broad = columnsOf(x, y, coarse);
  const alike = ([p, q]: Column) => endAlike(p, q) && haveInCommon([p, q], longPieces, budget) && !charsetsDiffer(p, q);
  if (broad !== null)
    return broad.every((column) => {
      const [p, q] = column;
      return vary(p) === vary(q) && (vary(p) ? alike(column) : p[0] === q[0]);
    });
  // Where each side has as many pieces each time, and not as many as the other, how many there are is no chance.
  if ([x, y].every((texts) => new Set(texts.map((text) => cut(text, coarse).length)).size === 1)) return false;
  const solid = exact ? (text: string) => cut(text, coarse) : wordsOf(coarse);
  return haveInCommon([x, y], solid, budget) && haveInCommon([x, y], longPieces, budget);
}

function wordsOf(pattern: RegExp): (text: string) => Pieces {
  return (text) => cut(text, pattern).filter((piece) => /[\p{L}\p{N}]/u.test(piece));
}

/** Words and numbers in a text that are too long to be in two random tokens by chance. */
export function longPieces(text: string): Pieces {
  return cut(text, fine).filter((piece) => /[\p{L}\p{N}]{3}/u.test(piece));
}

/** Whether what all texts of a side have in this order is the same on both; false where that is too much to look for. */
function haveInCommon(
  [a, b]: readonly [Pieces, Pieces],
  pieces: (text: string) => Pieces,
  budget: PairBudget,
): boolean {
  const [left, right] = [commonTo(a.map(pieces), budget), commonTo(b.map(pieces), budget)];
  return left !== null && right !== null && isSame(left, right);
}

function cut(text: string, pattern: RegExp): Pieces {
  return text.match(pattern) ?? [];
}

/** Ways to cut a text into pieces, the one that tells more of them apart first. */
export const pieceMakers: readonly ((text: string) => Pieces)[] = [fine, coarse].map(
  (pattern) => (text) => cut(text, pattern),
);

/** A word that the text ends in; with the day before it, where it may be the time of that day. */
const lastWord = /(?:\d{4}-\d\d-\d\d |[A-Z][a-z]{2}(?:, \d\d [A-Z][a-z]{2} \d{4}| [A-Z][a-z]{2} [ \d]\d) )?[^\s<>"]*$/;
/** Where a word that the text begins with ends; after the zone or the year, where it may be the time that these belong to. */
const afterWord = /(?! GMT| \d{4}(?!\d))[\s<>"]|$/;

/** The texts without what all of them begin and end with, up to where pieces end. */
function withoutEnds(texts: readonly string[]): readonly string[] {
  const head = commonLength(texts, (text, at) => text.charCodeAt(at));
  const from = texts[0]!.slice(0, head).search(lastWord);
  const tails = texts.map((text) => text.slice(from));
  const tail = commonLength(tails, (text, at) => text.charCodeAt(text.length - 1 - at));
  const kept = tail === 0 ? 0 : tails[0]!.slice(-tail).search(afterWord);
  return tails.map((text) => text.slice(0, text.length - tail + kept));
}

function commonLength(texts: readonly string[], at: (text: string, index: number) => number): number {
  const [first = '', ...others] = texts;
  const shortest = Math.min(...texts.map((text) => text.length));
  let length = 0;
  while (length < shortest && others.every((other) => at(other, length) === at(first, length))) length += 1;
  return length;
}

/** The pieces of the texts of two sides by where they are; null if the texts do not all have the same number of them. */
export function pieceColumns(a: readonly string[], b: readonly string[]): readonly Column[] | null {
  return columnsOf(a, b, fine);
}

type Column = readonly [a: Pieces, b: Pieces];

/** The pieces by where they stand; null if the texts have not all the same number of them. */
function columnsOf(a: readonly string[], b: readonly string[], pattern: RegExp): Column[] | null {
  const [x, y] = [a, b].map((texts) => texts.map((text) => cut(text, pattern)));
  const [first, ...others] = [...x!, ...y!];
  if (others.some((other) => other.length !== first!.length)) return null;
  return first!.map((_, at) => [x!.map((row) => row[at]!), y!.map((row) => row[at]!)]);
}

function vary(column: Pieces): boolean {
  return column.some((piece) => piece !== column[0]);
}

/** Pieces that vary are written in one format, where each side has one, and are not times that stay apart. */
function areOfOneKind([a, b]: Column, clocks: TargetClocks): boolean {
  const [f, g] = [a, b].map((pieces) => [...new Set(pieces.map(textFormat))]);
  const areOther = f![0] === null ? haveOtherTraits : haveOtherForms;
  const isOther = f!.length === 1 && g!.length === 1 && (f![0] !== g![0] || areOther(a, b));
  const quoted = (pieces: Pieces) => pieces.map((piece) => `"${piece}"`);
  return !isOther && !tellOtherTimes([quoted(a), quoted(b)], clocks);
}

/** Tokens that vary begin and end with the same words, on either side; the padding of base64 goes with the length, and says nothing. */
function endAlike(a: Pieces, b: Pieces): boolean {
  const [x, y] = [a, b].map((tokens) => tokens.map((token) => cut(token.replace(/=+$/, ''), fine)));
  const [p, q] = [headOf(x!), headOf(y!)];
  const [s, t] = [x!, y!].map((rows) => headOf(rows.map((row) => row.toReversed())));
  return isSame(p, q) && isSame(s!, t!);
}

/** What all of them begin with. */
function headOf(rows: readonly Pieces[]): Pieces {
  const [first = [], ...others] = rows;
  const end = first.findIndex((piece, at) => others.some((other) => other[at] !== piece));
  return end === -1 ? first : first.slice(0, end);
}

function isSame(a: Pieces, b: Pieces): boolean {
  return a.length === b.length && a.every((piece, at) => piece === b[at]);
}

/** The longest list of pieces that all have in this order, found pair by pair; null if that is too much to look for. */
function commonTo([first = [], ...others]: readonly Pieces[], budget: PairBudget): Pieces | null {
  let common = first;
  for (const other of others) {
    const pairs = common.length * other.length;
    budget.left = pairs > budget.left ? 0 : budget.left - pairs;
    if (pairs > maxPairs || budget.left === 0) return null;
    common = longestCommon(common, other);
  }
  return common;
}

function longestCommon(a: Pieces, b: Pieces): Pieces {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const beside = Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
      lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1]! + 1 : beside;
    }
  const common: string[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      common.push(a[i]!);
      i += 1;
      j += 1;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return common;
}
