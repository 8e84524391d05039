import { trimmed } from './lines.ts';
import type { CellEdit, Plan } from './reconcile.ts';
import { columns, type NewRow, type Span, type TrackerRow } from './row.ts';
import type { TableHead, TrackerTable } from './table.ts';

interface Splice extends Span {
  readonly text: string;
}

type Edits = Plan['edits'];

/** A text, its table and a plan in, the text with only our cells changed and our rows added out; without edits the same text. */
export function spliceTracker(text: string, table: TrackerTable, { edits }: { readonly edits: Edits }): string {
  if (table.head === null) return apply(text, [newTable(text, table, edits.rows)]);
  const rows = new Map(table.rows.map((row) => [row.line, row]));
  const cells = edits.cells.flatMap((edit) => cellSplice(text, rows.get(edit.line), edit));
  return apply(text, [...cells, ...rowSplices(text, { ...table, head: table.head }, edits.rows)]);
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
  // In a table that people have aligned, the blanks at the end give or take what the new text needs.
  if (room.length < 2 || room.trim() !== '') return [{ ...content, text: edit.text }];
  const width = content.end - content.start + room.length;
  return [{ start: content.start, end: cell.end, text: `${edit.text.padEnd(width - 1)} ` }];
}

type FullTable = TrackerTable & { readonly head: TableHead };

function rowSplices(text: string, table: FullTable, added: readonly NewRow[]): Splice[] {
  const ours = table.rows.filter((row) => row.id !== null);
  const inOrder = ours.every((row, index) => index === 0 || (ours[index - 1]?.id ?? '') <= (row.id ?? ''));
  const indent = indentOf(text, table, table.head.line);
  return added.map((row) => {
    const before = inOrder ? ours.findLast(({ id }) => id !== null && id < row.id) : ours.at(-1);
    const first = ours[0];
    const line = before?.line ?? (first === undefined ? table.head.lastLine + 1 : first.line - 1);
    const at = table.lines[line - 1]?.end ?? text.length;
    return { start: at, end: at, text: `${table.newline}${indent}${rowText(row, table.head)}` };
  });
}

function indentOf(text: string, table: TrackerTable, line: number): string {
  const { start, end } = table.lines[line] ?? { start: 0, end: 0 };
  const content = text.slice(start, end).replace(/^\uFEFF/, '');
  return content.slice(0, content.length - content.trimStart().length);
}

function rowText(row: NewRow, { columns: names, leading, trailing }: Omit<TableHead, 'line' | 'lastLine'>): string {
  const cells = names.map((name) => (name === null ? '' : row.cells[name]));
  const line = cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|');
  // Without a pipe at the edge, a list sign would start a list and an empty cell would be lost.
  const opens = leading || !/^[A-Za-z]/.test(cells[0] ?? '');
  const closes = trailing || cells.at(-1) === '';
  return `${opens ? '|' : ''}${line}${closes ? '|' : ''}`.trim();
}

function newTable(text: string, table: TrackerTable, added: readonly NewRow[]): Splice {
  const indent = indentOf(text, table, table.marker);
  const head = { columns, leading: true, trailing: true };
  const lines = [
    `| ${columns.join(' | ')} |`,
    `|${'---|'.repeat(columns.length)}`,
    ...added.map((row) => rowText(row, head)),
  ].map((line) => `${table.newline}${indent}${line}`);
  const marker = table.lines[table.marker];
  const next = table.lines[table.marker + 1];
  const isClear = next === undefined || text.slice(next.start, next.end).trim() === '';
  const at = marker?.end ?? text.length;
  const close = isClear ? '' : table.newline;
  return { start: at, end: at, text: `${table.newline}${lines.join('')}${close}` };
}
