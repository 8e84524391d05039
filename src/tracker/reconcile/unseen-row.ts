import { someOf } from '../../config/some-of.ts';
import { readStatusClasses } from '../../http/status-class.ts';
import { maxInstead } from '../limits.ts';
import { acceptanceOf } from '../rows/acceptance.ts';
import { wasNoisy } from '../rows/accepted-shape.ts';
import { visible } from '../rows/escape.ts';
import { isStateLost } from '../rows/hidden-comment.ts';
import { placeIn, type RowPlace, unlessMeant } from '../rows/observation-scope.ts';
import type { TrackerRow } from '../rows/row.ts';
import { caseCount } from '../rows/row-cases.ts';
import { type Coverage, fullyCovered, lostCases, nameIn, unseen } from './coverage.ts';
import { decide } from './decision-table.ts';
import { edits, isMeasuredHere, type JudgedRun, type ReconcileInput, type RowPlan } from './row-plan.ts';
import { standingOf } from './seen-row.ts';

/** A row whose finding the run did not see in; what becomes of it out. Nothing is closed that the run did not see in full. */
export function judgeAbsent(row: TrackerRow, run: JudgedRun): RowPlan {
  const { input, instead } = run;
  const untouched = { state: row.state ?? 'open', cells: [], note: null, gone: false };
  if (row.state === null || !isOfRun(row, input)) return untouched;
  const doubt = doubtOf(row, run);
  const replacedBy = instead.get(row.id ?? '') ?? [];
  const finding = doubt === null ? 'gone' : 'not judged';
  const { note } = decide({ row: standingOf(row, input), finding, covered: 'yes', replaced: replacedBy.length > 0 });
  if (note === 'none') return untouched;
  if (note === 'fixed') return closing(row, input.fixedAfter);
  if (note === 'gone') return { ...untouched, note: goneNote(row), gone: true };
  const why = doubt ?? { unjudged: replacedNote(replacedBy) };
  const expiry = row.state === 'accepted' && why.isUnreadable !== true ? acceptanceOf(row, input.today).note : null;
  return { ...untouched, ...(expiry === null ? noteOf(why) : { note: expiry }) };
}

function goneNote({ id }: TrackerRow): string {
  return `${id} is accepted but gone: no case shows it any more.`;
}

/** Why there is no evidence that a finding is gone: a note of the row's own, or a reason that many rows share. */
interface Doubt {
  readonly note?: string | null;
  readonly unjudged?: string;
  /** The row lacks what would say which cases are to be looked at. */
  readonly isUnreadable?: boolean;
}

function noteOf({ note = null, unjudged }: Doubt): Pick<RowPlan, 'note' | 'unjudged'> {
  return { note, ...(unjudged === undefined ? {} : { unjudged }) };
}

/** Null where all that would show the finding was looked at, and did not show it. */
function doubtOf(row: TrackerRow, { input, coverage }: JudgedRun): Doubt | null {
  const place = placeIn(row);
  const unread = unreadCell(row, place);
  if (place === null || unread !== null) return { note: unread, isUnreadable: true };
  if (isStateLost(row)) return { unjudged: stateLost };
  const needed = row.cases === null ? 1 : (caseCount(row.cases) ?? 1);
  const covered = fullyCovered(row, coverage);
  if (covered === 0 || covered < needed) return { note: null };
  const lost = lostCases(row, coverage);
  if (lost > 0) return { note: lostNote(row, lost) };
  const unjudged =
    askedOtherwise(row, coverage) ??
    unseen(row, place, { coverage, needed }) ??
    answeredOtherwise(row, coverage) ??
    outOfSight(row, input) ??
    variedThere(row) ??
    sentOnce(row, { coverage, input }) ??
    (input.isPart === true && row.state !== 'accepted' ? ofPart : null);
  return unjudged === null ? null : { unjudged };
}

const stateLost = `the state file beside the tracker lacks which cases showed it; restore that file, or write fixed under Status`;
const ofPart = 'a run of some cases closes no row; run all cases';

/** A listed case that asks for something else now does not say what came of that which it asked for then. */
function askedOtherwise({ route, own }: TrackerRow, coverage: Coverage): string | null {
  const listed = coverage.get(route ?? '')?.listed;
  const others = Array.from(own?.cases ?? []).filter(([hash, { asked }]) => {
    const now = listed?.get(hash)?.asked ?? '';
    return asked !== '' && now !== '' && now !== asked;
  });
  if (others.length === 0) return null;
  const cases = others.length === 1 ? '1 of its cases asks' : `${others.length} of its cases ask`;
  return `${cases} otherwise now than when it was shown; ${unlessMeant}`;
}

