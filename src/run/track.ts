import { relative } from 'node:path';
import type { TestCase } from '../cases/case.ts';
import type { Config } from '../config/config.ts';
import { ParityError } from '../errors.ts';
import type { FoundFinding } from '../findings/cluster.ts';
import type { RecordedFinding, RunFooter } from '../report/record.ts';
import { updateTracker } from '../tracker/update.ts';
import type { Judged } from './compared.ts';
import { type Covered, routesOf } from './coverage.ts';

/** The findings with what the tracker says of them. */
export interface TrackerOutcome {
  readonly findings: readonly RecordedFinding[];
  readonly notes: readonly string[];
  readonly tracker: RunFooter['tracker'];
  /** The tracker could not be read or written; the run's own results stand. */
  readonly failed: boolean;
}

interface TrackPlan {
  readonly config: Config;
  readonly library: readonly TestCase[];
  readonly writeTracker: boolean;
  readonly now: () => Date;
}

/** Reconciles the tracker with a run. A run that came to no conclusion at all leaves it alone. */
export async function trackFindings(
  found: readonly FoundFinding[],
  finished: readonly Judged[],
  plan: TrackPlan,
): Promise<TrackerOutcome> {
  const file = plan.config.tracker;
  const conclusive = finished.some((one) => one.covered.conclusive.length > 0 || one.divergent.length > 0);
  if (file === null || !conclusive) return { findings: found.map(asNew), notes: [], tracker: null, failed: false };
  try {
    return await reconcileWith(file, found, { finished, plan });
  } catch (error) {
    if (!(error instanceof ParityError)) throw error;
    const notes = [`${error.message}${error.hint === undefined ? '' : `; ${error.hint}`} (${error.code})`];
    return { findings: found.map(asNew), notes, tracker: null, failed: true };
  }
}

function asNew(finding: FoundFinding): RecordedFinding {
  return { ...finding, state: 'new', decision: null };
}

async function reconcileWith(
  file: string,
  found: readonly FoundFinding[],
  { finished, plan }: { finished: readonly Judged[]; plan: TrackPlan },
): Promise<TrackerOutcome> {
  const [reference, ...candidates] = plan.config.targets.map((target) => target.name);
  const input = {
    findings: found,
    reference: reference!,
    candidates,
    today: plan.now().toISOString().slice(0, 10),
    library: coverageOf(plan, finished),
  };
  const update = await updateTracker(file, input, { write: plan.writeTracker });
  const findings = found.map((finding) => {
    const known = update.states.get(finding.id);
    return { ...finding, state: known?.state ?? ('new' as const), decision: known?.decision ?? null };
  });
  const { written, added, changed } = update;
  const tracker = { file: relative(plan.config.root, file), written, added, changed };
  return { findings, notes: update.notes, tracker, failed: false };
}

function coverageOf(plan: TrackPlan, finished: readonly Judged[]): Covered[] {
  const ran = new Map(finished.map((one) => [one.covered.id, one.covered]));
  return plan.library.map(
    (testCase) =>
      ran.get(testCase.id) ?? { id: testCase.id, routes: routesOf(testCase, [], plan.config.routes), conclusive: [] },
  );
}
