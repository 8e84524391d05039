import type { TrackedColumn } from '../config/tracking.ts';
import { ParityError } from '../errors.ts';
import { spliceTracker } from './markdown/splice.ts';
import { readTracker } from './markdown/table.ts';
import { nameIn } from './reconcile/coverage.ts';
import type { CellEdit } from './reconcile/row-plan.ts';
import { type Widening, wideningOf, wideningWords } from './rows/acceptance.ts';
import { acceptedPin, isPinned, pinned, reopenedDivergence } from './rows/accepted-shape.ts';
import { decodeCell, encodeCell } from './rows/cell.ts';
import { ownTable, type TableOptions } from './rows/columns.ts';
import { visible } from './rows/escape.ts';
import type { CellSpan, NewRow, TrackerRow } from './rows/row.ts';
import { rewriteTracker } from './tracker-file.ts';
import { emptyTracker } from './update.ts';

/** What a person decides about one finding. */
export interface DecisionInput {
  /** As in the ID column, in any case. */
  readonly id: string;
  readonly state: 'accepted' | 'reopened';
  /** Goes into an empty Decision cell, else behind what is there; null leaves the cell alone. */
  readonly reason: string | null;
  /** Who answers for it, and the last day on which it holds (YYYY-MM-DD); they go into columns Owner and Until, else into Decision. */
  readonly owner: string | null;
  readonly until: string | null;
  /** How far the acceptance is widened; it stands in brackets behind the reason. */
  readonly widening: Widening;
  /** A row for a finding that has none yet; null if nobody knows it. */
  readonly row: NewRow | null;
  /** What is accepted, see `pinOf`; null leaves it to the next run that sees the finding. */
  readonly pin: string | null;
}

/**
 * A tracker file, a decision and where the table stands in, whether the file changed out, and whether its row holds what is accepted.
 * Throws as `updateTracker` does, PX2605 if no row has the id and none is known for it, and PX4108 if the row cannot take the decision.
 */
export async function decideTracker(
  file: string,
  input: DecisionInput,
  options: TableOptions = ownTable,
): Promise<{ readonly written: boolean; readonly isHeld: boolean }> {
  const edit = (found: string | null): { text: string; result: boolean } => {
    if (found === null && input.row === null) throw noRow(file, input.id);
    const text = withRow(found || emptyTracker(options), { file, input, options });
    const table = readTracker(text, file, options);
    const row = rowOf(table.rows, input.id);
    if (row === undefined) throw noRow(file, input.id);
    const cells = decisionEdits(text, row, input);
    const isHeld = isPinned(decidedDivergence(row, sourceOf(text, row.cells.Divergence), input));
    return { text: spliceTracker(text, table, { cells, rows: [], removed: [] }), result: isHeld };
  };
  const { written, result } = await rewriteTracker(file, edit, { table: options, write: true, lockWaitMs: 10_000 });
  return { written, isHeld: result };
}

function rowOf(rows: readonly TrackerRow[], id: string): TrackerRow | undefined {
  return rows.find((row) => row.id === id.toUpperCase());
}

interface Wanted {
  readonly file: string;
  readonly input: DecisionInput;
  readonly options: TableOptions;
}

/** The text with a row for the finding, if there is none and one is known. */
function withRow(text: string, { file, input, options }: Wanted): string {
  if (input.row === null) return text;
  const table = readTracker(text, file, options);
  if (rowOf(table.rows, input.id) !== undefined) return text;
  return spliceTracker(text, table, { cells: [], rows: [input.row], removed: [] });
}

function decisionEdits(text: string, row: TrackerRow, input: DecisionInput): CellEdit[] {
  const { cells, line } = row;
  const set = (column: TrackedColumn, source: string): CellEdit[] =>
    sourceOf(text, cells[column]) === source ? [] : [{ line, column, text: source }];
  const inColumns = (['Owner', 'Until'] as const).flatMap((column) => {
    const value = column === 'Owner' ? input.owner : input.until;
    return value === null || cells[column] === undefined ? [] : set(column, encodeCell(value));
  });
  const before = sourceOf(text, cells.Decision);
  const said = decisionSource(row, input, before);
  if (cells.Status === undefined || (said !== '' && cells.Decision === undefined)) throw noCell(row);
  const status = row.state === input.state && row.clean === 0 ? [] : set('Status', `_${input.state}_`);
  const isSaid = said === '' || before.endsWith(said);
  const decision = isSaid
    ? []
    : set('Decision', [before, said].filter((part) => part !== '').join(said.startsWith('[') ? ' ' : '; '));
  const divergence = sourceOf(text, cells.Divergence);
  const marked = cells.Divergence === undefined ? [] : set('Divergence', decidedDivergence(row, divergence, input));
  const sides = isForAnotherReference(row, input)
    ? (['Reference', 'Candidate'] as const).flatMap((column) => set(column, input.row?.cells[column] ?? ''))
    : [];
  return [...status, ...marked, ...sides, ...inColumns, ...decision];
}

/**
 * Who accepts accepts what the row showed and what the newest run does: that may have been a run of some cases. Who takes that back leaves
 * it as what the row shows.
 */
function decidedDivergence(row: TrackerRow, source: string, input: DecisionInput): string {
  if (input.state !== 'accepted') return reopenedDivergence(source);
  const held = isForAnotherReference(row, input) ? input.pin : acceptedPin(source, input.pin);
  return held === null ? source : pinned(source, held);
}

/** The newest run compared with another reference than the row names: what is accepted now is what that run shows. */
function isForAnotherReference({ cells, reference }: TrackerRow, { state, row }: DecisionInput): boolean {
  const now = row?.cells.Reference;
  if (state !== 'accepted' || now === undefined || cells.Reference === undefined || cells.Candidate === undefined)
    return false;
  return nameIn(decodeCell(now)) !== nameIn(reference);
}

/** What is to come after what is `written`: the reason, in brackets what has no column of its own, and how far it is widened. */
function decisionSource(row: TrackerRow, { reason, owner, until, widening }: DecisionInput, written: string): string {
  const { cells } = row;
  const facts = [
    ...(owner !== null && cells.Owner === undefined ? [`owner ${owner}`] : []),
    ...(until !== null && cells.Until === undefined ? [`until ${until}`] : []),
  ];
  const inBrackets = facts.length === 0 ? '' : `(${facts.join(', ')})`;
  const words = [reason?.trim() ?? '', inBrackets].filter((part) => part !== '').join(' ');
  const before = wideningOf(row);
  const wider = (['cases', 'values'] as const).filter((way) => widening[way] && !before[way]);
  const fresh = written.endsWith(encodeCell(words)) ? '' : encodeCell(words);
  return [fresh, ...wider.map((way) => wideningWords[way])].filter((part) => part !== '').join(' ');
}

function sourceOf(text: string, cell: CellSpan | undefined): string {
  return cell === undefined ? '' : text.slice(cell.start, cell.end).trim();
}

function noRow(file: string, id: string): ParityError {
  return new ParityError('PX2605', `${file} has no row ${visible(id)}`, {
    hint: 'parity tracker list shows the ids.',
  });
}

function noCell({ id, line }: TrackerRow): ParityError {
  return new ParityError('PX4108', `the row of ${id} at line ${line} has no Status or Decision cell`, {
    hint: 'Add the missing cell, then run again.',
  });
}
