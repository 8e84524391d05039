import { evidenceOf } from '../assurance/evidence.ts';
import type { TestCase } from '../cases/case.ts';
import type { ComparedCase, FoundFinding } from '../findings/cluster.ts';
import { noEvidence } from '../record/evidence.ts';
import type { RunLog } from '../record/run-log.ts';
import type { RunFooter, RunHeader } from '../record/types.ts';
import { type Mask, maskApart } from '../redact/redact.ts';
import { maskPlace } from '../redact/redact-members.ts';
import { lastTrend, trendTally } from '../report/document/trend.ts';
import { foldOf, type RunTotals } from './accumulator.ts';
import type { Agreeing } from './agreeing-samples.ts';
import { gatherBuilds } from './builds.ts';
import type { Finished } from './compare-answers.ts';
import { type DivergentCases, findDivergent } from './divergent-cases.ts';
import { gatherDurations } from './durations.ts';
import { eachCase } from './each-case.ts';
import { faultIn } from './ended-case.ts';
import { exerciseNotes } from './evidence/exercise-notes.ts';
import type { Unexplained } from './find-apart.ts';
import { footerOf } from './header-footer.ts';
import { type Faults, faultNotes, internalOnly, recordedFault } from './internal-fault.ts';
import type { RunPlan } from './plan.ts';
import { stored } from './store-case.ts';
import { readKnown, type TrackerOutcome, trackFindings, withoutTracker } from './track.ts';
import { gatherRemarks } from './warnings.ts';

/** The open record of a run. */
interface Opened {
  readonly header: RunHeader;
  readonly log: RunLog;
  /** Become more while the cases run. */
  readonly secrets: Set<string>;
  readonly mask: Mask;
  readonly faults: Faults;
}

/** What a run gathers of its cases as they finish. */
function observersOf(plan: RunPlan) {
  const { config } = plan;
  return {
    tally: trendTally(),
    evidence: evidenceOf(config, plan.seed),
    remarks: gatherRemarks(config),
    durations: gatherDurations(config.targets.map(({ name }) => name)),
    builds: gatherBuilds(config, plan.earlier?.builds),
    fold: foldOf({ keepsCases: config.tracker !== null, secrets: plan.secrets }),
    /** Cases that a bug ended once their lines were written. */
    ended: [] as Unexplained[],
  };
}

type Observers = ReturnType<typeof observersOf>;

/** From the first case to the footer of the record. */
export async function carryOut(plan: RunPlan, opened: Opened): Promise<void> {
  const { config } = plan;
  const { log, mask, faults, secrets } = opened;
  const observers = observersOf(plan);
  const { builds, remarks, ended, fold, evidence } = observers;
  const source = { dir: log.dir, routes: config.routes, readKnown: () => knownFindings(plan, fold, faults) };
  const { found: all, unexplained } = await findDivergent(source, async (divergent, agreed) => {
    const take = takeCase(plan, opened, { ...observers, divergent, agreed });
    await eachCase(plan, { secrets, builds, remarks, begin: ({ id }: TestCase) => log.begin(id) }, take);
  });
  ended.push(...unexplained);
  for (const one of ended) faults.add(one);
  fold.takeBack(ended);
  const found = all.map((one) => masked(one, mask));
  const tracked = await tracking(found, faults, () =>
    trackFindings(found, fold, { ...plan, dir: log.dir, holds: evidence.holds }),
  );
  await log.finish(await closing(plan, opened, { ...observers, tracked }));
}

/** Digits and hashes of ours hold no secrets. */
function masked({ statuses, keys, within, occurrences, ...finding }: FoundFinding, mask: Mask): FoundFinding {
  const hide = (text: string) => maskPlace(finding, text);
  const example = maskApart(finding.example, mask, hide);
  const hidden = occurrences.map((one) => maskApart(one, mask, hide));
  return { ...mask(finding), example, occurrences: hidden, statuses, keys, within };
}

interface Taking extends Observers {
  readonly divergent: DivergentCases;
  readonly agreed: Agreeing;
}

