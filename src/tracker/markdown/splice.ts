import { tableColumns } from '../../config/tracking.ts';
import type { Edits } from '../reconcile/reconcile.ts';
import type { CellEdit } from '../reconcile/row-plan.ts';
import { adoptedName } from '../rows/columns.ts';
import { withoutMark } from '../rows/hidden-comment.ts';
import { splitCells, trimmed } from '../rows/lines.ts';
import type { CellSpan, NewRow, TrackerRow } from '../rows/row.ts';
import { type IdRow, placer } from './order.ts';
import type { TableHead, TrackerTable } from './table.ts';

interface Splice extends CellSpan {
  readonly text: string;
}

/**
 * A text, its table and edits in, the text with only our cells changed, our rows added or taken away out; without edits the same
 * text. A table of people gets the columns of ours that it lacks together with its first row.
 */
export function spliceTracker(text: string, table: TrackerTable, edits: Edits): string {
  if (table.head === null) return apply(text, [newTable(text, table, edits.rows)]);
  const rows = new Map(table.rows.map((row) => [row.line, row]));
  const cells = edits.cells.flatMap((edit) => cellSplice(text, rows.get(edit.line), edit));
  const removed = edits.removed.map((line) => lineSplice(text, table, line));
  const full = { ...table, head: table.head };
  const added = edits.rows.length === 0 ? [] : [...columnSplices(text, full), ...rowSplices(text, full, edits.rows)];
  return apply(text, [...cells, ...removed, ...added]);
}

/** The line with its ending; of a last line without one, with the ending of the line above. */
function lineSplice(text: string, { lines }: TrackerTable, line: number): Splice {
  const { start, end, eol } = lines[line - 1]!;
  if (eol !== '') return { start, end: end + eol.length, text: '' };
  const above = lines[line - 2];
  return { start: above?.end ?? start, end: text.length, text: '' };
}

function apply(text: string, splices: readonly Splice[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text: replacement } of splices.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(from, start) + replacement;
    from = end;
  }
  return result + text.slice(from);
}

function cellSplice(text: string, row: TrackerRow | undefined, edit: CellEdit): Splice[] {
  const cell = row?.cells[edit.column];
  if (cell === undefined) return [];
  const content = trimmed(text, cell);
  if (content.start === content.end) return [{ ...cell, text: ` ${edit.text} ` }];
  const room = text.slice(content.end, cell.end);
  // In a table that people have aligned, the blanks at the end give or take what the new text needs, aside from what nobody sees of it.
  if (room.length < 2 || room.trim() !== '') return [{ ...content, text: edit.text }];
  const shown = withoutMark(text.slice(content.start, content.end)).length;
  const blanks = Math.max(1, shown + room.length - withoutMark(edit.text).length);
  return [{ start: content.start, end: cell.end, text: edit.text + ' '.repeat(blanks) }];
}

type FullTable = TrackerTable & { readonly head: TableHead };

/** At the right of the header line and of the line below it. Rows of people stay as they are: GFM fills them up. */
function columnSplices(text: string, { head, lines }: FullTable): Splice[] {
  if (head.missing.length === 0) return [];
  const names = head.missing.map(adoptedName);
  return [names, names.map(() => '---')].map((cells, below) => {
    const line = lines[head.line + below]!;
    const at = trimmed(text, line).end;
    const { trailing } = splitCells(text, line);
    const content = ` ${cells.join(' | ')}`;
    return { start: at, end: at, text: trailing ? `${content} |` : ` |${content}` };
  });
}

function rowSplices(text: string, table: FullTable, added: readonly NewRow[]): Splice[] {
  const ours = table.rows.filter((row): row is IdRow => row.id !== null);
  const placeOf = placer(ours);
  const indent = indentOf(text, table, table.head.line);
  const head = { ...table.head, columns: [...table.head.columns, ...table.head.missing] };
  return added.map((row) => {
    const before = placeOf(row.id);
    const first = ours[0];
    const line = before?.line ?? (first === undefined ? table.head.lastLine + 1 : first.line - 1);
    const at = table.lines[line - 1]?.end ?? text.length;
    return { start: at, end: at, text: `${table.newline}${indent}${rowText(row, head)}` };
  });
}

function indentOf(text: string, table: TrackerTable, line: number): string {
  const { start, end } = table.lines[line] ?? { start: 0, end: 0 };
  const content = text.slice(start, end).replace(/^\uFEFF/, '');
  return content.slice(0, content.length - content.trimStart().length);
}

type RowForm = Pick<TableHead, 'columns' | 'leading' | 'trailing'>;

function rowText(row: NewRow, { columns: names, leading, trailing }: RowForm): string {
  const cells = names.map((name) => (name === null ? '' : (row.cells[name] ?? '')));
  const line = cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|');
  // Without a pipe at the edge, a list sign would start a list and an empty cell would be lost.
  const opens = leading || !/^[A-Za-z]/.test(cells[0] ?? '');
  const closes = trailing || cells.at(-1) === '';
  return `${opens ? '|' : ''}${line}${closes ? '|' : ''}`.trim();
}

function newTable(text: string, table: TrackerTable, added: readonly NewRow[]): Splice {
  const indent = indentOf(text, table, table.marker);
  const head = { columns: tableColumns, leading: true, trailing: true };
  const lines = [
    `| ${tableColumns.join(' | ')} |`,
    `|${'---|'.repeat(tableColumns.length)}`,
    ...added.map((row) => rowText(row, head)),
  ].map((line) => `${table.newline}${indent}${line}`);
  const marker = table.lines[table.marker];
  const next = table.lines[table.marker + 1];
  const isClear = next === undefined || text.slice(next.start, next.end).trim() === '';
  const at = marker?.end ?? text.length;
  const close = isClear ? '' : table.newline;
  return { start: at, end: at, text: `${table.newline}${lines.join('')}${close}` };
}
