import type { FindingState } from '../../findings/finding.ts';
import type { RowState } from '../rows/row.ts';

/** How a row stands before a run: its status, where an acceptance whose last day is over is `expired`. */
export type Standing = RowState | 'expired';

/** What a run knows of the finding of a row: a case shows it, there is evidence that it is gone, or neither. */
export type FindingEvidence = 'seen' | 'gone' | 'not judged';

/**
 * Whether the row covers all that the run shows; `not recorded` where it does not say yet what it covers, `not proved` where the cases
 * of a run of some do not prove what was accepted.
 */
export type Covered = 'yes' | 'no' | 'not recorded' | 'not proved';

/** All that a decision about one row depends on. */
export interface Situation {
  readonly row: Standing;
  readonly finding: FindingEvidence;
  /** Of a finding that is seen. */
  readonly covered: Covered;
  /** Another finding came at its place. Of one that is not seen. */
  readonly replaced: boolean;
}

/** What people are told. */
export type NoteName =
  | 'none'
  | 'acceptance'
  | 'recorded now'
  | 'not proved'
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

/** What becomes of a row: the first line that is about a situation decides, and for each there is exactly one. */
export const decisionTable: readonly Decision[] = [
  {
    row: undecided,
    finding: ['seen'],
    covered: any,
    replaced: any,
    status: stays,
    counts: 'as the row says',
    note: 'none',
  },
  {
    row: ['fixed'],
    finding: ['seen'],
    covered: any,
    replaced: any,
    status: 'reopened',
    counts: 'reopened',
    note: 'none',
  },
  {
    row: decided,
    finding: ['seen'],
    covered: ['no'],
    replaced: any,
    status: 'reopened',
    counts: 'reopened',
    note: 'beyond',
  },
  {
    row: ['expired'],
    finding: ['seen'],
    covered: ['yes', 'not recorded', 'not proved'],
    replaced: any,
    status: stays,
    counts: 'open',
    note: 'expired',
  },
  {
    row: ['accepted'],
    finding: ['seen'],
    covered: ['yes'],
    replaced: any,
    status: stays,
    counts: 'accepted',
    note: 'acceptance',
  },
  {
    row: ['accepted'],
    finding: ['seen'],
    covered: ['not recorded'],
    replaced: any,
    status: stays,
    counts: 'accepted',
    note: 'recorded now',
  },
  {
    row: ['accepted'],
    finding: ['seen'],
    covered: ['not proved'],
    replaced: any,
    status: stays,
    counts: 'open',
    note: 'not proved',
  },
  {
    row: ['fixed'],
    finding: unseen,
    covered: any,
    replaced: any,
    status: stays,
    counts: 'as the row says',
    note: 'none',
  },
  {
    row: [...undecided, ...decided],
    finding: ['not judged'],
    covered: any,
    replaced: any,
    status: stays,
    counts: 'as the row says',
    note: 'not judged',
  },
  {
    row: [...undecided, ...decided],
    finding: ['gone'],
    covered: any,
    replaced: true,
    status: stays,
    counts: 'as the row says',
    note: 'replaced',
  },
  {
    row: [...undecided, 'expired'],
    finding: ['gone'],
    covered: any,
    replaced: false,
    status: 'fixed',
    counts: 'fixed',
    note: 'fixed',
  },
  {
    row: ['accepted'],
    finding: ['gone'],
    covered: any,
    replaced: false,
    status: stays,
    counts: 'accepted',
    note: 'gone',
  },
];

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
