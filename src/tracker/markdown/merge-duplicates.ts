import type { TrackedColumn } from '../../config/tracking.ts';
import { maxPasses } from '../limits.ts';
import type { CellEdit } from '../reconcile/row-plan.ts';
import type { TableOptions } from '../rows/columns.ts';
import { isStateLost, withoutMark } from '../rows/hidden-comment.ts';
import { splitCells } from '../rows/lines.ts';
import type { RowState, TrackerRow } from '../rows/row.ts';
import { casesCell, joinCases, type OwnCases, readOwnCases } from '../rows/row-cases.ts';
import { spliceTracker } from './splice.ts';
import { readTracker, type TrackerTable } from './table.ts';

/** A text whose double rows were made one, and what people should know of it. */
export interface Healed {
  readonly text: string;
  readonly table: TrackerTable;
  /** Ids of rows that stood there twice. */
  readonly ids: readonly string[];
  readonly notes: readonly string[];
}

/** Of two branches that say different things of one finding, the one further left wins: what fails before what passes. */
const strongest: readonly RowState[] = ['reopened', 'accepted', 'open', 'fixed'];

/**
 * The text of a tracker in, the same with rows that stand there twice (a merge of two branches does that) made one out. Both rows
 * stay where people wrote different things into columns of their own.
 */
export function healDoubles(text: string, file: string, options: TableOptions): Healed {
  let healed: Healed = { text, table: readTracker(text, file, options), ids: [], notes: [] };
  for (let pass = 0; pass < maxPasses; pass++) {
    const { table } = healed;
    const merged = doubles(table.rows).flatMap((pair) => mergePair(healed.text, table, pair) ?? []);
    if (merged.length === 0) return healed;
    const edits = {
      cells: merged.flatMap(({ cells }) => cells),
      rows: [],
      removed: merged.map(({ removed }) => removed),
    };
    const next = spliceTracker(healed.text, table, edits);
    const ids = merged.map(({ id }) => id);
    const notes = ids.map((id) => `${id} stood in two rows: they are one now.`);
    healed = {
      text: next,
      table: readTracker(next, file, options),
      ids: [...new Set([...healed.ids, ...ids])],
      notes: [...healed.notes, ...notes],
    };
  }
  return healed;
}

type Pair = readonly [TrackerRow, TrackerRow];

/** The first two rows of each id that more than one row has, where both have a status of ours. */
function doubles(rows: readonly TrackerRow[]): Pair[] {
  const first = new Map<string, TrackerRow>();
  const pairs = new Map<string, Pair>();
  for (const row of rows) {
    if (row.id === null || row.state === null || pairs.has(row.id)) continue;
    const before = first.get(row.id);
    if (before === undefined) first.set(row.id, row);
    else pairs.set(row.id, [before, row]);
  }
  return [...pairs.values()];
}

interface Merged {
  readonly id: string;
  readonly cells: readonly CellEdit[];
  readonly removed: number;
}

/** Null if something of people would be lost. */
function mergePair(text: string, table: TrackerTable, [a, b]: Pair): Merged | null {
  const [ofA, ofB] = [a, b].map((row) => foreignCells(text, table, row)) as [string[], string[]];
  const [kept, gone] = covers(ofA, ofB) ? [a, b] : covers(ofB, ofA) ? [b, a] : [null, null];
  if (kept === null) return null;
  const wanted = wantedCells(text, [a, b]);
  const changes = Object.entries(wanted).filter(
    ([column, source]) => source !== sourceOf(text, kept, column as TrackedColumn),
  );
  if (changes.some(([column]) => kept.cells[column as TrackedColumn] === undefined)) return null;
  const cells = changes.map(([column, source]) => ({ line: kept.line, column: column as TrackedColumn, text: source }));
  return { id: kept.id ?? '', cells, removed: gone.line };
}

/** What is not ours, by position; Decision is joined, not compared. */
function foreignCells(text: string, { lines, head }: TrackerTable, row: TrackerRow): string[] {
  const { cells } = splitCells(text, lines[row.line - 1]!);
  return cells.map((cell, index) => {
    const name = head?.columns[index] ?? null;
    return name === null || name === 'Owner' || name === 'Until' ? text.slice(cell.start, cell.end).trim() : '';
  });
}

function covers(mine: readonly string[], theirs: readonly string[]): boolean {
  return theirs.every((cell, index) => cell === '' || cell === mine[index]);
}

function sourceOf(text: string, row: TrackerRow, column: TrackedColumn): string {
  const cell = row.cells[column];
  return cell === undefined ? '' : text.slice(cell.start, cell.end).trim();
}

/** What both rows say together. */
function wantedCells(text: string, [a, b]: Pair): Partial<Record<TrackedColumn, string>> {
  const source = (row: TrackerRow, column: TrackedColumn): string => sourceOf(text, row, column);
  const rank = ({ state }: TrackerRow): number => strongest.indexOf(state ?? 'fixed');
  const winner = rank(b) < rank(a) ? b : a;
  const sole = soleMemory([a, b], winner);
  const [early, late] = [day(a.firstSeen) <= day(b.firstSeen) ? a : b, day(b.lastSeen) > day(a.lastSeen) ? b : a];
  return {
    Status: source(winner, 'Status'),
    Divergence: source(sole ?? winner, 'Divergence') || source(winner === a ? b : a, 'Divergence'),
    Cases: sole ? source(sole, 'Cases') : joinedCases(source(late === a ? b : a, 'Cases'), source(late, 'Cases')),
    'First seen': source(early, 'First seen'),
    'Last seen': source(late, 'Last seen'),
    Decision: joined(source(a, 'Decision'), source(b, 'Decision')),
  };
}

/**
 * Where the state file lacks what one of the rows remembers, the row whose memory counts: the other one, unless the lost one alone is
 * accepted, for then it is not known what was. Null where both are there, or both are lost.
 */
function soleMemory([a, b]: Pair, winner: TrackerRow): TrackerRow | null {
  if (isStateLost(a) === isStateLost(b)) return null;
  const known = isStateLost(a) ? b : a;
  return winner.state === 'accepted' && known.state !== 'accepted' ? winner : known;
}

/** The greater number, and the cases that either lists; the later row stands last. */
function joinedCases(a: string, b: string): string {
  const [x, y] = [a, b].map((source) => {
    const count = Number(withoutMark(source)) || 0;
    return { count, own: readOwnCases(source, count) };
  }) as [{ count: number; own: OwnCases | null }, { count: number; own: OwnCases | null }];
  if (x.own !== null && y.own !== null) return casesCell(joinCases(x.own, y.own));
  if (x.count === y.count) return x.own === null ? b || a : a;
  return x.count < y.count ? b : a;
}

function day(text: string | null): string {
  return /^\d{4}-\d\d-\d\d/.exec(text ?? '')?.[0] ?? '9999';
}

function joined(a: string, b: string): string {
  if (a === '' || b.includes(a)) return b;
  return b === '' || a.includes(b) ? a : `${a}; ${b}`;
}
