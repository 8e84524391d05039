import { someOf } from '../../config/some-of.ts';
import { pushTo } from '../../drift/kit/map-utils.ts';
import type { FindingState, TrackedFinding } from '../../findings/finding.ts';
import { maxNewRows } from '../limits.ts';
import { visible } from '../rows/escape.ts';
import type { NewRow, TrackerRow } from '../rows/row.ts';
import { acceptedRow, carriedFrom, carriedNote } from './carried.ts';
import { coverageOf } from './coverage.ts';
import { insteadOf, neighboursOf } from './replaced-by.ts';
import type { CellEdit, JudgedRun, ReconcileInput, RowPlan } from './row-plan.ts';
import { judgePresent, openRow } from './seen-row.ts';
import { isAwaited, isOfRun, judgeAbsent } from './unseen-row.ts';

/** Cells that change, rows that are added, and lines (from 1) of rows that go. */
export interface Edits {
  readonly cells: readonly CellEdit[];
  readonly rows: readonly NewRow[];
  readonly removed: readonly number[];
}

/** What the tracker will say, and what must change for it. */
export interface TrackerPlan {
  /** By finding: those of the run, and those that became fixed. */
  readonly states: ReadonlyMap<string, { readonly state: FindingState; readonly decision: string | null }>;
  /** Ids, sorted. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Accepted rows whose divergence is no longer there. */
  readonly gone: readonly string[];
  /** Open rows of these targets that the run neither shows nor closes; sorted. */
  readonly unsettled: readonly string[];
  /** Plain sentences for people. */
  readonly notes: readonly string[];
  readonly edits: Edits;
}
const noteLimit = 20;
const causeLimit = 5;
const [reasonLimit, shownIds] = [3, 5];
const severities = ['breaking', 'risky', 'cosmetic'];

/** The rows of a tracker and a run in, the plan out. Pure. Nothing is closed that this run did not see in full. */
export function reconcile(rows: readonly TrackerRow[], input: ReconcileInput): TrackerPlan {
  const { byId, notes } = readable(rows);
  const findings = new Map(input.findings.toReversed().map((finding) => [finding.id, finding]));
  const coverage = coverageOf(input.library, { rows, findings: input.findings });
  const neighbours = neighboursOf([...findings.values()]);
  const absent = [...byId.values()].filter((row) => isAwaited(row, input) && !findings.has(row.id ?? ''));
  const run = { input, coverage, neighbours, instead: insteadOf(absent, neighbours) };
  const judged = judgeRows(byId, findings, run);
  const changed = judged.filter(({ plan }) => plan.cells.length > 0);
  const fresh = [...findings.values()].filter(({ id }) => !byId.has(id));
  const kept = mostSevere(fresh);
  const carried = carriedIn(fresh, { rows: [...byId.values()], input });
  return {
    states: new Map([
      ...judged.filter(({ seen, plan }) => seen || plan.cells.length > 0).map(stateOf),
      ...fresh.map(({ id }) => [id, carriedState(carried.get(id))] as const),
    ]),
    added: kept.map(({ id }) => id),
    changed: changed.map(({ id }) => id).sort(),
    gone: judged
      .filter(({ plan }) => plan.gone)
      .map(({ id }) => id)
      .sort(),
    unsettled: judged
      .filter(({ row, seen, plan }) => !seen && isOpen(plan.state) && isOfRun(row, input))
      .map(({ id }) => id)
      .sort(),
    notes: capped([
      ...leftOut(fresh, kept),
      ...fresh.flatMap((one) => (carried.has(one.id) ? [carriedNote(one, carried.get(one.id)!)] : [])),
      ...notes,
      ...unjudgedNotes(judged),
      ...judged.flatMap(({ plan }) => plan.note ?? []),
    ]),
    edits: {
      cells: judged.flatMap(({ plan }) => plan.cells),
      rows: kept.map((finding) => {
        const [row, from] = [openRow(finding, run), carried.get(finding.id)];
        return from === undefined ? row : acceptedRow(row, from, finding);
      }),
      removed: [],
    },
  };
}

