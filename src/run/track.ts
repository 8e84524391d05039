import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Evidence } from '../assurance/evidence.ts';
import type { Cases } from '../cases/case.ts';
import type { Config, Target } from '../config/config.ts';
import { someOf } from '../config/some-of.ts';
import { ParityError } from '../errors.ts';
import type { FoundFinding } from '../findings/gather.ts';
import type { KnownFindings } from '../findings/known-findings.ts';
import { trackerJournal } from '../record/tracker-journal.ts';
import type { RecordedFinding, RunFooter } from '../record/types.ts';
import { eachInSteps, inSlices } from '../structures/slices.ts';
import type { AwaitedKeys } from '../tracker/awaited-cases.ts';
import type { ReconcileInput } from '../tracker/reconcile/row-plan.ts';
import type { TrackerUpdate } from '../tracker/update.ts';
import type { Bail } from './bail.ts';
import type { RunTotals } from './observers/accumulator.ts';

/** The findings with what the tracker says of them. */
export interface TrackerOutcome {
  readonly findings: readonly RecordedFinding[];
  readonly notes: readonly string[];
  /** Ids of accepted rows whose divergence is no longer there. */
  readonly gone: readonly string[];
  readonly tracker: RunFooter['tracker'];
  /** The tracker could not be read or written; the run's own results stand. */
  readonly failed: boolean;
}

interface TrackPlan {
  /** A run that goes on with an interrupted one would take its rows for those of a run before: it is not written then. */
  readonly signal: AbortSignal;
  readonly shard?: { readonly total: number };
  readonly source?: unknown;
  readonly bail?: Bail;
  readonly config: Config;
  readonly library: Cases;
  readonly selected: Cases;
  readonly writeTracker: boolean;
  readonly trackerNamed: boolean;
  readonly formats: readonly string[];
  readonly now: () => Date;
  /** The run folder. */
  readonly dir: string;
  readonly holds: Evidence['holds'];
}

/** What the tracker knows of earlier findings; null without one. */
export async function readKnown(
  plan: Pick<TrackPlan, 'config' | 'library' | 'selected' | 'shard' | 'signal' | 'source' | 'bail'>,
  totals: RunTotals,
): Promise<KnownFindings | null> {
  const { tracker: file, selfCheck, tracking, targets } = plan.config;
  if (file === null || selfCheck) return null;
  const { readKnownFindings } = await import('../tracker/known-rows.ts');
  const scope = { reference: targets[0]!.name, isPart: isPartial(plan), isSilent: totals.isSilent };
  return readKnownFindings(file, { table: tracking, scope });
}

/** The run is over a part of the library, or ended early. */
function isPartial({ selected, library, shard, signal, source, bail }: Parameters<typeof readKnown>[0]) {
  const isCut = signal.aborted || (bail?.open() ?? null) !== null;
  return isCut || source !== undefined || selected.length < library.length || (shard?.total ?? 1) > 1;
}

/** What the rows of the tracker list for a case; null without any. */
export async function readAwaited({ tracker, selfCheck, tracking, targets }: Config): Promise<AwaitedKeys | null> {
  if (tracker === null || selfCheck) return null;
  const { readAwaitedKeys } = await import('../tracker/awaited-cases.ts');
  return readAwaitedKeys(tracker, { table: tracking, reference: targets[0]!.name });
}

/** Reconciles the tracker with a run. A run that came to no conclusion at all leaves it alone, and so does a self-check. */
export async function trackFindings(
  found: readonly FoundFinding[],
  totals: RunTotals,
  plan: TrackPlan,
): Promise<TrackerOutcome> {
  const file = plan.config.tracker;
  if (file === null || !totals.isConclusive()) return { ...(await untracked(found)), failed: false };
  if (plan.config.selfCheck) return { ...(await untracked(found)), notes: [selfChecked], failed: false };
  try {
    return await reconcileWith(file, found, { totals, plan });
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    const notes = [`${error.message}${error.hint === undefined ? '' : `; ${error.hint}`} (${error.code})`];
    return { ...(await untracked(found)), notes, failed: true };
  }
}

/** The findings as they are where a bug of the tool kept the tracker from being asked. */
export function withoutTracker(found: readonly FoundFinding[]): TrackerOutcome {
  const findings = found.map(({ terms: _, statuses: __, within: ___, keys: ____, ...finding }) => ({
    ...finding,
    ...{ state: 'new' as const, decision: null, pin: null },
  }));
  const notes = ['The tracker was left alone, for a bug of parity kept it from being reconciled.'];
  return { findings, notes, gone: [], tracker: null, failed: false };
}

const selfChecked = 'The tracker was left alone: what --self-check compares says nothing about its rows.';

