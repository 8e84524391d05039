import type { Finding, FindingState } from '../findings/finding.ts';
import { encodeCell, visible } from './cell.ts';
import { type Coverage, coverageOf, fullyCovered, type Library, nameIn } from './coverage.ts';
import { type Column, type NewRow, newRow, type RowState, type TrackerRow } from './row.ts';

/** What a run has to say to the tracker. */
export interface ReconcileInput {
  readonly findings: readonly Finding[];
  /** Names of the targets of this run. */
  readonly reference: string;
  readonly candidates: readonly string[];
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly library: Library;
}

/** A cell of an existing row that gets new Markdown source. */
export interface CellEdit {
  /** The row's line, from 1. */
  readonly line: number;
  readonly column: Column;
  readonly text: string;
}

/** What the tracker will say, and what must change for it. */
export interface Plan {
  /** By finding: those of the run, and those that became fixed. */
  readonly states: ReadonlyMap<string, { readonly state: FindingState; readonly decision: string | null }>;
  /** Ids, sorted. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Plain sentences for people. */
  readonly notes: readonly string[];
  readonly edits: { readonly cells: readonly CellEdit[]; readonly rows: readonly NewRow[] };
}

const newRowLimit = 50;
const noteLimit = 20;
const severities = ['breaking', 'risky', 'cosmetic'];

interface RowPlan {
  readonly state: FindingState;
  readonly cells: readonly CellEdit[];
  readonly note: string | null;
}

/** The rows of a tracker and a run in, the plan out. Pure. Nothing is closed that this run did not see in full. */
export function reconcile(rows: readonly TrackerRow[], input: ReconcileInput): Plan {
  const { byId, notes } = readable(rows);
  const findings = new Map(input.findings.toReversed().map((finding) => [finding.id, finding]));
  const judged = judgeRows(byId, findings, { input, coverage: coverageOf(input.library) });
  const changed = judged.filter(({ plan }) => plan.cells.length > 0);
  const fresh = [...findings.values()].filter(({ id }) => !byId.has(id));
  const kept = mostSevere(fresh);
  return {
    states: new Map([
      ...judged.filter(({ seen, plan }) => seen || plan.cells.length > 0).map(stateOf),
      ...fresh.map(({ id }) => [id, { state: 'new', decision: null }] as const),
    ]),
    added: kept.map(({ id }) => id),
    changed: changed.map(({ id }) => id).sort(),
    notes: capped([...leftOut(fresh.length - kept.length), ...notes, ...judged.flatMap(({ plan }) => plan.note ?? [])]),
    edits: {
      cells: judged.flatMap(({ plan }) => plan.cells),
      rows: kept.map((finding) => newRow(finding, input.reference, input.today)),
    },
  };
}

interface Judged {
  readonly id: string;
  readonly row: TrackerRow;
  readonly seen: boolean;
  readonly plan: RowPlan;
}

function judgeRows(byId: ReadonlyMap<string, TrackerRow>, findings: ReadonlyMap<string, Finding>, run: Run): Judged[] {
  return [...byId].map(([id, row]) => {
    const finding = findings.get(id);
    const plan = finding === undefined ? absent(row, run) : present(row, finding, run);
    return { id, row, seen: finding !== undefined, plan };
  });
}

function stateOf({ id, row, plan }: Judged): readonly [string, { state: FindingState; decision: string | null }] {
  return [id, { state: plan.state, decision: row.decision || null }];
}

function leftOut(count: number): string[] {
  return count === 0 ? [] : [`${count} more new findings got no row: a run adds ${newRowLimit} at most.`];
}

/** The first row of each id; rows that cannot be read, and repeated ones, become notes. */
function readable(rows: readonly TrackerRow[]): { byId: Map<string, TrackerRow>; notes: string[] } {
  const byId = new Map<string, TrackerRow>();
  const notes: string[] = [];
  for (const row of rows) {
    const first = row.id === null ? undefined : byId.get(row.id);
    if (row.id === null) {
      if (hasOurText(row)) notes.push(`Tracker line ${row.line}: no finding id; the row is left alone.`);
    } else if (first !== undefined) {
      notes.push(
        `Tracker line ${row.line}: ${row.id} stands at line ${first.line} already; only the first row counts.`,
      );
    } else {
      byId.set(row.id, row);
      if (row.state === null) notes.push(unknownStatus(row));
    }
  }
  return { byId, notes };
}

