import { rungs } from '../../config/rules.ts';
import type { ReportDocument } from './document.ts';
import type { ReportCase, ReportFinding } from './report-model.ts';
import { isConclusive } from './summary.ts';

/** The highest rung that a case holds; `none` if not even the status codes are equal. */
export type Height = (typeof rungs)[number] | 'none';

/** A case that holds more or less than before on one candidate. */
export interface LadderMove {
  readonly case: string;
  readonly candidate: string;
  readonly before: Height;
  readonly after: Height;
  /** Null where the headers agree, or do not, as before. */
  readonly headers: 'agree' | 'differ' | null;
}

/** What changed from one run to another. A finding whose cases did not all run is neither open nor closed. */
export interface Moves {
  readonly opened: readonly ReportFinding[];
  /** Of cases that the earlier run did not judge. */
  readonly firstJudged: readonly ReportFinding[];
  readonly closed: readonly ReportFinding[];
  readonly notJudged: readonly ReportFinding[];
  readonly ladder: readonly LadderMove[];
}

const keyOf = (id: string, candidate: string): string => JSON.stringify([id, candidate]);

/** Cases with something to say, by id and candidate. */
const conclusiveCases = (report: ReportDocument): Map<string, ReportCase> =>
  new Map(report.cases.filter(isConclusive).map((each) => [keyOf(each.id, each.candidate), each]));

/** How many of the cases of a finding a run judged. */
export const judgedCases = ({ cases, candidate }: ReportFinding, report: ReportDocument): number => {
  const known = conclusiveCases(report);
  return cases.filter((id) => known.has(keyOf(id, candidate))).length;
};

const heightOf = ({ ladder }: ReportCase): Height => rungs.findLast((rung) => ladder[rung]) ?? 'none';

const ladderMoves = (before: Map<string, ReportCase>, after: Map<string, ReportCase>): LadderMove[] =>
  [...after].flatMap(([key, now]) => {
    const then = before.get(key);
    if (then === undefined) return [];
    const [from, to] = [heightOf(then), heightOf(now)];
    const headers = then.headers === now.headers ? null : now.headers ? 'agree' : 'differ';
    if (from === to && headers === null) return [];
    return [{ case: now.id, candidate: now.candidate, before: from, after: to, headers }];
  });

/** Two reports, the earlier one first; what opened, what closed, and which cases moved on the ladder. */
export const movesBetween = (before: ReportDocument, after: ReportDocument): Moves => {
  const [then, now] = [conclusiveCases(before), conclusiveCases(after)];
  const judged = ({ cases, candidate }: ReportFinding, known: Map<string, ReportCase>): number =>
    cases.filter((id) => known.has(keyOf(id, candidate))).length;
  const missingIn = (report: ReportDocument, { id }: ReportFinding): boolean =>
    !report.findings.some((finding) => finding.id === id);
  const fresh = after.findings.filter((finding) => missingIn(before, finding));
  const gone = before.findings.filter((finding) => missingIn(after, finding));
  return {
    opened: fresh.filter((finding) => judged(finding, then) > 0),
    firstJudged: fresh.filter((finding) => judged(finding, then) === 0),
    closed: gone.filter((finding) => judged(finding, now) === finding.cases.length),
    notJudged: gone.filter((finding) => judged(finding, now) < finding.cases.length),
    ladder: ladderMoves(then, now),
  };
};
