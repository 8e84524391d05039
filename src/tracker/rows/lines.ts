import type { CellSpan } from './row.ts';

/** One line of a text: offsets without its line ending, and the ending (`\n`, `\r\n`, `\r`; empty on the last line). */
export interface Line extends CellSpan {
  readonly eol: string;
}

/** The cells of a table line: everything between two pipes, and whether the line begins and ends with a pipe. */
export interface LineCells {
  readonly cells: readonly CellSpan[];
  readonly leading: boolean;
  readonly trailing: boolean;
}

/** A text in, its lines out, as CommonMark counts them (section 2.1). */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  const ending = /\r\n|\n|\r/g;
  let start = 0;
  for (let match = ending.exec(text); match !== null; match = ending.exec(text)) {
    lines.push({ start, end: match.index, eol: match[0] });
    start = ending.lastIndex;
  }
  lines.push({ start, end: text.length, eol: '' });
  return lines;
}

/** A text and a line of a GFM table in it, its cells out; a pipe right after a backslash belongs to the cell. */
export function splitCells(text: string, line: CellSpan): LineCells {
  const { start, end } = trimmed(text, line);
  const cells: CellSpan[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    if (text[at] !== '|' || (at > start && text[at - 1] === '\\')) continue;
    cells.push({ start: from, end: at });
    from = at + 1;
  }
  cells.push({ start: from, end });
  const leading = isEmpty(cells[0]);
  if (leading) cells.shift();
  const trailing = isEmpty(cells.at(-1));
  if (trailing) cells.pop();
  return { cells, leading, trailing };
}

/** The part of a span that is left without white space at its ends. */
export function trimmed(text: string, span: CellSpan): CellSpan {
  const raw = text.slice(span.start, span.end);
  const start = span.start + (raw.length - raw.trimStart().length);
  return { start, end: Math.max(start, span.start + raw.trimEnd().length) };
}

function isEmpty(cell: CellSpan | undefined): boolean {
  return cell !== undefined && cell.start === cell.end;
}