/** Of findings without a row, by id, the row whose acceptance covers them. */
function carriedIn(
  fresh: readonly TrackedFinding[],
  known: Parameters<typeof carriedFrom>[1],
): ReadonlyMap<string, TrackerRow> {
  return new Map(
    fresh.flatMap((finding) => {
      const from = carriedFrom(finding, known);
      return from === null ? [] : [[finding.id, from] as const];
    }),
  );
}

function carriedState(from: TrackerRow | undefined): { state: FindingState; decision: string | null } {
  return from === undefined ? { state: 'new', decision: null } : { state: 'accepted', decision: from.decision || null };
}

function isOpen(state: FindingState): boolean {
  return state === 'open' || state === 'reopened';
}

interface Judged {
  readonly id: string;
  readonly row: TrackerRow;
  readonly seen: boolean;
  readonly plan: RowPlan;
}

function judgeRows(
  byId: ReadonlyMap<string, TrackerRow>,
  findings: ReadonlyMap<string, TrackedFinding>,
  run: JudgedRun,
): Judged[] {
  return [...byId].map(([id, row]) => {
    const finding = findings.get(id);
    const plan = finding === undefined ? judgeAbsent(row, run) : judgePresent(row, finding, run);
    return { id, row, seen: finding !== undefined, plan };
  });
}

/** Rows that no case shows and that were not judged, by the reason; the most frequent reasons, and a few ids for each. */
function unjudgedNotes(judged: readonly Judged[]): string[] {
  const ids = new Map<string, string[]>();
  for (const { id, plan } of judged) if (plan.unjudged !== undefined) pushTo(ids, plan.unjudged, id);
  const reasons = [...ids].sort(([, a], [, b]) => b.length - a.length);
  const notes = reasons.slice(0, reasonLimit).map(([why, all]) => {
    return `${someOf(all, shownIds)} ${all.length === 1 ? 'was' : 'were'} not judged: ${why}.`;
  });
  const others = reasons.slice(reasonLimit).reduce((sum, [, all]) => sum + all.length, 0);
  if (others === 0) return notes;
  return [...notes, `${others} more ${others === 1 ? 'row was' : 'rows were'} not judged for other reasons.`];
}

function stateOf({ id, row, plan }: Judged): readonly [string, { state: FindingState; decision: string | null }] {
  return [id, { state: plan.state, decision: row.decision || null }];
}

/** Findings without a row are counted by cause, the most frequent first. */
function leftOut(fresh: readonly TrackedFinding[], kept: readonly TrackedFinding[]): string[] {
  const got = new Set(kept);
  const rest = fresh.filter((finding) => !got.has(finding));
  if (rest.length === 0) return [];
  const counts = new Map<string, number>();
  for (const finding of rest) counts.set(causeOf(finding), (counts.get(causeOf(finding)) ?? 0) + 1);
  const causes = [...counts].sort(([a, x], [b, y]) => y - x || byText(a, b));
  const shown = causes.slice(0, causeLimit).map(([cause, count]) => `${count} ${cause}`);
  const others = causes.slice(causeLimit).reduce((sum, [, count]) => sum + count, 0);
  const list = [...shown, ...(others === 0 ? [] : [`${others} others`])].join(', ');
  const what = rest.length === 1 ? '1 more new finding got' : `${rest.length} more new findings got`;
  return [`${what} no row, a run adds ${maxNewRows} at most: ${list}.`];
}

function causeOf(finding: TrackedFinding): string {
  return finding.class === 'unexplained' ? `unexplained in ${finding.facet}` : visible(finding.class);
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

/** The findings that get a row, in the order of their ids. */
function mostSevere(findings: readonly TrackedFinding[]): TrackedFinding[] {
  const rank = (finding: TrackedFinding): number => severities.indexOf(finding.severity);
  const worst = findings.toSorted((a, b) => rank(a) - rank(b) || byText(a.id, b.id));
  return worst.slice(0, maxNewRows).sort((a, b) => byText(a.id, b.id));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function capped(notes: readonly string[]): string[] {
  if (notes.length <= noteLimit) return [...notes];
  return [...notes.slice(0, noteLimit - 1), `${notes.length - noteLimit + 1} more notes on tracker rows.`];
}
