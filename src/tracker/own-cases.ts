import { markOf, shortHash, withMark } from './mark.ts';

/** A row lists this many of its cases at most; of more, those whose hashes come first stand for all. */
const mostCases = 40;
const hashLength = 6;

/** The cases of a row by hash, sorted; all of them if `count` is their number. */
export interface OwnCases {
  readonly count: number;
  readonly hashes: readonly string[];
}

/** The id of a case in, what stands for it in a row out. */
export function caseHash(id: string): string {
  return shortHash(id, hashLength);
}

/** What stands for a case as a number, which takes less room. */
export function hashNumber(hash: string): number {
  return Number.parseInt(hash, 36);
}

/** The same as a row shows it. */
export function hashText(number: number): string {
  return number.toString(36).padStart(hashLength, '0');
}

/** Ids of cases in, as a row keeps them out. */
export function ownCases(ids: readonly string[]): OwnCases {
  return { count: ids.length, hashes: firstOf(ids.map(caseHash)) };
}

/** The source of a Cases cell and its number in, the cases that it lists out; null if it lists none. */
export function readOwnCases(source: string, count: number): OwnCases | null {
  const text = markOf(source, 'cases');
  return text === null ? null : { count, hashes: text.split(' ').filter((hash) => hash !== '') };
}

/** Cases in, the source of their cell out. */
export function casesCell({ count, hashes }: OwnCases): string {
  return withMark(String(count), 'cases', hashes.join(' '));
}

/** Two lists of one finding's cases in, both as one out: their number is exact as long as all are listed. */
export function joinCases(a: OwnCases, b: OwnCases): OwnCases {
  const hashes = [...new Set([...a.hashes, ...b.hashes])];
  const known = hashes.length <= mostCases ? hashes.length : 0;
  return { count: Math.max(a.count, b.count, known), hashes: firstOf(hashes) };
}

function firstOf(hashes: readonly string[]): string[] {
  return [...new Set(hashes)].sort().slice(0, mostCases);
}
