import { ParityError } from '../errors.ts';
import { decodeCell } from './cell.ts';
import { type Line, type LineCells, splitCells, splitLines } from './lines.ts';
import { findPlace } from './marker.ts';
import { type Column, columns, type RowState, type Span, type TrackerRow } from './row.ts';

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
  readonly columns: readonly (Column | null)[];
  /** Whether its lines begin and end with a pipe. */
  readonly leading: boolean;
  readonly trailing: boolean;
}

const states: ReadonlySet<string> = new Set<RowState>(['open', 'accepted', 'fixed', 'reopened']);
const columnByName = new Map<string, Column>(columns.map((column) => [column.toLowerCase(), column]));

/**
 * The text of a Markdown file and the file's name in, the GFM table below `<!-- parity:tracker -->` out.
 * Throws PX4103 (merge conflict markers) and PX4105 (no marker, two markers, no ID or Status column), with lines.
 */
export function readTracker(text: string, file: string): TrackerTable {
  const lines = splitLines(text);
  const { marker, table } = findPlace(text, lines, file);
  const newline = lines[table?.head ?? marker]?.eol || '\n';
  if (table === null) return { file, lines, marker, newline, head: null, rows: [] };
  const cellsOf = (line: number): LineCells => splitCells(text, lines[line]!);
  const names = headColumns(text, cellsOf(table.head));
  requireColumns(names, file, table.head);
  const rows = table.rows.map((line) => readRow(text, { line, names, cells: cellsOf(line).cells }));
  const head = { line: table.head, lastLine: lastRow(text, lines, table), columns: names };
  const { leading, trailing } = cellsOf(table.head);
  return { file, lines, marker, newline, head: { ...head, leading, trailing }, rows };
}

function headColumns(text: string, { cells }: LineCells): (Column | null)[] {
  const seen = new Set<Column>();
  return cells.map((cell) => {
    const column = columnByName.get(shown(text, cell).toLowerCase());
    if (column === undefined || seen.has(column)) return null;
    seen.add(column);
    return column;
  });
}

function requireColumns(names: readonly (Column | null)[], file: string, line: number): void {
  const missing = (['ID', 'Status'] as const).filter((column) => !names.includes(column));
  if (missing.length === 0) return;
  const message = `the tracker table has no column ${missing.join(' and no column ')}`;
  throw new ParityError('PX4105', `${file}: ${message}`, {
    hint: `Add the column, or put <!-- parity:tracker --> above the table that has it.`,
    problems: [{ file, line: line + 1, col: 1, message }],
  });
}

function lastRow(text: string, lines: readonly Line[], table: { head: number; rows: readonly number[] }): number {
  const hasPipe = (line: number): boolean => text.slice(lines[line]!.start, lines[line]!.end).includes('|');
  return table.rows.findLast(hasPipe) ?? table.head + 1;
}

interface RowSource {
  readonly line: number;
  readonly names: readonly (Column | null)[];
  readonly cells: readonly Span[];
}

function readRow(text: string, { line, names, cells }: RowSource): TrackerRow {
  const ours: Partial<Record<Column, Span>> = {};
  for (const [index, name] of names.entries()) {
    const cell = cells[index];
    if (name !== null && cell !== undefined) ours[name] = cell;
  }
  const read = (column: Column): string | null => (ours[column] === undefined ? null : shown(text, ours[column]));
  const status = read('Status') ?? '';
  return {
    line: line + 1,
    id: findingId(read('ID') ?? ''),
    status,
    state: rowState(status),
    divergence: read('Divergence'),
    route: read('Route'),
    reference: read('Reference'),
    candidate: read('Candidate'),
    cases: read('Cases'),
    firstSeen: read('First seen'),
    lastSeen: read('Last seen'),
    decision: read('Decision'),
    cells: ours,
  };
}

function shown(text: string, cell: Span): string {
  return decodeCell(text.slice(cell.start, cell.end)).trim();
}

function findingId(cell: string): string | null {
  return /^P-[0-9A-F]{8,64}$/i.test(cell) ? cell.toUpperCase() : null;
}

function rowState(status: string): RowState | null {
  const word = status.toLowerCase();
  return states.has(word) ? (word as RowState) : null;
}
