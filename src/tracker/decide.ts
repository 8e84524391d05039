import { ParityError } from '../errors.ts';
import { encodeCell } from './cell.ts';
import type { CellEdit } from './reconcile.ts';
import type { TrackerRow } from './row.ts';
import { spliceTracker } from './splice.ts';
import { rewriteFile } from './store.ts';
import { readTracker } from './table.ts';

/** What a person decides about one finding. */
export interface DecisionInput {
  /** As in the ID column, in any case. */
  readonly id: string;
  readonly state: 'accepted' | 'reopened';
  /** Goes into an empty Decision cell, else behind what stands there; null leaves the cell alone. */
  readonly reason: string | null;
}

/**
 * A tracker file and a decision in, whether the file changed out.
 * Throws as `updateTracker` does, and PX4108 if no row has the id or the row cannot take the decision.
 */
export async function decideTracker(file: string, input: DecisionInput): Promise<{ readonly written: boolean }> {
  const edit = (found: string | null): { text: string; result: null } => {
    if (found === null) throw noRow(file, input.id);
    const table = readTracker(found, file);
    const row = table.rows.find(({ id }) => id === input.id.toUpperCase());
    if (row === undefined) throw noRow(file, input.id);
    const cells = decisionEdits(found, row, input);
    return { text: spliceTracker(found, table, { edits: { cells, rows: [] } }), result: null };
  };
  const { written } = await rewriteFile(file, edit, { write: true, lockWaitMs: 10_000 });
  return { written };
}

function decisionEdits(text: string, row: TrackerRow, { state, reason }: DecisionInput): CellEdit[] {
  if (row.cells.Status === undefined || (reason !== null && row.cells.Decision === undefined)) throw noCell(row);
  const edits: CellEdit[] = [];
  if (row.state !== state) edits.push({ line: row.line, column: 'Status', text: `_${state}_` });
  const cell = row.cells.Decision;
  if (reason === null || reason.trim() === '' || cell === undefined) return edits;
  const before = text.slice(cell.start, cell.end).trim();
  const after = encodeCell(reason.trim());
  if (before.endsWith(after)) return edits;
  return [...edits, { line: row.line, column: 'Decision', text: before === '' ? after : `${before}; ${after}` }];
}

function noRow(file: string, id: string): ParityError {
  return new ParityError('PX4108', `${file} has no row ${encodeCell(id)}`, {
    hint: 'parity tracker list shows the ids.',
  });
}

function noCell({ id, line }: TrackerRow): ParityError {
  return new ParityError('PX4108', `the row of ${id} at line ${line} has no Status or Decision cell`, {
    hint: 'Add the missing cell, then run again.',
  });
}
