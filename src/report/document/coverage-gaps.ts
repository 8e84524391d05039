import type { Rung } from '../../config/rules.ts';
import { digestIn, type ReportDocument } from './document.ts';

/** How many comparisons match though they lose a rung: it is above the level that their case must hold. */
export const matchingWithout = (rung: Rung, report: ReportDocument): number => {
  const lost = report.suites.reduce((sum, { conclusive, ladder }) => sum + conclusive - ladder[rung], 0);
  return digestIn(report).suites.reduce((rest, suite) => rest - suite.lost[rung], lost);
};

/** `1 row of the tracker stays open`: rows that a run of the whole library neither shows nor closes; empty if there is none. */
const openRows = ({ tracker, counts, run }: ReportDocument): readonly string[] => {
  const open = tracker?.unsettled?.length ?? 0;
  if (open === 0 || counts.selected < counts.total || run.derivedFrom !== undefined) return [];
  return [`${open} tracker ${open === 1 ? 'row stays' : 'rows stay'} open`];
};

const nothing = { rules: 0, values: 0, leaves: null, cases: 0, compared: 0 };

/** `a rule leaves out 90 of 100 values`: where rules leave out half of all that there is, or all of a case; empty if they do not. */
const leftOut = ({ evidence }: ReportDocument): readonly string[] => {
  const { rules, values, leaves, cases, compared } = evidence?.leftOut ?? nothing;
  const who = rules === 1 ? 'a rule leaves out' : 'rules leave out';
  if (leaves !== null && values > 0 && values * 2 >= leaves) return [`${who} ${values} of ${leaves} values`];
  return cases === 0 ? [] : [`${who} all values of ${cases} of ${compared} compared cases`];
};

/** What a run that found nothing open cannot answer for, in words; empty if it answers for its whole library. */
export const shortfalls = (report: ReportDocument): readonly string[] => {
  const { selected, total, match, accepted } = report.counts;
  const judged = match + accepted;
  const byStatus = matchingWithout('shape', report);
  const byShape = matchingWithout('value', report) - byStatus;
  return [
    ...(selected < total ? [`${selected} of ${total} cases ran`] : []),
    ...(byStatus > 0 ? [`${byStatus} of ${judged} match only in status code`] : []),
    ...(byShape > 0 ? [`${byShape} of ${judged} match only in status code and body shape`] : []),
    ...leftOut(report),
    ...openRows(report),
  ];
};

/** ` (of 10 in the library)`: what the reader of a parity must know of it; empty if there is nothing. */
export const parityScope = (report: ReportDocument): string => {
  const { run, counts } = report;
  const whole = run.derivedFrom === undefined ? 'in the library' : `derived from ${run.derivedFrom}`;
  const scope = [
    ...(counts.selected < counts.total ? [`of ${counts.total} ${whole}`] : []),
    ...(run.selfCheck ? ['one service compared with itself'] : []),
    ...leftOut(report),
    ...openRows(report),
  ];
  return scope.length === 0 ? '' : ` (${scope.join('; ')})`;
};
