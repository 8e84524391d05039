import type { Rung, rungs } from '../config/rules.ts';
import type { Outcome, ReportCase, ReportCounts, ReportSuite } from './document.ts';
import type { MatchingSuite, RunRecord } from './record.ts';

const outcomes: readonly Outcome[] = ['match', 'divergent', 'accepted', 'flaky', 'inconclusive', 'notRun'];

/** Counts of a run. Cases that were selected and are not in the record count as not run, once for each candidate. */
export const tallyCounts = (cases: readonly ReportCase[], record: RunRecord): ReportCounts => {
  const { header, cases: finished, matching } = record;
  const candidates = header.targets.filter((target) => target.role === 'candidate').length;
  const letGo = matching?.count ?? 0;
  const unseen = Math.max(0, header.selected - finished.length - letGo) * candidates;
  const count = (outcome: Outcome): number =>
    cases.filter((each) => each.outcome === outcome).length + (outcome === 'match' ? letGo * candidates : 0);
  const [match = 0, divergent = 0, accepted = 0, flaky = 0, inconclusive = 0, notRun = 0] = outcomes.map(count);
  return {
    total: header.total,
    selected: header.selected,
    match,
    divergent,
    accepted,
    flaky,
    inconclusive,
    notRun: notRun + unseen,
  };
};

/** True if the case says something about parity. */
export const isConclusive = ({ outcome }: ReportCase): boolean =>
  outcome === 'match' || outcome === 'divergent' || outcome === 'accepted';

const tallySuite = (cases: readonly ReportCase[]): ReportSuite => {
  const conclusive = cases.filter(isConclusive);
  const held = (rung: (typeof rungs)[number]): number => conclusive.filter((each) => each.ladder[rung]).length;
  return {
    name: cases[0]?.suite ?? '',
    candidate: cases[0]?.candidate ?? '',
    cases: cases.length,
    conclusive: conclusive.length,
    ladder: { status: held('status'), shape: held('shape'), value: held('value'), wire: held('wire') },
    headers: conclusive.filter((each) => each.headers).length,
  };
};

const keyOf = (suite: string, candidate: string): string => `${suite}\0${candidate}`;

/** A suite with its matching cases that were let go. */
const withMatching = (suite: ReportSuite, matching: MatchingSuite | undefined): ReportSuite => {
  if (matching === undefined) return suite;
  const rung = (name: Rung): number => suite.ladder[name] + matching.ladder[name];
  return {
    ...suite,
    cases: suite.cases + matching.cases,
    conclusive: suite.conclusive + matching.cases,
    ladder: { status: rung('status'), shape: rung('shape'), value: rung('value'), wire: rung('wire') },
    headers: suite.headers + matching.headers,
  };
};

/** One entry for each suite and candidate, sorted by both. */
export const tallySuites = (
  cases: readonly ReportCase[],
  letGo: readonly MatchingSuite[] = [],
): readonly ReportSuite[] => {
  const matching = new Map(letGo.map((one) => [keyOf(one.name, one.candidate), one]));
  const groups = new Map<string, ReportCase[]>();
  for (const each of cases) {
    const key = keyOf(each.suite, each.candidate);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  const keys = [...new Set([...groups.keys(), ...matching.keys()])].sort();
  return keys.map((key) => {
    const [name = '', candidate = ''] = key.split('\0');
    return withMatching({ ...tallySuite(groups.get(key) ?? []), name, candidate }, matching.get(key));
  });
};
