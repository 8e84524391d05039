import { type Rung, rungs } from '../config/rules.ts';
import { markOf, shortHash, withMark } from './mark.ts';

/** A row lists this many of its cases at most; of more, those whose hashes come first stand for all. */
const mostCases = 40;
const hashLength = 6;
/** And so many of the lists and objects in which their divergence is. */
const mostShapes = 6;
const shapeLength = 5;

type FineRung = Extract<Rung, 'value' | 'wire'>;

/** The cases of a row by hash, sorted; all of them if `count` is their number. */
export interface OwnCases {
  readonly count: number;
  readonly hashes: readonly string[];
  /** The rung that their divergence breaks, where it is a finer one than the shape. */
  readonly rung: FineRung | null;
  /** Classes of the status codes with which the reference answered where they showed it, sorted; none where that is not known. */
  readonly answered: readonly string[];
  /** The lists and objects of bodies in which their divergence is, by hash of their shape, sorted. */
  readonly within: readonly string[];
}

/** The shape of a list or an object in, what stands for it in a row out. */
export function shapeHash(pointer: string): string {
  return shortHash(pointer, shapeLength);
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

/** Ids of cases and the lowest rung that they break in, as a row keeps them out. */
export function ownCases({ cases, rung, answered = [], within = [] }: Shown): OwnCases {
  const hashes = firstOf(cases.map(caseHash), mostCases);
  const shapes = firstOf(within.map(shapeHash), mostShapes);
  return { count: cases.length, hashes, rung: fineRung(rung), answered, within: shapes };
}

interface Shown {
  readonly cases: readonly string[];
  readonly rung: Rung | null;
  /** Absent where it is not known. */
  readonly answered?: readonly string[];
  readonly within?: readonly string[];
}

function fineRung(rung: string | null | undefined): FineRung | null {
  return rung === 'value' || rung === 'wire' ? rung : null;
}

/** The source of a Cases cell and its number in, the cases that it lists out; null if it lists none. */
export function readOwnCases(source: string, count: number): OwnCases | null {
  const text = markOf(source, 'cases');
  if (text === null) return null;
  const [hashes = '', ...marks] = text.split('; ');
  const rung = marks.map(fineRung).find((one) => one !== null) ?? null;
  const answered = marks.flatMap((mark) => mark.split(' ')).filter((word) => /^[1-9]xx$/.test(word));
  const within = marks.flatMap((mark) => (mark.startsWith('in ') ? mark.split(' ').slice(1) : []));
  return { count, hashes: hashes.split(' ').filter((hash) => hash !== ''), rung, answered, within };
}

/** Cases in, the source of their cell out. */
export function casesCell({ count, hashes, rung, answered, within }: OwnCases): string {
  const marks = [
    hashes.join(' '),
    ...(rung === null ? [] : [rung]),
    ...(answered.length === 0 ? [] : [answered.join(' ')]),
    ...(within.length === 0 ? [] : [`in ${within.join(' ')}`]),
  ];
  return withMark(String(count), 'cases', marks.join('; '));
}

/** Two lists of one finding's cases in, both as one out: their number is exact as long as all are listed. The finer rung counts. */
export function joinCases(a: OwnCases, b: OwnCases): OwnCases {
  const hashes = [...new Set([...a.hashes, ...b.hashes])];
  const known = hashes.length <= mostCases ? hashes.length : 0;
  const rung = rungs.findLast((one) => one === a.rung || one === b.rung);
  return {
    count: Math.max(a.count, b.count, known),
    hashes: firstOf(hashes, mostCases),
    rung: fineRung(rung),
    answered: [...new Set([...a.answered, ...b.answered])].sort(),
    within: firstOf([...a.within, ...b.within], mostShapes),
  };
}

function firstOf(hashes: readonly string[], most: number): string[] {
  return [...new Set(hashes)].sort().slice(0, most);
}
