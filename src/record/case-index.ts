import { closeSync, openSync } from 'node:fs';
import { hashTable } from '../structures/hash-table.ts';
import { longSort } from '../structures/long-sort.ts';
import { numberList } from '../structures/number-list.ts';
import { caseReader } from './case-codec.ts';
import { fileBlocks } from './lines/file-blocks.ts';
import { isLetGo, matchingTally } from './match-summary.ts';
import type { MatchingCases, StoredCases } from './run-record.ts';
import type { RecordedCase } from './types.ts';

/** Where the lines of cases stand in a record. Some forty bytes a case. */
export interface CaseIndex {
  /** Takes the line of a case, in the order of the file; see `isLetGo`. */
  add(runCase: RecordedCase, line: { readonly start: number; readonly end: number }, isMatching: boolean): void;
  /** The cases in the file `path`, to be read again when their turn comes. Those that matched are listed with the others, or counted. */
  cases(path: string, options: Listing): { readonly stored: StoredCases; readonly matching?: MatchingCases };
}

interface Listing {
  readonly listsMatching: boolean;
  /** Settles a case by the footer of its run, see `settledBy`. */
  readonly settled: (runCase: RecordedCase) => RecordedCase;
}

type Key = Pick<RecordedCase, 'suite' | 'id'>;
type Read = (at: number) => RecordedCase;

/** So many ids are held to be put in order. */
const sortedAtOnce = 8192;

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function sortByCase() {
  const compare = (a: Key, b: Key) => byText(a.suite, b.suite) || byText(a.id, b.id);
  return longSort<Key>({ compare, room: sortedAtOnce });
}

/** An index of no case yet, of a run with these candidates. */
export function caseIndex(candidates: readonly string[]): CaseIndex {
  const [starts, others] = [numberList(), numberList()];
  const [order, otherOrder] = [sortByCase(), sortByCase()];
  const ids = hashTable();
  const tally = matchingTally();
  let [repeats, last] = [false, 0];
  return {
    add(runCase, { start, end }, isMatching) {
      const key = { suite: runCase.suite, id: runCase.id };
      if (ids.add(key.id, starts.length) !== null) repeats = true;
      if (isMatching) tally.add(runCase);
      else {
        others.push(starts.length);
        otherOrder.add(key);
      }
      order.add(key);
      starts.push(start);
      last = end;
    },
    cases(path, { listsMatching, settled }) {
      const isOther = (one: RecordedCase) => !isLetGo(one, candidates);
      const reading = (inOrder: (read: Read) => Iterable<RecordedCase>) => ({
        [Symbol.iterator]: () =>
          readFrom(path, inOrder, (at) => [starts.at(at), at + 1 < starts.length ? starts.at(at + 1) : last]),
      });
      const all = reading((read) => onceEach(order.inOrder(read)));
      const shown = { all: mapped(all, settled) };
      if (listsMatching) return { stored: { ...shown, listed: shown.all } };
      // A case that is there twice may have matched in one of its lines only.
      if (repeats)
        return {
          stored: { ...shown, listed: mapped(filtered(all, isOther), settled) },
          matching: matchingIn(all, candidates),
        };
      const listed = reading((read) => onceEach(otherOrder.inOrder((at) => read(others.at(at)))));
      return { stored: { ...shown, listed: mapped(listed, settled) }, matching: tally.told() };
    },
  };
}

/** Of a case that is there several times, the last. */
function* onceEach(inOrder: Iterable<readonly [number: number, runCase: RecordedCase]>): Generator<RecordedCase> {
  let before: RecordedCase | null = null;
  for (const [, runCase] of inOrder) {
    if (before !== null && before.id !== runCase.id) yield before;
    before = runCase;
  }
  if (before !== null) yield before;
}

function filtered(cases: Iterable<RecordedCase>, isWanted: (one: RecordedCase) => boolean): Iterable<RecordedCase> {
  return {
    *[Symbol.iterator]() {
      for (const one of cases) if (isWanted(one)) yield one;
    },
  };
}

function mapped(cases: Iterable<RecordedCase>, settled: (one: RecordedCase) => RecordedCase): Iterable<RecordedCase> {
  return {
    *[Symbol.iterator]() {
      for (const one of cases) yield settled(one);
    },
  };
}

function matchingIn(cases: Iterable<RecordedCase>, candidates: readonly string[]): MatchingCases {
  const tally = matchingTally();
  for (const one of cases) if (isLetGo(one, candidates)) tally.add(one);
  return tally.told();
}

/** Reads lines of a file as they are asked for. Throws RangeError where it is not what it was. */
function* readFrom(
  path: string,
  inOrder: (read: Read) => Iterable<RecordedCase>,
  placeOf: (at: number) => readonly [start: number, end: number],
): Generator<RecordedCase> {
  const file = openSync(path, 'r');
  const blocks = fileBlocks(file);
  const caseOf = caseReader();
  const read: Read = (at) => {
    const found = caseOf(blocks.text(...placeOf(at)));
    if (found === null)
      throw Object.assign(new RangeError('the record changed while it was read'), { code: 'CHANGED' });
    return found;
  };
  try {
    yield* inOrder(read);
  } finally {
    closeSync(file);
  }
}