/** Text that sticks to the last row fills one cell; an empty row says nothing. */
function hasOurText({ cells, status, divergence, route, candidate }: TrackerRow): boolean {
  return cells.ID !== undefined && [status, divergence, route, candidate].some((text) => text !== null && text !== '');
}

function unknownStatus({ line, id, status }: TrackerRow): string {
  const word = [...visible(status)].slice(0, 40).join('');
  return `Tracker line ${line}: the status "${word}" of ${id} is none of open, accepted, fixed, reopened; the row is left alone.`;
}

interface Run {
  readonly input: ReconcileInput;
  readonly coverage: Coverage;
}

function present(row: TrackerRow, finding: Finding, { input, coverage }: Run): RowPlan {
  if (row.state === null) return { state: 'open', cells: [], note: null };
  const state: RowState = row.state === 'fixed' ? 'reopened' : row.state;
  const wanted = {
    Status: state === row.state ? null : `_${state}_`,
    Cases: newCount(row, finding, coverage),
    'Last seen': row.lastSeen !== null && isLater(input.today, row.lastSeen) ? input.today : null,
  };
  const cells = Object.entries(wanted).flatMap(([column, text]) =>
    text === null ? [] : [{ line: row.line, column: column as Column, text }],
  );
  return { state, cells, note: null };
}

/** A run that left cases out may raise the count, never lower it: the count says how many must be clean before the row closes. */
function newCount(row: TrackerRow, finding: Finding, coverage: Coverage): string | null {
  if (row.cases === null) return null;
  const now = finding.cases.length;
  const before = wholeNumber(row.cases) ?? 0;
  const count = fullyCovered(row, coverage) > 0 ? now : Math.max(before, now);
  return String(count) === row.cases ? null : encodeCell(String(count));
}

function absent(row: TrackerRow, { input, coverage }: Run): RowPlan {
  const state = row.state ?? 'open';
  const untouched = { state, cells: [], note: null };
  if (row.state === null || row.state === 'fixed' || !isOfRun(row, input)) return untouched;
  const unread = unreadCell(row);
  if (unread !== null) return { ...untouched, note: unread };
  const needed = row.cases === null ? 1 : (wholeNumber(row.cases) ?? 1);
  const covered = fullyCovered(row, coverage);
  if (covered === 0 || covered < needed) return untouched;
  if (row.state === 'accepted')
    return { ...untouched, note: `${row.id} is accepted but gone: no case shows it any more.` };
  return { state: 'fixed', cells: [{ line: row.line, column: 'Status', text: '_fixed_' }], note: null };
}

/** Rows of another candidate, or measured against another reference, are not this run's to judge. */
function isOfRun(row: TrackerRow, { reference, candidates }: ReconcileInput): boolean {
  const measuredAgainst = nameIn(row.reference);
  if (measuredAgainst !== null && measuredAgainst !== visible(reference)) return false;
  const candidate = nameIn(row.candidate);
  return candidate === null || candidates.some((name) => visible(name) === candidate);
}

function unreadCell(row: TrackerRow): string | null {
  const missing = [
    row.route ? null : 'route',
    nameIn(row.candidate) === null ? 'candidate' : null,
    row.cases !== null && wholeNumber(row.cases) === null ? 'number of cases' : null,
  ].filter((name) => name !== null);
  if (missing.length === 0) return null;
  return `Tracker line ${row.line}: ${row.id} has no readable ${missing.join(', ')}; it cannot become fixed.`;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** A day that cannot be read counts as long ago; a clock that went back changes nothing. */
function isLater(today: string, before: string): boolean {
  return !/^\d{4}-\d\d-\d\d$/.test(before) || today > before;
}

/** The findings that get a row, in the order of their ids. */
function mostSevere(findings: readonly Finding[]): Finding[] {
  const rank = (finding: Finding): number => severities.indexOf(finding.severity);
  const worst = findings.toSorted((a, b) => rank(a) - rank(b) || byText(a.id, b.id));
  return worst.slice(0, newRowLimit).sort((a, b) => byText(a.id, b.id));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function capped(notes: readonly string[]): string[] {
  if (notes.length <= noteLimit) return [...notes];
  return [...notes.slice(0, noteLimit - 1), `${notes.length - noteLimit + 1} more notes on tracker rows.`];
}
