import type { FindingState, TrackedFinding } from '../../findings/finding.ts';
import { acceptanceOf } from '../rows/acceptance.ts';
import { beyondPin, isPinned, missingPin, pinned, pinOf, shownIn, withShown } from '../rows/accepted-shape.ts';
import { visible } from '../rows/escape.ts';
import { placeIn } from '../rows/observation-scope.ts';
import { type NewRow, newRow, type RowState, type SeenCells, type TrackerRow } from '../rows/row.ts';
import { caseCount, caseHash, casesCell, joinCases, noCases, type OwnCases, withBeside } from '../rows/row-cases.ts';
import { seenCells } from '../rows/row-cells.ts';
import {
  edits,
  isMeasuredHere,
  type JudgedRun,
  type ReconcileInput,
  type RowPlan,
  type Wanted,
} from '../rows/row-plan.ts';
import { type Coverage, casesShown, fullyCovered, nameIn, unseen } from './coverage.ts';

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
  const inFull = isSeenInFull(row, coverage);
  const { state, shown, note, isOther = false } = stateWhenSeen(row, finding, { input, inFull });
  const cells = edits(row, {
    Status: state === row.state && row.clean === 0 ? null : `_${state}_`,
    Divergence: newDivergence(row, state, { finding, inFull }),
    ...(isOther ? newSides(row, finding, input) : {}),
    Cases: newCases(row, finding, run),
    'Last seen': newLastSeen(row, seenCells(input, finding), input.today),
  });
  return { state: shown, cells, note, gone: false };
}

function newSides(row: TrackerRow, finding: TrackedFinding, input: ReconcileInput): Wanted {
  const { Reference, Candidate } = newRow(finding, input.reference, seenCells(input, finding)).cells;
  return {
    ...(row.reference === null ? {} : { Reference }),
    ...(row.candidate === null ? {} : { Candidate }),
  };
}

/** What the row will say, and what counts in this run. */
interface SeenState {
  readonly state: RowState;
  readonly shown: FindingState;
  readonly note: string | null;
  /** It shows another form than the one that its row tells of. */
  readonly isOther?: boolean;
}

function stateWhenSeen(
  row: TrackerRow,
  finding: TrackedFinding,
  { input, inFull }: { readonly input: ReconcileInput; readonly inFull: boolean },
): SeenState {
  if (row.state === 'fixed') return { state: 'reopened', shown: 'reopened', note: null };
  if (row.state !== 'accepted') return { state: row.state ?? 'open', shown: row.state ?? 'open', note: null };
  const unknown = beyondPin(row.divergenceSource ?? '', finding);
  if (unknown.length > 0) {
    const note = `${row.id} was accepted without ${shortList(unknown)}, which it shows now: it is reopened.`;
    return { state: 'reopened', shown: 'reopened', note, isOther: true };
  }
  const { expired, note } = acceptanceOf(row, input.today);
  if (finding.byTracker && inFull) return { state: 'reopened', shown: 'reopened', note: unprovedNote(row) };
  if (finding.byTracker && !expired) return { state: 'accepted', shown: 'open', note: untoldNote(row) };
  return {
    state: 'accepted',
    shown: expired ? 'open' : 'accepted',
    note: note ?? unpinnedNote(row, finding, input) ?? growth(row, finding),
  };
}

/** Every case that could prove it was sent. */
function unprovedNote({ id }: TrackerRow): string {
  return `${id} was accepted, and no case proves any more that what it shows is what was accepted: it is reopened.`;
}

/** A run of some cases may prove less than the run that showed what was accepted. */
function untoldNote({ id }: TrackerRow): string {
  return `${id} is accepted, but these cases alone do not show that it is what was accepted: it counts as open in this run.`;
}

/** Until a run that may write the tracker sees it, or `parity tracker accept` is told, whatever is there is what was accepted. */
function unpinnedNote(
  { id, divergenceSource: source }: TrackerRow,
  finding: TrackedFinding,
  { readsOnly = false }: ReconcileInput,
): string | null {
  if (source === null || isPinned(source) || shownIn(source) !== null || pinOf(finding) === null) return null;
  if (!readsOnly)
    return `${id} is accepted, and its row did not hold what was there: from now on it stands for what this run shows.`;
  return `${id} is accepted, and its row does not hold yet what was there: until a run may write the tracker, it stands for whatever is there.`;
}

/** Where a row lists all cases that showed it, what others came since. */
function growth({ id, own, cases }: TrackerRow, finding: TrackedFinding): string | null {
  const count = caseCount(cases) ?? 0;
  const known = own?.cases ?? new Map();
  const more = finding.cases.filter((one) => !known.has(caseHash(one)));
  if (known.size !== count || more.length === 0 || count === 0) return null;
  const others = more.length === 1 ? '' : ` and ${more.length - 1} more`;
  return `${id} is accepted, and now shown by cases that did not show it then: ${visible(more[0]!)}${others}.`;
}

const mostUnknown = 3;

function shortList(words: readonly string[]): string {
  const shown = words.slice(0, mostUnknown).map((one) => [...one].slice(0, 120).join(''));
  return [...shown, ...(words.length > mostUnknown ? [`${words.length - mostUnknown} more`] : [])].join(', ');
}

/** The first run that sees an accepted row pins what was accepted: what the row showed, or else what it shows now. */
function newDivergence(
  { divergenceSource: source }: TrackerRow,
  state: RowState,
  { finding, inFull }: { readonly finding: TrackedFinding; readonly inFull: boolean },
): string | null {
  // What a part of the cases shows is not all that the row is about.
  if (source === null || finding.byTracker) return null;
  if (state !== 'accepted') {
    const shown = withShown(source, finding, inFull);
    return shown === source ? null : shown;
  }
  const pin = missingPin(source, finding);
  return pin === null ? null : pinned(source, pin);
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
  return withBeside(casesShown(finding, coverage), ids);
}

/** Every case of its route ran, and each would have shown its divergence. */
function isSeenInFull(row: TrackerRow, coverage: Coverage): boolean {
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
