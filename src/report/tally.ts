import type { rungs } from '../config/rules.ts';
import type { Outcome, ReportCase, ReportCounts, ReportSuite } from './document.ts';
import type { RunRecord } from './record.ts';

const outcomes: readonly Outcome[] = ['match', 'divergent', 'accepted', 'flaky', 'inconclusive', 'notRun'];

/** Counts of a run. Cases that were selected and are not in the record count as not run, once for each candidate. */
export const tallyCounts = (cases: readonly ReportCase[], { header, cases: finished }: RunRecord): ReportCounts => {
  const candidates = header.targets.filter((target) => target.role === 'candidate').length;
  const unseen = Math.max(0, header.selected - finished.length) * candidates;
  const count = (outcome: Outcome): number => cases.filter((each) => each.outcome === outcome).length;
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

/** One entry for each suite and candidate, sorted by both. */
export const tallySuites = (cases: readonly ReportCase[]): readonly ReportSuite[] => {
  const groups = new Map<string, ReportCase[]>();
  for (const each of cases) {
    const key = `${each.suite}\0${each.candidate}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  const keys = [...groups.keys()].sort();
  return keys.map((key) => tallySuite(groups.get(key) ?? []));
};
