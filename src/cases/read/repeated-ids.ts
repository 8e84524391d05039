import type { Complaint } from '../../config/source/source.ts';
import type { TestCase } from '../case.ts';
import { maxLookups } from '../limits.ts';
import { idBook } from './id-book.ts';

/** A case, and how to complain of its id. */
export interface CaseId {
  readonly testCase: TestCase;
  readonly complainOfId: (complaint: Complaint) => void;
}

/** Takes the cases that are held, of which more may come, and how all are read again; returns what takes each case of a library in turn, and complains of an id that was used before. */
export function repeatedIds(held: readonly TestCase[], again: () => Iterable<TestCase>): (found: CaseId) => void {
  const ids = idBook();
  let lookups = 0;
  return (found) => {
    const first = ids.add(found.testCase.id);
    if (first === null) return;
    const isNear = first < held.length;
    const before = isNear || lookups < maxLookups ? nth(isNear ? held : again(), first) : null;
    // An id that only has the hash of another one is none that was used before, and costs no lookup.
    if (before !== null && !sameId(before, found.testCase)) return;
    if (!isNear) lookups += 1;
    complain(found, before);
  };
}

function nth(cases: Iterable<TestCase>, number: number): TestCase | null {
  let at = 0;
  for (const testCase of cases) {
    if (at === number) return testCase;
    at += 1;
  }
  return null;
}

/** Ids that differ in case alone would be one file, one row or one word to somebody. */
function sameId(a: TestCase, b: TestCase): boolean {
  return a.id.toLowerCase() === b.id.toLowerCase();
}

/** `first` is the case that had it before, null if that was not looked for. */
function complain({ testCase, complainOfId }: CaseId, first: TestCase | null): void {
  const place = first === null ? 'above' : `at ${placeText(first)}`;
  const same = (first?.id ?? testCase.id) === testCase.id;
  const how = same ? '' : ` (as \`${first?.id}\`: only upper and lower case differ)`;
  const message = `the id \`${testCase.id}\` is already used ${place}${how}`;
  complainOfId({ message, hint: 'give one of them another id, or another suite' });
}

function placeText({ location: { file, line, col } }: TestCase): string {
  return `${file}:${line}:${col}`;
}