/** A listed case whose answers the reference gives with other classes of status now says nothing of what stood in the former ones. */
function answeredOtherwise({ route, own }: TrackerRow, coverage: Coverage): string | null {
  const listed = coverage.get(route ?? '')?.listed;
  for (const [hash, { statuses: then }] of own?.cases ?? []) {
    const now = listed?.get(hash)?.statuses;
    if (now === undefined || holdsClasses(now, then)) continue;
    if (now === '') return 'what its cases were answered with is not on record';
    return `the reference answers its cases with ${classNames(now)} now, not with ${classNames(then)}; ${unlessMeant}`;
  }
  return null;
}

/** Whether all classes of status are there as often; where a target failed, anything is better. */
function holdsClasses(now: string, then: string): boolean {
  const known = readStatusClasses(now);
  return [...readStatusClasses(then)].every(([name, count]) => name === '5' || (known.get(name) ?? 0) >= count);
}

function classNames(text: string): string {
  return [...readStatusClasses(text)].map(([name, count]) => `${count === 1 ? '' : `${count} `}${name}xx`).join(', ');
}

/** Two sides that have nothing left where they differed have not come to agree: a list is empty, an object, a member or a header gone. */
function outOfSight({ route, own }: TrackerRow, { holds }: ReconcileInput): string | null {
  if (holds(route ?? '', own?.within ?? [])) return null;
  return `no answer to its route has anything left at its place; ${unlessMeant}`;
}

/** What varied from answer to answer when it was shown may be the same on both sides by chance. */
function variedThere({ divergence, divergenceSource }: TrackerRow): string | null {
  const isVarying = divergence?.startsWith('nondeterministic at ') === true || wasNoisy(divergenceSource ?? '');
  return isVarying
    ? `its place varied from answer to answer when it was shown, so that a run without it is not evidence; ${unlessMeant}`
    : null;
}

/** Where nothing explains what differed, one answer without it may be chance: more clean runs tell, or further answers in this one. */
function sentOnce(
  { route, divergence, own }: TrackerRow,
  { coverage, input }: Pick<JudgedRun, 'coverage' | 'input'>,
): string | null {
  if (input.fixedAfter > 1 || !/^(?:unexplained|nondeterministic) at /.test(divergence ?? '')) return null;
  const listed = coverage.get(route ?? '')?.listed;
  const once = [...(own?.cases.keys() ?? [])].filter((hash) => listed?.get(hash)?.isOnce === true).length;
  if (once === 0) return null;
  const cases = once === 1 ? '1 of its cases' : `${once} of its cases`;
  return `${cases} may not be sent again to make sure; mark what may be with safe: true, or write fixed under Status`;
}

/** The class of a divergence may depend on what else differs in an answer: with another class it has another id. */
function replacedNote(ids: readonly string[]): string {
  return `${someOf(ids, maxInstead)} came in its place, and may be the same divergence, explained in another way; if not, write fixed under Status`;
}

function closing(row: TrackerRow, fixedAfter: number): RowPlan {
  const clean = row.clean + 1;
  if (clean >= fixedAfter) {
    const note = `${row.id} is fixed: no case shows it any more.`;
    return { state: 'fixed', cells: edits(row, { Status: '_fixed_' }), note, gone: false };
  }
  const state = row.state === 'reopened' ? 'reopened' : 'open';
  const status = `_${state}_ (${clean} clean ${clean === 1 ? 'run' : 'runs'})`;
  return { state, cells: edits(row, { Status: status }), note: null, gone: false };
}

function lostNote({ id }: TrackerRow, lost: number): string {
  const cases = lost === 1 ? '1 of its cases is' : `${lost} of its cases are`;
  return `${id} is not shown any more, but ${cases} not in the library: bring them back, or write fixed under Status.`;
}

/** A run that does not show the finding of the row may have to say something about that. */
export function isAwaited(row: TrackerRow, input: ReconcileInput): boolean {
  return row.state !== null && row.state !== 'fixed' && isOfRun(row, input);
}

/** Rows of another candidate, or measured against another reference, are not this run's to judge. */
export function isOfRun(row: TrackerRow, { reference, candidates }: ReconcileInput): boolean {
  if (!isMeasuredHere(row, { reference })) return false;
  const candidate = nameIn(row.candidate);
  return candidate === null || candidates.some((name) => visible(name) === candidate);
}

function unreadCell(row: TrackerRow, place: RowPlace | null): string | null {
  const missing = [
    place === null ? 'place' : null,
    row.route ? null : 'route',
    nameIn(row.candidate) === null ? 'candidate' : null,
    row.cases !== null && caseCount(row.cases) === null ? 'number of cases' : null,
  ].filter((name) => name !== null);
  if (missing.length === 0) return null;
  return `Tracker line ${row.line}: ${row.id} has no readable ${missing.join(', ')}; it cannot become fixed.`;
}
