import { type Rung, rungs } from '../../config/rules.ts';
import { shortHash } from '../../structures/short-hash.ts';
import { maxKeys, maxOthers, maxRowCasesListed, maxShapes } from '../limits.ts';
import { markOf, withMark } from './hidden-comment.ts';

const hashLength = 6;
/** Length of the hash of what a case asks for, in characters. */
export const askedLength = 4;
const otherHashLength = 5;
/** Instead of more. */
const tooMany = '+';

type FineRung = Extract<Rung, 'value' | 'wire'>;

/** What a row keeps of a case. Empty is what is not known. */
export interface OwnCase {
  /** The classes of status codes that the reference answered with, see `statusClasses`. */
  readonly statuses: string;
  /** What it asked for, see `askedBy`. */
  readonly asked: string;
  /** The keys of its divergences in it, see `divergenceKey`; sorted. */
  readonly keys: readonly string[];
}

/** The cases of a row; all of them if `count` is their number. */
export interface OwnCases {
  readonly count: number;
  /** By hash, in order. */
  readonly cases: ReadonlyMap<string, OwnCase>;
  /** The rung that their divergence breaks, where it is a finer one than the shape. */
  readonly rung: FineRung | null;
  /** What an answer must have for their divergence to show (see `hashAround`), sorted. */
  readonly within: readonly string[];
  /** The findings that stood at the place of theirs, above it or below, in the same cases (see `besideHash`); sorted. */
  readonly beside: readonly string[];
  /** The keys of its divergences, over all its cases; sorted. */
  readonly keys: readonly string[];
  /** The fingerprint of the finding; null where the row does not say it. */
  readonly fingerprint: string | null;
}

/** What a Cases cell says in, the number of cases out; null if it is none. */
export function caseCount(cell: string | null): number | null {
  return cell !== null && /^\d{1,9}$/.test(cell) ? Number(cell) : null;
}

/** The id of a case in, what stands for it in a row out. */
export function caseHash(id: string): string {
  return shortHash(id, hashLength);
}

/** What stands for a case, and what it asks for, as one number, which takes less room. */
export function caseNumber(hash: string, asked: string): number {
  return Number.parseInt(hash + asked, 36);
}

/** The same as rows show it. */
export function numberedCase(number: number): { readonly hash: string; readonly asked: string } {
  const text = number.toString(36).padStart(hashLength + askedLength, '0');
  return { hash: text.slice(0, hashLength), asked: text.slice(hashLength) };
}

/** What a finding says of its cases. */
interface Shown {
  readonly cases: readonly string[];
  readonly rung: Rung | null;
  /** Of each case; absent where it is not known. */
  readonly statuses?: readonly string[];
  readonly within?: readonly string[];
  /** Of each case. */
  readonly keys?: readonly (readonly string[])[];
  readonly fingerprint?: string;
}

/** The id of a finding in, what stands for it in the row of another one out. */
export function otherCasesHash(id: string): string {
  return shortHash(id, otherHashLength);
}

/** Whether a row holds all that stood by it. */
export function areOthersKnown({ beside }: OwnCases): boolean {
  return !beside.includes(tooMany);
}

/** The cases of a row and the ids of all findings that stand by it in, what the row keeps of both out. */
export function withOthers(own: OwnCases, ids: readonly string[]): OwnCases {
  return { ...own, beside: ids.length > maxOthers ? [tooMany] : someOthers(ids.map(otherCasesHash)) };
}

function someOthers(hashes: readonly string[]): string[] {
  const all = [...new Set(hashes)].sort();
  return all.length > maxOthers || all.includes(tooMany) ? [tooMany] : all;
}

/** A row that says how many cases it has, and nothing more of them. */
export function noCases(count: number): OwnCases {
  return { count, cases: new Map(), rung: null, within: [], beside: [], keys: [], fingerprint: null };
}

/** Ids of cases and what their divergence breaks and is in, as a row keeps them out. */
export function ownCases({ cases, rung, statuses = [], within = [], keys = [], fingerprint = '' }: Shown): OwnCases {
  const kept = firstKeys(keys);
  const hashed = cases.map((id, at) => {
    const own = (keys[at] ?? []).filter((key) => kept.has(key));
    return [caseHash(id), { statuses: statuses[at] ?? '', asked: '', keys: own }] as const;
  });
  return {
    count: cases.length,
    cases: firstCases(hashed),
    rung: fineRung(rung),
    within: firstShapes(within),
    beside: [],
    keys: [...kept],
    fingerprint: kept.size > 0 && isFingerprint.test(fingerprint) ? fingerprint : null,
  };
}

