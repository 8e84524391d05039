import type { Evidence } from '../assurance/evidence.ts';
import type { TestCase } from '../cases/case.ts';
import { isRepeatable } from '../cases/every-step.ts';
import type { FoundFinding } from '../findings/gather.ts';
import type { RunLog } from '../record/run-log.ts';
import type { RunFooter, RunHeader } from '../record/types.ts';
import { type Mask, maskApart } from '../redact/redact.ts';
import { maskPlace } from '../redact/redact-members.ts';
import { lastTrend } from '../report/document/trend.ts';
import { eachInSteps, inSlices } from '../structures/slices.ts';
import type { Agreeing } from './divergent/agreeing-samples.ts';
import { type DivergentCases, findDivergent } from './divergent/divergent-cases.ts';
import type { Unexplained } from './divergent/find-apart.ts';
import { eachCase } from './each-case.ts';
import { footerOf } from './header-footer.ts';
import { faultIn } from './judging/ended-case.ts';
import { type CaseResult, divergentIn } from './model/case-result.ts';
import { type Faults, faultNotes, GivenUp, internalOnly, recordedFault } from './model/internal-fault.ts';
import type { FooterPart, RunEvent, RunObserver } from './model/observer.ts';
import { type RunTotals, runTotals } from './observers/accumulator.ts';
import type { RunPlan } from './plan.ts';
import { stored } from './recording/store-case.ts';
import { readAwaited, readKnown, type TrackerOutcome, trackFindings, withoutTracker } from './track.ts';

/** The open record of a run, and what watches it. */
interface Opened {
  readonly header: RunHeader;
  readonly log: RunLog;
  /** Become more while the cases run. */
  readonly secrets: Set<string>;
  readonly mask: Mask;
  readonly faults: Faults;
  readonly observers: readonly RunObserver[];
  readonly holds: Evidence['holds'];
}

/** What the cases of a run come to. */
interface Gathered {
  readonly totals: RunTotals;
  /** Cases that a bug ended once their lines were written. */
  readonly ended: Unexplained[];
}

/** From the first case to the footer of the record; false where the run was stopped and its findings would take too long: there is no footer then. */
export async function carryOut(plan: RunPlan, opened: Opened): Promise<boolean> {
  try {
    await toFooter(plan, opened);
    return true;
  } catch (error) {
    if (error instanceof GivenUp) return false;
    throw error;
  }
}

/** Of a run that was stopped, how long its findings may still take, in milliseconds. */
const graceMs = 1000;

/** Throws GivenUp where a run was stopped, and this was called first thereafter more than a second ago. */
function givingUp({ signal }: RunPlan): () => void {
  let since: number | null = null;
  return () => {
    if (!signal.aborted) return;
    since ??= performance.now();
    if (performance.now() - since > graceMs) throw new GivenUp();
  };
}

async function toFooter(plan: RunPlan, opened: Opened): Promise<void> {
  const { config } = plan;
  const { log, mask, faults, secrets, observers, holds } = opened;
  const totals = runTotals({ keepsCases: config.tracker !== null, secrets: plan.secrets });
  const gathered: Gathered = { totals, ended: [] };
  const awaited = await awaitedKeys(plan, faults);
  const check = givingUp(plan);
  const source = {
    dir: log.dir,
    routes: config.routes,
    targets: config.targets,
    readKnown: () => knownFindings(plan, totals, faults),
    check,
  };
  const tell = (event: RunEvent) => {
    for (const one of observers) one.onEvent?.(event);
  };
  const { found: all, unexplained } = await findDivergent(source, async (divergent, agreed) => {
    const take = takeCase(plan, opened, { ...gathered, divergent, agreed });
    await eachCase(plan, { secrets, tell, awaited, begin: beginning(plan, log) }, take);
  });
  gathered.ended.push(...unexplained);
  for (const one of gathered.ended) faults.add(one);
  totals.takeBack(gathered.ended);
  const found = await inSlices(
    eachInSteps(all, (one) => masked(one, mask)),
    check,
  );
  const tracked = await tracking(found, faults, () => trackFindings(found, totals, { ...plan, dir: log.dir, holds }));
  await log.finish(await closing(plan, opened, { ...gathered, tracked }));
}

/** Notes a case that is about to be sent, once it is claimed. */
function beginning({ claim }: RunPlan, log: RunLog): (testCase: TestCase) => true | Promise<boolean> {
  const note = (testCase: TestCase): true => {
    if (!isRepeatable(testCase)) log.begin(testCase.id);
    return true;
  };
  return claim === undefined ? note : async (testCase) => (await claim(testCase)) && note(testCase);
}

