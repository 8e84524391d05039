import type { Rung } from '../../config/rules.ts';
import type { MatchingCases, MatchingSuite } from '../../record/run-record.ts';
import type { RunHeader } from '../../record/types.ts';
import type { Outcome, ReportCounts, ReportSuite } from './report-model.ts';
import type { SuiteDigest } from './summary.ts';

const outcomes: readonly Outcome[] = ['match', 'divergent', 'accepted', 'flaky', 'inconclusive', 'notRun'];

/** How many of the cases of some suites came out so. */
export const countIn = (suites: readonly SuiteDigest[], ...wanted: readonly Outcome[]): number =>
  suites.reduce((sum, suite) => sum + wanted.reduce((all, outcome) => all + suite.outcomes[outcome], 0), 0);

interface Finished {
  readonly suites: readonly SuiteDigest[];
  /** Cases that are listed. */
  readonly listed: number;
  readonly matching: Pick<MatchingCases, 'count'> | undefined;
}

/** Counts of a run. Cases that were selected and are not in the record count as not run, once for each candidate. */
export const tallyCounts = (header: RunHeader, { suites, listed, matching }: Finished): ReportCounts => {
  const candidates = header.targets.filter((target) => target.role === 'candidate').length;
  const letGo = matching?.count ?? 0;
  const unseen = Math.max(0, header.selected - listed - letGo) * candidates;
  const [match = 0, divergent = 0, accepted = 0, flaky = 0, inconclusive = 0, notRun = 0] = outcomes.map((outcome) =>
    countIn(suites, outcome),
  );
  return {
    total: header.live === true ? listed + letGo : header.total,
    selected: header.live === true ? listed + letGo : header.selected,
    match: match + letGo * candidates,
    divergent,
    accepted,
    flaky,
    inconclusive,
    notRun: notRun + unseen,
  };
};

const suiteOf = (digest: SuiteDigest): ReportSuite => {
  const { name, candidate, ladder, headers } = digest;
  const { status, shape, value, wire } = ladder;
  return {
    name,
    candidate,
    cases: countIn([digest], ...outcomes),
    conclusive: countIn([digest], 'match', 'divergent', 'accepted'),
    ladder: { status, shape, value, wire },
    headers,
  };
};

const keyOf = (suite: string, candidate: string): string => `${suite}\0${candidate}`;

/** A suite with its matching cases that were let go. */
const withMatching = (suite: ReportSuite | undefined, matching: MatchingSuite | undefined): ReportSuite => {
  if (matching === undefined) return suite!;
  const known = suite ?? { ...matching, cases: 0, conclusive: 0, ladder: noLadder, headers: 0 };
  const rung = (name: Rung): number => known.ladder[name] + matching.ladder[name];
  return {
    ...{ name: known.name, candidate: known.candidate },
    cases: known.cases + matching.cases,
    conclusive: known.conclusive + matching.cases,
    ladder: { status: rung('status'), shape: rung('shape'), value: rung('value'), wire: rung('wire') },
    headers: known.headers + matching.headers,
  };
};

const noLadder = { status: 0, shape: 0, value: 0, wire: 0 } as const;

/** One entry for each suite and candidate, sorted by both. */
export const tallySuites = (
  suites: readonly SuiteDigest[],
  letGo: readonly MatchingSuite[] = [],
): readonly ReportSuite[] => {
  const listed = new Map(suites.map((one) => [keyOf(one.name, one.candidate), suiteOf(one)]));
  const matching = new Map(letGo.map((one) => [keyOf(one.name, one.candidate), one]));
  const keys = [...new Set([...listed.keys(), ...matching.keys()])].sort();
  return keys.map((key) => withMatching(listed.get(key), matching.get(key)));
};