/** Takes a finished case: stores it, and shows it to all that gather. */
function takeCase(plan: RunPlan, { log, secrets, mask, faults }: Opened, taking: Taking) {
  const { tally, evidence, remarks, durations, builds, fold, ended, divergent, agreed } = taking;
  return (came: Finished, isStored: boolean): void => {
    for (const replay of came.replays) for (const learned of replay.secrets ?? []) secrets.add(learned);
    const { config } = plan;
    const one = isStored ? came : stored(came, { config, log, mask, hasSecrets: secrets.size > 0 });
    const caseId = one.testCase.id;
    const fault = faultIn(one);
    if (fault !== null) faults.add(fault);
    const beside = (what: string, act: () => void) => faults.guard({ what: `${what} of`, caseId }, act, undefined);
    tally.add(one);
    beside('the evidence', () => evidence.add(one.compared));
    beside('the notes', () => remarks.add(one));
    beside('the durations', () => durations.add(one.replays));
    beside('the builds', () => builds.add(caseId, one.replays));
    fold.add(one);
    for (const each of one.divergent) ended.push(...keptOrEnded(divergent, each));
    beside('the agreement', () => one.compared.forEach(agreed.add));
    plan.onCase?.(fold.finished());
  };
}

interface Closing extends Observers {
  readonly tracked: TrackerOutcome;
}

/** The footer, from what was gathered; what a bug keeps from being gathered is left out. */
async function closing(plan: RunPlan, { header, mask, faults }: Opened, closed: Closing): Promise<RunFooter> {
  const { tally, evidence, remarks, durations, builds, fold, ended, tracked } = closed;
  const whole = <T>(what: string, act: () => T, otherwise: T) => faults.guard({ what, caseId: null }, act, otherwise);
  const failed = noEvidence('a bug of parity kept it from being gathered');
  const gathered = whole('the self-check', evidence.gathered, failed);
  const misnamed = whole('the check of header names', evidence.misnamedHeaders, []);
  const unexercised = fold.exercise.recorded();
  const candidates = plan.config.targets.slice(1);
  const isNothing = (suite: string) => candidates.every(({ name }) => fold.exercise.isNothing(suite, name));
  // Probes are requests that are to be refused: that half of them were is no news.
  const exercised = plan.derived === undefined ? exerciseNotes(unexercised) : [];
  const notes = () => [...remarks.notes(isNothing), ...exercised, ...builds.notes()];
  const noted = whole('the notes', notes, []);
  const took = whole('the durations', durations.gathered, []);
  const built = whole('the builds', builds.gathered, []);
  const trend = tally.trend(await lastTrend(plan.config.out), { header, findings: tracked.findings, unexercised });
  const footer = footerOf(plan, {
    ...{ fold, tracked, isVoid: remarks.isVoid(), hasFaults: faults.all().length > 0 },
    evidence: mask(gathered),
    misnamed: mask(misnamed),
    remarks: mask([...faultNotes(faults.all()), ...noted]),
  });
  return {
    ...footer,
    ...(unexercised.length === 0 ? {} : { unexercised: mask(unexercised) }),
    ...(ended.length === 0 ? {} : { faults: mask(ended.map((one) => recordedFault(one.candidate, one))) }),
    ...{ durations: took, trend, builds: mask(built) },
  };
}

/** A case that diverges is kept until its causes are sought; one that cannot be is ended by that. */
function keptOrEnded(divergent: DivergentCases, compared: ComparedCase): Unexplained[] {
  try {
    divergent.add(compared);
    return [];
  } catch (error) {
    const { testCase, candidate } = compared;
    return [{ what: 'explaining', caseId: testCase.id, candidate: candidate.target, error: internalOnly(error) }];
  }
}

/** What is known of earlier runs; nothing where a bug keeps it from being read. */
async function knownFindings(plan: RunPlan, fold: RunTotals, faults: Faults): ReturnType<typeof readKnown> {
  try {
    return await readKnown(plan, fold);
  } catch (error) {
    faults.add({ what: 'reading what is known of earlier runs', caseId: null, error: internalOnly(error) });
    return null;
  }
}

/** What the tracker says of the findings; where a bug keeps it from being asked, they are as new as without one. */
async function tracking(
  found: readonly FoundFinding[],
  faults: Faults,
  ask: () => Promise<TrackerOutcome>,
): Promise<TrackerOutcome> {
  try {
    return await ask();
  } catch (error) {
    faults.add({ what: 'the tracker', caseId: null, error: internalOnly(error) });
    return withoutTracker(found);
  }
}
