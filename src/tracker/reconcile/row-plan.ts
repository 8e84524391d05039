import type { TrackedColumn } from '../../config/tracking.ts';
import type { FindingState, TrackedFinding } from '../../findings/finding.ts';
import { visible } from '../rows/escape.ts';
import type { TrackerRow } from '../rows/row.ts';
import type { Sighting } from '../rows/row-cells.ts';
import { type Coverage, type Library, nameIn } from './coverage.ts';
import type { Neighbours } from './replaced-by.ts';

/** What a run has to say to the tracker. */
export interface ReconcileInput extends Sighting {
  readonly findings: readonly TrackedFinding[];
  /** Names of the targets of this run. */
  readonly reference: string;
  readonly candidates: readonly string[];
  readonly library: Library;
  /** Whether answers to a route, as a row names it, held all of these (see `hashAround`); true where that cannot be known. */
  readonly holds: (route: string, shapes: readonly string[]) => boolean;
  /** How many runs in a row must be clean before a row is fixed; from 1. */
  readonly fixedAfter: number;
  /** The run may only read the tracker: what it finds is not in there afterwards. */
  readonly readsOnly?: boolean;
  /** The run is over a part of the library: it closes no row, since cases may depend on what others left on the targets. */
  readonly isPart?: boolean;
}

/** A cell of an existing row that gets new Markdown source. */
export interface CellEdit {
  /** The row's line, from 1. */
  readonly line: number;
  readonly column: TrackedColumn;
  readonly text: string;
}

/** What becomes of one row. */
export interface RowPlan {
  readonly state: FindingState;
  readonly cells: readonly CellEdit[];
  /** A plain sentence for people. */
  readonly note: string | null;
  /** It is accepted, and the divergence is no longer there. */
  readonly gone: boolean;
  /** Why the run cannot tell whether the divergence is there, although no case shows it. */
  readonly unjudged?: string;
}

/** A run, and what it saw of each route. */
export interface JudgedRun {
  readonly input: ReconcileInput;
  readonly coverage: Coverage;
  readonly neighbours: Neighbours;
  /** By row: findings that may be what became of its divergence, see `insteadOf`. */
  readonly instead: ReadonlyMap<string, readonly string[]>;
}

export type WantedCells = Readonly<Partial<Record<TrackedColumn, string | null | undefined>>>;

/** Cells that are to change; null or undefined is one that stays. */
export function edits({ line }: TrackerRow, wanted: WantedCells): CellEdit[] {
  return Object.entries(wanted).flatMap(([column, text]) =>
    text == null ? [] : [{ line, column: column as TrackedColumn, text }],
  );
}

/** The row is of a divergence from the reference of this run, or names none. */
export function isMeasuredHere(row: TrackerRow, { reference }: Pick<ReconcileInput, 'reference'>): boolean {
  const measuredAgainst = nameIn(row.reference);
  return measuredAgainst === null || measuredAgainst === visible(reference);
}
