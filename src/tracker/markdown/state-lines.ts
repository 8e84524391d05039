import type { TrackedColumn } from '../../config/tracking.ts';
import { shortHash } from '../../structures/short-hash.ts';
import type { CellEdit } from '../reconcile/row-plan.ts';
import type { TableOptions } from '../rows/columns.ts';
import { type MarkName, markOf, withMark, withoutMark } from '../rows/hidden-comment.ts';
import type { TrackerRow } from '../rows/row.ts';
import { spliceTracker } from './splice.ts';
import { readTracker } from './table.ts';

/** Which tracker a text is of. */
export interface TrackerAt {
  readonly file: string;
  readonly options: TableOptions;
}

/** By number what rows remember: a line of the state file. */
export type StateLines = ReadonlyMap<string, string>;

const header =
  '# What parity remembers of the rows of the tracker beside this file: commit both. A row finds its line by the number in its comment.';
const line = /^(P-[0-9A-F]{8,64}) ([0-9a-z]{7}) ([a-z0-9 ;:,+|-]+)$/;
const numberLength = 7;
const marksOf: Readonly<Record<'Cases' | 'Divergence', readonly MarkName[]>> = {
  Cases: ['cases'],
  Divergence: ['accepted', 'shown'],
};
const between = ' | ';

/** The text of a state file in, its lines out. A line that is not what its number stands for is left out, as are conflict markers of git. */
export function parseStateLines(text: string): StateLines {
  const lines = text.split(/\r\n|\n|\r/).flatMap((one) => {
    const [, id = '', number = '', memory = ''] = line.exec(one) ?? [];
    return memory !== '' && numberOf(id, memory) === number ? [[number, one] as const] : [];
  });
  return new Map(lines);
}

/** Lines in, the text of a state file out; they stand in the order of the ids, so that branches meet seldom. */
export function spellStateLines(lines: StateLines): string {
  return `${[header, ...[...lines.values()].sort()].join('\n')}\n`;
}

/**
 * The lines that a tracker needs, and of each row the line before: branches merge cleanly where one of them has a row as it was, and the
 * other one as it is. `there` are the lines of the state file, `before` is the text that is replaced.
 */
export function keptLines(wanted: StateLines, { there, before }: { there: StateLines; before: string }): StateLines {
  const used = new Set([...before.matchAll(/<!-- state: ([0-9a-z]+) -->/g)].map(([, number]) => number));
  const ids = new Set([...wanted.values()].map(idIn));
  const earlier = new Map<string, readonly [string, string]>();
  for (const entry of [...there].sort(([a], [b]) => Number(used.has(b)) - Number(used.has(a)))) {
    const id = idIn(entry[1]);
    if (!wanted.has(entry[0]) && ids.has(id) && !earlier.has(id)) earlier.set(id, entry);
  }
  return new Map([...wanted, ...earlier.values()]);
}

function idIn(text: string): string {
  return text.slice(0, text.indexOf(' '));
}

function numberOf(id: string, memory: string): string {
  return shortHash(`${id} ${memory}`, numberLength);
}

/**
 * A tracker as it is in its file and the lines of its state file in, the text with what the rows remember in their own cells out. The number
 * of a line that is not there, or that belongs to another row, stays in its cell.
 */
export function withState(text: string, lines: StateLines, { file, options }: TrackerAt): string {
  if (!text.includes('<!-- state: ')) return text;
  const table = readTracker(text, file, options);
  const cells = table.rows.flatMap((row) => {
    const number = stateOf(row);
    const [, id, , memory = ''] = line.exec(lines.get(number ?? '') ?? '') ?? [];
    return id === undefined || id !== row.id ? [] : memoryEdits(row, memory.split(between));
  });
  return spliceTracker(text, table, { cells, rows: [], removed: [] });
}

function sourceOf(row: TrackerRow, column: 'Cases' | 'Divergence'): string | null {
  return column === 'Cases' ? row.casesSource : row.divergenceSource;
}

function stateOf(row: TrackerRow): string | null {
  return markOf(row.casesSource ?? '', 'state') ?? markOf(row.divergenceSource ?? '', 'state');
}

function memoryEdits(row: TrackerRow, memory: readonly string[]): CellEdit[] {
  return columnsOf(row).map((column) => {
    const found = memory.map((one) => /^([a-z]+): (.*)$/.exec(one)).find((one) => isOf(column, one?.[1]));
    const bare = withoutMark(sourceOf(row, column) ?? '');
    const text = found == null ? bare : withMark(bare, found[1] as MarkName, found[2] ?? '');
    return { line: row.line, column, text };
  });
}

function isOf(column: 'Cases' | 'Divergence', name: string | undefined): boolean {
  return marksOf[column].some((one) => one === name);
}

/** The columns of a row that carry marks; the first one carries the number. */
function columnsOf(row: TrackerRow): ('Cases' | 'Divergence')[] {
  return (['Cases', 'Divergence'] as const).filter((column: TrackedColumn) => row.cells[column] !== undefined);
}

/** The same in reverse: a text with what rows remember in their cells in, the text for the file and the lines that belong to it out. */
export function splitState(text: string, { file, options }: TrackerAt): { text: string; lines: StateLines } {
  const lines = new Map<string, string>();
  if (!text.includes('<!-- ')) return { text, lines };
  const table = readTracker(text, file, options);
  const cells = table.rows.flatMap((row) => {
    const memory = columnsOf(row).flatMap((column) => memoryIn(row, column));
    if (row.id === null || memory.length === 0) return [];
    const joined = memory.join(between);
    const number = numberOf(row.id, joined);
    lines.set(number, `${row.id} ${number} ${joined}`);
    return columnsOf(row).map((column, at): CellEdit => {
      const bare = withoutMark(sourceOf(row, column) ?? '');
      return { line: row.line, column, text: at === 0 ? withMark(bare, 'state', number) : bare };
    });
  });
  return { text: spliceTracker(text, table, { cells, rows: [], removed: [] }), lines };
}

function memoryIn(row: TrackerRow, column: 'Cases' | 'Divergence'): string[] {
  return marksOf[column].flatMap((name) => {
    const text = markOf(sourceOf(row, column) ?? '', name);
    return text === null ? [] : [`${name}: ${text}`];
  });
}
