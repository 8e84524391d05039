import type { TrackedFinding } from '../../findings/finding.ts';
import { acceptanceOf, wideningOf } from '../rows/acceptance.ts';
import { type AcceptanceCoverage, coverageIn, isOfLaw, missingPin, pinned, withShown } from '../rows/accepted-shape.ts';
import { beyondNote } from '../rows/beyond-note.ts';
import { visible } from '../rows/escape.ts';
import { isStateLost } from '../rows/hidden-comment.ts';
import { placeIn } from '../rows/observation-scope.ts';
import { type NewRow, newRow, type RowState, type SeenCells, type TrackerRow, withSentence } from '../rows/row.ts';
import { caseCount, caseHash, casesCell, joinCases, noCases, type OwnCases, withOthers } from '../rows/row-cases.ts';
import { seenCells } from '../rows/row-cells.ts';
import { casesShown, fullyCovered, nameIn, type Coverage as RouteCoverage, unseen } from './coverage.ts';
import { type Covered, decide, type NoteName, type Standing } from './decision-table.ts';
import {
  edits,
  isMeasuredHere,
  type JudgedRun,
  type ReconcileInput,
  type RowPlan,
  type WantedCells,
} from './row-plan.ts';

/** The row of a finding that has none. */
export function openRow(finding: TrackedFinding, run: JudgedRun): NewRow {
  const { input } = run;
  const { id, cells } = newRow(finding, input.reference, seenCells(input, finding));
  const Cases = casesCell(ownNow(finding, run));
  return { id, cells: { ...cells, Cases, Divergence: withShown(cells.Divergence ?? '', finding, true) } };
}

/** A row and its finding, which the run saw, in; what becomes of the row out. */
export function judgePresent(row: TrackerRow, finding: TrackedFinding, run: JudgedRun): RowPlan {
  const { input, coverage } = run;
  const untouched: RowPlan = { state: 'open', cells: [], note: null, gone: false };
  if (row.state === null) return untouched;
  if (!isMeasuredHere(row, input)) return { ...untouched, note: elsewhereNote(row, input.reference) };
  const [covered, inFull] = [coverageOfRow(row, finding), isSeenInFull(row, coverage)];
  const standing = standingOf(row, input);
  const isLost = (standing === 'accepted' || standing === 'expired') && isStateLost(row);
  const decision = decide({
    row: standing,
    finding: 'seen',
    covered: isLost ? 'lost' : wordFor(covered, { isProved: finding.byTracker !== true, inFull }),
    replaced: false,
  });
  const state = decision.status ?? row.state;
  const isBeyond = decision.note === 'beyond';
  const cells = edits(row, {
    Status: state === row.state && row.clean === 0 ? null : `_${state}_`,
    // What was accepted is not known: what the run shows must not take its place.
    ...(isLost
      ? {}
      : { Divergence: newDivergence(row, state, { finding, inFull }), Cases: newCases(row, finding, run) }),
    ...(isBeyond ? newSides(row, finding, { input, covered }) : {}),
    'Last seen': newLastSeen(row, seenCells(input, finding), input.today),
  });
  const note = noteFor(decision.note, { row, finding, input, covered });
  return { state: decision.counts === 'as the row says' ? state : decision.counts, cells, note, gone: false };
}

/** How a row stands on the day of a run. */
export function standingOf(row: TrackerRow, { today }: Pick<ReconcileInput, 'today'>): Standing {
  return row.state === 'accepted' && acceptanceOf(row, today).expired ? 'expired' : (row.state ?? 'open');
}

/** What the run shows that the row does not cover. A law that this run does not prove covers the cases of the row. */
function coverageOfRow(row: TrackerRow, finding: TrackedFinding): AcceptanceCoverage {
  const [source, widening] = [row.divergenceSource ?? '', wideningOf(row)];
  const coverage = coverageIn(source, finding, widening);
  if (row.divergenceSource === null) return { ...coverage, isRecorded: true };
  if (finding.verified || widening.cases || !isOfLaw(source)) return coverage;
  const others = new Set(casesSince(row, finding));
  return { ...coverage, cases: finding.occurrences.filter((one) => others.has(one.case)) };
}

function wordFor(
  { isRecorded, words, cases, values }: AcceptanceCoverage,
  { isProved, inFull }: { readonly isProved: boolean; readonly inFull: boolean },
): Covered {
  if (words.length + cases.length + values.length > 0) return 'no';
  if (!isProved) return inFull ? 'no' : 'not proved';
  return isRecorded ? 'yes' : 'not recorded';
}

/** The row of what is not covered shows it, where it is about values. */
function newSides(
  row: TrackerRow,
  finding: TrackedFinding,
  { input, covered }: { readonly input: ReconcileInput; readonly covered: AcceptanceCoverage },
): WantedCells {
  const [beyond] = [...covered.values, ...covered.cases];
  const example = beyond === undefined || finding.occurrences.length === 1 ? finding.example : beyond;
  const { reference, candidate } = example;
  const shown = { ...finding, example: { case: example.case, reference, candidate } };
  const { Reference, Candidate } = newRow(shown, input.reference, seenCells(input, finding)).cells;
  return {
    ...(row.reference === null ? {} : { Reference }),
    ...(row.candidate === null ? {} : { Candidate }),
  };
}