async function untracked(found: readonly FoundFinding[]): Promise<Omit<TrackerOutcome, 'failed'>> {
  const findings = await recorded(found, () => ({ state: 'new', decision: null }));
  return { findings, notes: [], gone: [], tracker: null };
}

type Known = Pick<RecordedFinding, 'state' | 'decision'>;

/** The findings as they are recorded, with what is known of each. */
async function recorded(found: readonly FoundFinding[], knownOf: (id: string) => Known): Promise<RecordedFinding[]> {
  if (found.length === 0) return [];
  const { pinOf } = await import('../tracker/rows/accepted-shape.ts');
  const record = (one: FoundFinding): RecordedFinding => {
    const { terms: _, statuses: __, within: ___, keys: ____, occurrences: _____, ...finding } = one;
    return { ...finding, ...knownOf(one.id), pin: pinOf(one) };
  };
  return inSlices(eachInSteps(found, record));
}

async function reconcileWith(
  file: string,
  found: readonly FoundFinding[],
  { totals, plan }: { totals: RunTotals; plan: TrackPlan },
): Promise<TrackerOutcome> {
  const { root, tracking } = plan.config;
  const { updateTracker } = await import('../tracker/update.ts');
  const update = await updateTracker(file, inputOf(file, found, { totals, plan }), {
    write: mayWrite(plan),
    table: tracking,
    journal: trackerJournal(plan.dir),
  });
  const findings = await recorded(found, (id) => {
    const { state = 'new', decision = null } = update.states.get(id) ?? {};
    return { state, decision };
  });
  const { written, added, changed, gone, unsettled } = update;
  const named = plan.trackerNamed ? { named: true } : {};
  const tracker = { file: relative(root, file), written, added, changed, unsettled, ...named };
  const notes = [...(mayWrite(plan) ? [] : readOnlyNotes(update, plan)), ...update.notes];
  return { findings, notes, gone, tracker, failed: false };
}

function mayWrite({ writeTracker, signal }: TrackPlan): boolean {
  return writeTracker && !signal.aborted;
}

function inputOf(
  file: string,
  findings: readonly FoundFinding[],
  { totals, plan }: { totals: RunTotals; plan: TrackPlan },
): ReconcileInput {
  const { targets, tracking } = plan.config;
  const [reference, ...candidates] = targets.map((target) => target.name);
  return {
    findings,
    reference: reference!,
    candidates,
    today: plan.now().toISOString().slice(0, 10),
    versions: new Map(targets.flatMap((target) => versionOf(target) ?? [])),
    report: reportLink(file, plan),
    fixedAfter: tracking.fixedAfter,
    readsOnly: !mayWrite(plan),
    isPart: isPartial(plan),
    library: totals.covered(plan, plan.config.routes),
    holds: plan.holds,
  };
}

function versionOf({ name, version, commit }: Target): [string, string][] | null {
  const known = [version, commit].filter((part) => part !== undefined);
  return known.length === 0 ? null : [[name, known.join(', ')]];
}

/** As a reader of the tracker follows it: an address, or a path from the tracker's folder; to the finding where nothing else is said. */
function reportLink(file: string, plan: TrackPlan): string | null {
  const report = plan.config.tracking.report ?? newestReport(plan);
  if (report === false) return null;
  const link = /^https?:\/\//i.test(report) ? report : pathFrom(dirname(file), resolve(plan.config.root, report));
  return /\{id\}|#/.test(link) ? link : `${link}#{id}`;
}

/** The page that the run is about to write, unless it is elsewhere than what the tracker is a part of. */
function newestReport({ config, formats }: TrackPlan): string | false {
  const inside = pathFrom(config.root, config.out);
  const isApart = isAbsolute(inside) || inside.split('/')[0] === '..';
  return isApart || !formats.includes('html') ? false : `${inside}/latest/report.html`;
}

function pathFrom(folder: string, path: string): string {
  return relative(folder, path).replaceAll(sep, '/');
}

const listedIds = 20;

/** What a run that may not write would have written. */
function readOnlyNotes({ added, changed }: TrackerUpdate, { signal, shard }: TrackPlan): string[] {
  const rows = (ids: readonly string[]): string => (ids.length === 1 ? '1 row' : `${ids.length} rows`);
  const parts = [
    ...(added.length > 0 ? [`${rows(added)} would be added (${someOf(added, listedIds)})`] : []),
    ...(changed.length > 0 ? [`${rows(changed)} would change (${someOf(changed, listedIds)})`] : []),
  ];
  if (parts.length === 0) return [];
  const writer = signal.aborted
    ? 'a run that goes on with this one'
    : shard !== undefined && shard.total > 1
      ? '`parity merge`'
      : 'the same command with --update-tracker';
  return [`The tracker was not written: ${parts.join(', ')}; ${writer} writes it.`];
}
