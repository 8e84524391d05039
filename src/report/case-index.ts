import { closeSync, openSync, readSync } from 'node:fs';
import { type Rung, rungs } from '../config/rules.ts';
import type { MatchingCases, MatchingSuite, RunCase, RunHeader } from './record.ts';
import { isRunCase } from './record-checks.ts';
import { jsonOf } from './record-lines.ts';

/** Where the lines of cases stand in a record, and what those that matched everywhere hold. Some seventy bytes a case. */
export interface CaseIndex {
  /** Takes the line of a case, in the order of the file. */
  add(runCase: RunCase, line: { readonly start: number; readonly end: number }): void;
  /** What it holds of cases that are let go. O(n log n) for n cases. */
  matching(path: string): MatchingCases;
}

/** So many candidates fit the bits of a case. */
const mostCandidates = 5;
const parts = ['status', 'shape', 'value', 'wire', 'headers'] as const;

/** A case of which nothing need be kept but its place: on every candidate it matched, and there is nothing to say of it. */
export function isLetGo({ comparisons, exchanges }: RunCase, candidates: readonly string[]): boolean {
  return (
    exchanges === null &&
    candidates.length <= mostCandidates &&
    comparisons.length === candidates.length &&
    comparisons.every(({ candidate, outcome, reason }, at) => {
      return candidate === candidates[at] && outcome === 'match' && reason === null;
    })
  );
}

/** Candidates of a run, in the order of its cases. */
export function candidatesOf({ targets }: RunHeader): string[] {
  return targets.filter(({ role }) => role === 'candidate').map(({ name }) => name);
}

/** Of a case that is kept. */
const kept = -1;

function bitsOf({ comparisons }: RunCase): number {
  return comparisons.reduce((bits, { ladder, headers }) => {
    const held = { ...ladder, headers };
    return parts.reduce((all, part) => (all << 1) | Number(held[part]), bits);
  }, 0);
}

/** An index of no case yet, of a run with these candidates. */
export function caseIndex(candidates: readonly string[]): CaseIndex {
  const ids: string[] = [];
  const suites: string[] = [];
  const places: number[] = [];
  const bits: number[] = [];
  const shared = new Map<string, string>();
  return {
    add(runCase, { start, end }) {
      if (!shared.has(runCase.suite)) shared.set(runCase.suite, runCase.suite);
      ids.push(runCase.id);
      suites.push(shared.get(runCase.suite) ?? '');
      places.push(start, end);
      bits.push(isLetGo(runCase, candidates) ? bitsOf(runCase) : kept);
    },
    matching(path) {
      const order = inOrder(ids, suites);
      const letGo = order.filter((at) => bits[at] !== kept);
      return {
        count: letGo.length,
        suites: suiteTallies(letGo, { suites, bits, candidates }),
        all: () => casesAt(path, order, places),
      };
    },
  };
}

/** The numbers of the cases by suite and id; of a case that is there twice, the last. */
function inOrder(ids: readonly string[], suites: readonly string[]): Uint32Array {
  const order = Uint32Array.from(ids, (_, at) => at);
  const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  order.sort((a, b) => {
    const bySuite = suites[a] === suites[b] ? 0 : compare(suites[a]!, suites[b]!);
    return bySuite || compare(ids[a]!, ids[b]!) || a - b;
  });
  return order.filter((at, place) => ids[at] !== ids[order[place + 1] ?? -1]);
}

interface Held {
  readonly suites: readonly string[];
  readonly bits: readonly number[];
  readonly candidates: readonly string[];
}

function suiteTallies(letGo: Uint32Array, { suites, bits, candidates }: Held): MatchingSuite[] {
  const found = new Map<string, MatchingSuite[]>();
  for (const at of letGo) {
    const suite = suites[at]!;
    const tallies = found.get(suite) ?? candidates.map((candidate) => emptyTally(suite, candidate));
    found.set(suite, tallies);
    for (const [n, tally] of tallies.entries()) count(tally, bits[at]! >> (parts.length * (candidates.length - 1 - n)));
  }
  return [...found.values()].flat();
}

function emptyTally(name: string, candidate: string): MatchingSuite {
  return { name, candidate, cases: 0, ladder: { status: 0, shape: 0, value: 0, wire: 0 }, headers: 0 };
}

function count(tally: { -readonly [K in keyof MatchingSuite]: MatchingSuite[K] }, bits: number): void {
  const held = (at: number) => (bits >> (parts.length - 1 - at)) & 1;
  const rung = (name: Rung, at: number) => [name, tally.ladder[name] + held(at)] as const;
  tally.cases += 1;
  tally.ladder = Object.fromEntries(rungs.map(rung)) as Record<Rung, number>;
  tally.headers += held(rungs.length);
}

/** Reads the lines again, one by one. Throws RangeError where the file is not what it was. */
function* casesAt(path: string, order: Uint32Array, places: readonly number[]): Generator<RunCase> {
  const file = openSync(path, 'r');
  try {
    for (const at of order) {
      const [start, end] = [places[2 * at]!, places[2 * at + 1]!];
      const bytes = Buffer.allocUnsafe(end - start);
      const read = readSync(file, bytes, 0, bytes.length, start);
      const value = read === bytes.length ? jsonOf(bytes.toString('utf8')) : undefined;
      if (!isRunCase(value)) throw new RangeError('the record changed while it was read');
      yield value;
    }
  } finally {
    closeSync(file);
  }
}
