import type { FindingState } from '../../findings/finding.ts';
import type { RowState } from '../rows/row.ts';

/** The status of a row for a run: its status, where an acceptance whose last day is over is `expired`. */
export type Standing = RowState | 'expired';

/** What a run knows of the finding of a row: a case shows it, there is evidence that it is gone, or neither. */
export type FindingEvidence = 'seen' | 'gone' | 'not judged';

/**
 * Whether the row covers all that the run shows; `not recorded` where it does not say yet what it covers, `not proved` where the cases
 * of a run of some do not prove what was accepted, `lost` where the state file lacks what was accepted.
 */
export type Covered = 'yes' | 'no' | 'not recorded' | 'not proved' | 'lost';

/** All that a decision about one row depends on. */
export interface Situation {
  readonly row: Standing;
  readonly finding: FindingEvidence;
  /** Of a finding that is seen. */
  readonly covered: Covered;
  /** Another finding came at its place. Of one that is not seen. */
  readonly replaced: boolean;
}

/** The note for people. */
export type NoteName =
  | 'none'
  | 'acceptance'
  | 'recorded now'
  | 'not proved'
  | 'state lost'
  | 'beyond'
  | 'expired'
  | 'replaced'
  | 'not judged'
  | 'fixed'
  | 'gone';

/** One line of the table: the situations that it is about (null: any), and what happens in them. */
export interface Decision {
  readonly row: readonly Standing[];
  readonly finding: readonly FindingEvidence[];
  readonly covered: readonly Covered[] | null;
  readonly replaced: boolean | null;
  /** What the row says afterwards; null: its status stays. */
  readonly status: RowState | null;
  /** How the finding counts in this run. */
  readonly counts: FindingState | 'as the row says';
  readonly note: NoteName;
}

const undecided = ['open', 'reopened'] as const;
const decided = ['accepted', 'expired'] as const;
const unseen = ['gone', 'not judged'] as const;
const [any, stays] = [null, null];

type Line = readonly [
  row: Decision['row'],
  finding: Decision['finding'],
  covered: Decision['covered'],
  replaced: Decision['replaced'],
  status: Decision['status'],
  counts: Decision['counts'],
  note: NoteName,
];

const seen = ['seen'] as const;
const living = [...undecided, ...decided] as const;
const own = 'as the row says';

/**
 * The rule of acceptance and of closing, in full: what becomes of a row. No row is closed without evidence that its finding is gone, and
 * nothing that is seen counts as accepted unless the row covers it. For each situation there is exactly one line.
 */
const lines: readonly Line[] = [
  [undecided, seen, any, any, stays, own, 'none'],
  [['fixed'], seen, any, any, 'reopened', 'reopened', 'none'],
  [decided, seen, ['no'], any, 'reopened', 'reopened', 'beyond'],
  [['expired'], seen, ['yes', 'not recorded', 'not proved', 'lost'], any, stays, 'open', 'expired'],
  [['accepted'], seen, ['yes'], any, stays, 'accepted', 'acceptance'],
  [['accepted'], seen, ['not recorded'], any, stays, 'accepted', 'recorded now'],
  [['accepted'], seen, ['not proved'], any, stays, 'open', 'not proved'],
  [['accepted'], seen, ['lost'], any, stays, 'open', 'state lost'],
  [['fixed'], unseen, any, any, stays, own, 'none'],
  [living, ['not judged'], any, any, stays, own, 'not judged'],
  [living, ['gone'], any, true, stays, own, 'replaced'],
  [[...undecided, 'expired'], ['gone'], any, false, 'fixed', 'fixed', 'fixed'],
  [['accepted'], ['gone'], any, false, stays, 'accepted', 'gone'],
];

/** The lines by the names of their columns. */
export const decisionTable: readonly Decision[] = lines.map(
  ([row, finding, covered, replaced, status, counts, note]) => ({
    row,
    finding,
    covered,
    replaced,
    status,
    counts,
    note,
  }),
);

/** The line of the table that is about a situation. */
export function decide({ row, finding, covered, replaced }: Situation): Decision {
  return decisionTable.find(
    (line) =>
      line.row.includes(row) &&
      line.finding.includes(finding) &&
      (line.covered?.includes(covered) ?? true) &&
      (line.replaced ?? replaced) === replaced,
  )!;
}
