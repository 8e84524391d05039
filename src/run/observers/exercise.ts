import type { TestCase } from '../../cases/case.ts';
import { exercisesNothing, isRefusedMatch, type RecordedExercise } from '../../record/exercise.ts';
import type { RecordedComparison } from '../../record/types.ts';
import type { CaseResult } from '../model/case-result.ts';

/** Whether the suites of a run exercise the services, or only what refuses the requests. */
export interface Exercise {
  add(result: { readonly testCase: Pick<TestCase, 'suite'> } & Pick<CaseResult, 'comparisons'>): void;
  /** All that was judged of a suite on a candidate was refused alike; to be asked once all cases were added. */
  isNothing(suite: string, candidate: string): boolean;
  /** A case that matched is of such a suite. */
  isAnyNothing(): boolean;
  /** Suites of which half or more was refused alike, sorted. */
  recorded(): readonly RecordedExercise[];
}

interface Tally {
  readonly suite: string;
  readonly candidate: string;
  judged: number;
  refused: number;
  /** Of the refused cases, those that matched. */
  matched: number;
  readonly statuses: Set<number>;
}

/** A run without any case yet. */
export function gatherExercise(): Exercise {
  const tallies = new Map<string, Tally>();
  const tallyOf = (suite: string, candidate: string): Tally => {
    const key = `${suite}\0${candidate}`;
    const known = tallies.get(key) ?? { suite, candidate, judged: 0, refused: 0, matched: 0, statuses: new Set() };
    tallies.set(key, known);
    return known;
  };
  return {
    add({ testCase: { suite }, comparisons }) {
      for (const one of comparisons) if (isJudged(one)) addTo(tallyOf(suite, one.candidate), one);
    },
    isNothing: (suite, candidate) => exercisesNothing(recordOf(tallyOf(suite, candidate))),
    isAnyNothing: () => [...tallies.values()].some((one) => one.matched > 0 && exercisesNothing(recordOf(one))),
    recorded: () =>
      [...tallies.keys()]
        .sort()
        .map((key) => recordOf(tallies.get(key)!))
        .filter(({ judged, refused }) => refused > 0 && refused * 2 >= judged),
  };
}

function isJudged({ outcome }: RecordedComparison): boolean {
  return outcome === 'match' || outcome === 'divergent';
}

function addTo(tally: Tally, comparison: RecordedComparison): void {
  tally.judged += 1;
  if (comparison.refused === undefined) return;
  tally.refused += 1;
  tally.matched += Number(isRefusedMatch(comparison));
  for (const status of comparison.refused) tally.statuses.add(status);
}

function recordOf({ suite, candidate, judged, refused, statuses }: Tally): RecordedExercise {
  return { suite, candidate, judged, refused, statuses: [...statuses].sort((a, b) => a - b) };
}
