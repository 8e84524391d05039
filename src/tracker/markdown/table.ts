import type { TrackedColumn, tableColumns } from '../../config/tracking.ts';
import { ParityError } from '../../errors.ts';
import { decodeCell, decodeStanding } from '../rows/cell.ts';
import { type ColumnPlan, ownTable, planColumns, type TableOptions } from '../rows/columns.ts';
import { type Line, type LineCells, splitCells, splitLines } from '../rows/lines.ts';
import { type CellSpan, type RowState, sentenceAt, type TrackerRow } from '../rows/row.ts';
import { caseCount, readOwnCases } from '../rows/row-cases.ts';
import { findPlace } from './find-table.ts';

/** The tracker in a Markdown text. Line indices count from 0. */
export interface TrackerTable {
  readonly file: string;
  readonly lines: readonly Line[];
  readonly marker: number;
  /** Line ending of the header line, or of the marker line while there is no table. */
  readonly newline: string;
  /** Null while there is a marker only. */
  readonly head: TableHead | null;
  readonly rows: readonly TrackerRow[];
}

/** The header of the tracker's table, and where the table ends. */
export interface TableHead {
  readonly line: number;
  /** The last line of the table that has cells; text that sticks to the last row does not count. */
  readonly lastLine: number;
  /** What each column holds; null for a column of people's own. */
  readonly columns: readonly (TrackedColumn | null)[];
  /** Columns of ours that must be added at its right before it can hold a row. */
  readonly missing: readonly (typeof tableColumns)[number][];
  /** Whether its lines begin and end with a pipe. */
  readonly leading: boolean;
  readonly trailing: boolean;
}

const states: ReadonlySet<string> = new Set<RowState>(['open', 'accepted', 'fixed', 'reopened']);
const waiting = /^(open|reopened) \((\d{1,4}) clean runs?\)$/;

/**
 * The text of a Markdown file, the file's name and where the tracker stands in it in, the tracker's GFM table out.
 * Throws PX4103 (merge conflict markers) and PX4105 (no marker or heading, two of them, a column that is not there), with lines.
 */
export function readTracker(text: string, file: string, options: TableOptions = ownTable): TrackerTable {
  const lines = splitLines(text);
  const { marker, table } = findPlace({ text, lines, file }, options.heading);
  const newline = lines[table?.head ?? marker]?.eol || '\n';
  if (table === null) return { file, lines, marker, newline, head: null, rows: [] };
  const cellsOf = (line: number): LineCells => splitCells(text, lines[line]!);
  const head = cellsOf(table.head);
  const headers = head.cells.map((cell) => shown(text, cell));
  const { names, missing } = planColumns(headers, options, { file, line: table.head });
  requireColumns({ names, missing }, file, table.head);
  if (missing.length > 0) refuseWideRows(table.rows, { file, width: names.length, cellsOf });
  const rows = table.rows.map((line) => readRow(text, { line, names, cells: cellsOf(line).cells }));
  const { leading, trailing } = head;
  const lastLine = lastRow(text, lines, table);
  return {
    file,
    lines,
    marker,
    newline,
    head: { line: table.head, lastLine, columns: names, missing, leading, trailing },
    rows,
  };
}

function requireColumns({ names, missing }: ColumnPlan, file: string, line: number): void {
  const lost = (['ID', 'Status'] as const).filter((column) => !names.includes(column) && !missing.includes(column));
  if (lost.length === 0) return;
  const message = `the tracker table has no column ${lost.join(' and no column ')}`;
  throw new ParityError('PX4105', `${file}: ${message}`, {
    hint: `Add the column, or put <!-- parity:tracker --> above the table that has it.`,
    problems: [{ file, line: line + 1, col: 1, message }],
  });
}

interface Widths {
  readonly file: string;
  readonly width: number;
  readonly cellsOf: (line: number) => LineCells;
}

/** Cells beyond the header are not shown; under columns that come at the right they would be. */
function refuseWideRows(rows: readonly number[], { file, width, cellsOf }: Widths): void {
  const line = rows.find((row) => cellsOf(row).cells.length > width);
  if (line === undefined) return;
  throw new ParityError('PX4105', `${file}: the row at line ${line + 1} has more cells than the header`, {
    hint: 'Remove the last cells of that row: nobody sees them.',
    problems: [{ file, line: line + 1, col: 1, message: 'more cells than the header' }],
  });
}

function lastRow(text: string, lines: readonly Line[], table: { head: number; rows: readonly number[] }): number {
  const hasPipe = (line: number): boolean => text.slice(lines[line]!.start, lines[line]!.end).includes('|');
  return table.rows.findLast(hasPipe) ?? table.head + 1;
}

interface RowSource {
  readonly line: number;
  readonly names: readonly (TrackedColumn | null)[];
  readonly cells: readonly CellSpan[];
}

function readRow(text: string, { line, names, cells }: RowSource): TrackerRow {
  const ours: Partial<Record<TrackedColumn, CellSpan>> = {};
  for (const [index, name] of names.entries()) {
    const cell = cells[index];
    if (name !== null && cell !== undefined) ours[name] = cell;
  }
  const read = (column: TrackedColumn): string | null =>
    ours[column] === undefined ? null : shown(text, ours[column]);
  const source = (column: TrackedColumn): string | null =>
    ours[column] === undefined ? null : text.slice(ours[column].start, ours[column].end).trim();
  const written = source('Status') ?? '';
  const status = decodeStanding(written) || written;
  return {
    line: line + 1,
    id: findingId(read('ID') ?? ''),
    status,
    ...rowState(status),
    ...divergenceIn(source('Divergence')),
    route: read('Route'),
    reference: read('Reference'),
    candidate: read('Candidate'),
    cases: read('Cases'),
    firstSeen: read('First seen'),
    lastSeen: read('Last seen'),
    decision: read('Decision'),
    owner: read('Owner'),
    until: read('Until'),
    standing: ours.Decision === undefined ? null : decodeStanding(source('Decision') ?? ''),
    divergenceSource: source('Divergence'),
    casesSource: source('Cases'),
    lastSeenSource: source('Last seen'),
    own: readOwnCases(source('Cases') ?? '', caseCount(read('Cases')) ?? 0),
    cells: ours,
  };
}

function divergenceIn(source: string | null): Pick<TrackerRow, 'divergence' | 'sentence'> {
  if (source === null) return { divergence: null, sentence: null };
  const at = sentenceAt(source);
  if (at === null) return { divergence: decodeCell(source).trim(), sentence: null };
  const name = source.slice(0, at).replace(/: $/, '');
  return { divergence: decodeCell(name).trim(), sentence: decodeCell(source.slice(at)).trim() };
}

function shown(text: string, cell: CellSpan): string {
  return decodeCell(text.slice(cell.start, cell.end)).trim();
}

function findingId(cell: string): string | null {
  return /^P-[0-9A-F]{8,64}$/i.test(cell) ? cell.toUpperCase() : null;
}

function rowState(status: string): Pick<TrackerRow, 'state' | 'clean'> {
  const word = status.toLowerCase();
  if (states.has(word)) return { state: word as RowState, clean: 0 };
  const [, state, clean] = waiting.exec(word) ?? [];
  return { state: (state as RowState | undefined) ?? null, clean: Number(clean ?? 0) };
}