interface Seen {
  readonly row: TrackerRow;
  readonly finding: TrackedFinding;
  readonly input: ReconcileInput;
  readonly covered: AcceptanceCoverage;
}

function noteFor(name: NoteName, { row, finding, input, covered }: Seen): string | null {
  const isListed = covered.words.length + covered.cases.length + covered.values.length > 0;
  if (name === 'beyond') return isListed ? beyondNote(row.id ?? '', covered) : unprovedNote(row);
  if (name === 'state lost') return lostStateNote(row);
  if (row.state !== 'accepted') return null;
  const { note } = acceptanceOf(row, input.today);
  if (name === 'not proved') return notProvedNote(row);
  return note ?? (name === 'recorded now' ? unrecordedNote(row, input) : growth(row, finding));
}

/** What was accepted is in the state file alone. */
function lostStateNote({ id }: TrackerRow): string {
  return `${id} is accepted, but the state file beside the tracker lacks what was accepted: it counts as open. Restore that file, or accept the row again: parity tracker accept ${id} --reason "…".`;
}

/** Every case that could prove it was sent. */
function unprovedNote({ id }: TrackerRow): string {
  return `${id} was accepted, and no case proves any more that what it shows is what was accepted: it is reopened.`;
}

/** A run of some cases may prove less than the run that showed what was accepted. */
function notProvedNote({ id }: TrackerRow): string {
  return `${id} is accepted, but these cases alone do not show that it is what was accepted: it counts as open in this run.`;
}

/** Until a run that may write the tracker or `parity tracker accept` records it, whatever is there is what was accepted. */
function unrecordedNote({ id }: TrackerRow, { readsOnly = false }: ReconcileInput): string {
  if (!readsOnly)
    return `${id} is accepted, and its row did not record what was there: from now on it covers what this run shows.`;
  return `${id} is accepted, and its row does not record yet what was there: until a run may write the tracker, it covers whatever is there.`;
}

/** Where a row lists all cases that showed it, what others came since. */
function growth({ id, own, cases }: TrackerRow, finding: TrackedFinding): string | null {
  const more = casesSince({ own, cases }, finding);
  if (more.length === 0) return null;
  const others = more.length === 1 ? '' : ` and ${more.length - 1} more`;
  return `${id} is accepted, and now shown by cases that did not show it then: ${visible(more[0]!)}${others}.`;
}

/** Where a row lists all cases that showed it, those that did not. */
function casesSince({ own, cases }: Pick<TrackerRow, 'own' | 'cases'>, finding: TrackedFinding): readonly string[] {
  const count = caseCount(cases) ?? 0;
  const known = own?.cases ?? new Map();
  if (known.size !== count || count === 0) return [];
  return finding.cases.filter((one) => !known.has(caseHash(one)));
}

/** The first run that sees an accepted row records what was accepted: what the row showed, or else what it shows now. */
function newDivergence(
  { divergenceSource: before }: TrackerRow,
  state: RowState,
  { finding, inFull }: { readonly finding: TrackedFinding; readonly inFull: boolean },
): string | null {
  // What a part of the cases shows is not all that the row is about.
  if (before === null || finding.byTracker) return null;
  const source = withSentence(before, finding);
  const pin = state === 'accepted' ? missingPin(source, finding) : null;
  const now = state === 'accepted' ? (pin === null ? source : pinned(source, pin)) : withShown(source, finding, inFull);
  return now === before ? null : now;
}

/** A run that left cases out may add to a row's cases, never take from them: they say what must be clean before the row closes. */
function newCases(row: TrackerRow, finding: TrackedFinding, run: JudgedRun): string | null {
  if (row.cases === null) return null;
  const now = ownNow(finding, run);
  const before = row.own ?? noCases(caseCount(row.cases) ?? 0);
  const cell = casesCell(isSeenInFull(row, run.coverage) ? now : joinCases(before, now));
  return cell === row.casesSource ? null : cell;
}

/** The cases that show it, and what else this run shows around it in them. */
function ownNow(finding: TrackedFinding, { coverage, neighbours }: JudgedRun): OwnCases {
  const ids = neighbours.beside(finding).map(({ id }) => id);
  return withOthers(casesShown(finding, coverage), ids);
}

/** Every case of its route ran, and each would have shown its divergence. */
function isSeenInFull(row: TrackerRow, coverage: RouteCoverage): boolean {
  const [covered, place] = [fullyCovered(row, coverage), placeIn(row)];
  return covered > 0 && (place === null || unseen(row, place, { coverage, needed: covered }) === null);
}

/** A day that cannot be read counts as long ago; a clock that went back changes nothing. */
function newLastSeen(row: TrackerRow, { last }: SeenCells, today: string): string | null {
  if (row.lastSeen === null || row.lastSeenSource === last) return null;
  const before = /^\d{4}-\d\d-\d\d/.exec(row.lastSeen)?.[0];
  if (before === undefined || before < today) return last;
  // The same day: people may have written it in bold, only a version or a link is news.
  return before === today && last !== today ? last : null;
}

/** What people decided about one reference says nothing about another. */
function elsewhereNote(row: TrackerRow, reference: string): string | null {
  if (row.state !== 'accepted') return null;
  const [before, now] = [nameIn(row.reference), visible(reference)];
  return `${row.id} is accepted against ${before}, and this run compares with ${now}: it counts as open.`;
}