/** Digits and hashes of ours hold no secrets. */
function masked({ statuses, keys, within, occurrences, ...finding }: FoundFinding, mask: Mask): FoundFinding {
  const hide = (text: string) => maskPlace(finding, text);
  const example = maskApart(finding.example, mask, hide);
  const hidden = occurrences.map((one) => maskApart(one, mask, hide));
  return { ...mask(finding), example, occurrences: hidden, statuses, keys, within };
}

interface Taking extends Gathered {
  readonly divergent: DivergentCases;
  readonly agreed: Agreeing;
}

/** Takes a finished case: stores it, and shows it to all that watch. */
function takeCase(plan: RunPlan, opened: Opened, { totals, ended, divergent, agreed }: Taking) {
  const { log, secrets, mask, faults, observers } = opened;
  return (came: CaseResult, isStored: boolean): void => {
    for (const replay of came.replays) for (const learned of replay.secrets ?? []) secrets.add(learned);
    const result = isStored ? came : stored(came, { config: plan.config, log, mask, hasSecrets: secrets.size > 0 });
    const caseId = result.testCase.id;
    const fault = faultIn(result);
    if (fault !== null) faults.add(fault);
    const guard = (what: string, act: () => void) => faults.guard({ what: `${what} of`, caseId }, act, undefined);
    for (const one of observers) guard(one.name, () => one.onCase(result));
    totals.add(result);
    ended.push(...keptOrEnded(divergent, result));
    guard('the agreement', () => result.compared.forEach(agreed.add));
    plan.onCase?.(totals.finished());
  };
}

/** Cases that diverge are kept until their causes are sought; one that cannot be kept is ended by that. */
function keptOrEnded(divergent: DivergentCases, result: CaseResult): Unexplained[] {
  return divergentIn(result).flatMap((compared): Unexplained[] => {
    try {
      divergent.add(compared);
      return [];
    } catch (error) {
      const { testCase, candidate } = compared;
      return [{ what: 'explaining', caseId: testCase.id, candidate: candidate.target, error: internalOnly(error) }];
    }
  });
}

/** The footer, with the part of each observer; a part that a bug keeps from being given is left out. */
async function closing(
  plan: RunPlan,
  { header, mask, faults, observers }: Opened,
  { totals, ended, tracked }: Gathered & { readonly tracked: TrackerOutcome },
): Promise<RunFooter> {
  const candidates = plan.config.targets.slice(1);
  const unexercised = totals.exercise.recorded();
  const run = {
    ...{ header, findings: tracked.findings, unexercised, before: await lastTrend(plan.config.out) },
    isNothing: (suite: string) => candidates.every(({ name }) => totals.exercise.isNothing(suite, name)),
  };
  const parts = observers.map((one): FooterPart => {
    return faults.guard({ what: one.name, caseId: null }, () => one.atEnd(run), one.failed ?? {});
  });
  const { durations, trend, ...part }: FooterPart = Object.assign({}, ...parts);
  const notes = parts.flatMap((one) => one.notes ?? []);
  const hidden = mask({ ...part, notes: [...faultNotes(faults.all()), ...notes] });
  return {
    ...footerOf(plan, { totals, tracked, part: hidden, hasFaults: faults.all().length > 0 }),
    ...(unexercised.length === 0 ? {} : { unexercised: mask(unexercised) }),
    ...(ended.length === 0 ? {} : { faults: mask(ended.map((one) => recordedFault(one.candidate, one))) }),
    ...{ durations: durations ?? [], trend: trend ?? [], builds: hidden.builds ?? [] },
  };
}

/** What is known of earlier runs; nothing where a bug keeps it from being read. */
async function knownFindings(plan: RunPlan, totals: RunTotals, faults: Faults): ReturnType<typeof readKnown> {
  try {
    return await readKnown(plan, totals);
  } catch (error) {
    faults.add({ what: 'reading what is known of earlier runs', caseId: null, error: internalOnly(error) });
    return null;
  }
}

/** What the rows of the tracker list for a case; nothing where a bug keeps it from being read. */
async function awaitedKeys(plan: RunPlan, faults: Faults): ReturnType<typeof readAwaited> {
  try {
    return await readAwaited(plan.config);
  } catch (error) {
    faults.add({ what: 'reading which cases the rows of the tracker list', caseId: null, error: internalOnly(error) });
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