const isFingerprint = /^[0-9a-f]{64}$/;

function firstKeys(lists: Iterable<readonly string[]>): ReadonlySet<string> {
  const all = new Set<string>();
  for (const keys of new Set(lists)) for (const key of keys) all.add(key);
  return new Set([...all].sort().slice(0, maxKeys));
}

function fineRung(rung: string | null | undefined): FineRung | null {
  return rung === 'value' || rung === 'wire' ? rung : null;
}

/** The source of a Cases cell and its number in, the cases that it lists out; null if it lists none. */
export function readOwnCases(source: string, count: number): OwnCases | null {
  const text = markOf(source, 'cases');
  if (text === null) return null;
  const [hashes = '', ...marks] = text.split('; ');
  const listed = (name: string) =>
    marks.flatMap((mark) => (mark.startsWith(`${name} `) ? mark.split(' ').slice(1) : []));
  const keys = listed('at');
  const cases = hashes.split(' ').flatMap((word) => {
    const [hash = '', statuses = '', asked = '', places = ''] = word.split(':');
    return hash === '' ? [] : [[hash, { statuses, asked, keys: keysAt(places, keys) }] as const];
  });
  const rung = marks.map(fineRung).find((one) => one !== null) ?? null;
  const fingerprint = listed('is').find((one) => isFingerprint.test(one)) ?? null;
  return { count, cases: new Map(cases), rung, within: listed('in'), beside: listed('by'), keys, fingerprint };
}

/** Cases in, the source of their cell out. */
export function casesCell({ count, cases, rung, within, beside, keys, fingerprint }: OwnCases): string {
  const listed = Array.from(cases, ([hash, own]) =>
    `${hash}:${own.statuses}:${own.asked}:${placesOf(own.keys, keys)}`.replace(/:+$/, ''),
  );
  const marks = [
    listed.join(' '),
    ...(rung === null ? [] : [rung]),
    ...(within.length === 0 ? [] : [`in ${within.join(' ')}`]),
    ...(beside.length === 0 ? [] : [`by ${beside.join(' ')}`]),
    ...(keys.length === 0 ? [] : [`at ${keys.join(' ')}`]),
    ...(fingerprint === null ? [] : [`is ${fingerprint}`]),
  ];
  return withMark(String(count), 'cases', marks.join('; '));
}

const noKeys = '-';

/** The places of some keys in the list of all; empty for all of them. */
function placesOf(own: readonly string[], all: readonly string[]): string {
  if (own.length === all.length) return '';
  return all.flatMap((key, at) => (own.includes(key) ? [String(at)] : [])).join('+') || noKeys;
}

function keysAt(places: string, all: readonly string[]): readonly string[] {
  return places === '' ? all : places.split('+').flatMap((place) => all[Number(place)] ?? []);
}

/** Two lists of one finding's cases in, the later one last, both as one out: their number is exact as long as all are listed. The finer rung counts. */
export function joinCases(a: OwnCases, b: OwnCases): OwnCases {
  const kept = firstKeys([a.keys, b.keys]);
  const cases = new Map(a.cases);
  for (const [hash, { statuses, asked, keys }] of b.cases) {
    const before = cases.get(hash);
    const both = [...(before?.keys ?? []), ...keys].filter((key) => kept.has(key));
    cases.set(hash, {
      statuses: statuses || (before?.statuses ?? ''),
      asked: asked || (before?.asked ?? ''),
      keys: [...new Set(both)].sort(),
    });
  }
  const known = cases.size <= maxRowCasesListed ? cases.size : 0;
  const rung = rungs.findLast((one) => one === a.rung || one === b.rung);
  return {
    count: Math.max(a.count, b.count, known),
    cases: firstCases([...cases]),
    rung: fineRung(rung),
    within: firstShapes([...a.within, ...b.within]),
    beside: someOthers([...a.beside, ...b.beside]),
    keys: [...kept],
    fingerprint: b.fingerprint ?? a.fingerprint,
  };
}

function firstCases(cases: readonly (readonly [hash: string, own: OwnCase])[]): ReadonlyMap<string, OwnCase> {
  return new Map([...new Map(cases)].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, maxRowCasesListed));
}

function firstShapes(hashes: readonly string[]): string[] {
  return [...new Set(hashes)].sort().slice(0, maxShapes);
}
