import { type Rung, rungs } from '../config/rules.ts';
import type { MatchingCases, MatchingSuite } from './run-record.ts';
import type { RecordedCase, RunHeader } from './types.ts';

/** A case of which nothing need be said but that it is there: on every candidate it matched, and there is nothing to say of it. A refused one may come to be inconclusive. */
export function isLetGo({ comparisons, exchanges }: RecordedCase, candidates: readonly string[]): boolean {
  if (exchanges !== null || comparisons.length !== candidates.length) return false;
  for (let at = 0; at < comparisons.length; at += 1) {
    const { candidate, outcome, reason, refused } = comparisons[at]!;
    if (candidate !== candidates[at] || outcome !== 'match' || reason !== null || refused !== undefined) return false;
  }
  return true;
}

/** Candidates of a run, in the order of its cases. */
export function candidatesOf({ targets }: RunHeader): string[] {
  return targets.filter(({ role }) => role === 'candidate').map(({ name }) => name);
}

/** Counts cases that are let go. */
export interface MatchingTally {
  add(runCase: RecordedCase): void;
  told(): MatchingCases;
}

/** A count of no case yet. */
export function matchingTally(): MatchingTally {
  const suites = new Map<string, Writable[]>();
  let count = 0;
  return {
    add({ suite, comparisons }) {
      count += 1;
      const tallies = suites.get(suite) ?? comparisons.map(({ candidate }) => emptyTally(suite, candidate));
      suites.set(suite, tallies);
      for (let at = 0; at < comparisons.length; at += 1) addTo(tallies[at]!, comparisons[at]!);
    },
    told: () => ({ count, suites: [...suites.keys()].sort().flatMap((suite) => suites.get(suite)!) }),
  };
}

interface Writable extends MatchingSuite {
  cases: number;
  headers: number;
  readonly ladder: Record<Rung, number>;
}

function emptyTally(name: string, candidate: string): Writable {
  return { name, candidate, cases: 0, ladder: { status: 0, shape: 0, value: 0, wire: 0 }, headers: 0 };
}

function addTo(tally: Writable, { ladder, headers }: RecordedCase['comparisons'][number]): void {
  tally.cases += 1;
  for (const rung of rungs) tally.ladder[rung] += Number(ladder[rung]);
  tally.headers += Number(headers);
}
