import { join } from 'node:path';
import { evidenceOf } from './assurance/evidence.ts';
import type { Cases, TestCase } from './cases/case.ts';
import { isRepeatable } from './cases/every-step.ts';
import { type RunLog, writeLatest } from './record/run-log.ts';
import { forgetTrackerJournal } from './record/tracker-journal.ts';
import type { RunHeader, RunRecord } from './record/types.ts';
import { type Mask, maskApart, maskOf } from './redact/redact.ts';
import { showsCredentials } from './redact/redact-body.ts';
import { maskMembers, maskPlace } from './redact/redact-members.ts';
import { lastTrend, trendTally } from './report/trend.ts';
import { writeReports } from './report/write.ts';
import { foldOf } from './run/accumulator.ts';
import { gatherBuilds } from './run/builds.ts';
import { type Finished, skipped } from './run/compare-answers.ts';
import { findDivergent } from './run/divergent-cases.ts';
import { gatherDurations } from './run/durations.ts';
import { footerOf, headerOf } from './run/header-footer.ts';
import { openLog, reporting } from './run/open-record.ts';
import type { RunPlan } from './run/plan.ts';
import { answersLine, type CaseToRecord, recordCase } from './run/recorded.ts';
import { type Learned, sendSelected, type Take } from './run/send-selected.ts';
import { readKnown, trackFindings } from './run/track.ts';
import { gatherRemarks } from './run/warnings.ts';

/** What came of a run. */
export interface RunResult {
  readonly record: RunRecord;
  readonly dir: string;
  readonly exitCode: number;
}

/**
 * Replays the selected cases to all targets, compares, finds the causes, reconciles the tracker and writes the reports.
 * Targets that cannot be reached, answers that are no HTTP and a tracker that cannot be written are results, not errors; throws
 * a ParityError where a service does not start or nothing can be stored at all.
 */
export async function run(plan: RunPlan): Promise<RunResult> {
  const { config } = plan;
  const secrets = new Set([...config.secrets, ...plan.secrets]);
  const mask = maskOf(secrets, maskMembers);
  const dir = plan.earlier?.resumed?.dir ?? join(config.out, plan.id);
  const header = mask(headerOf(plan));
  const log = await openLog(dir, header, plan);
  plan.onStarted?.(log.flush);
  try {
    await carryOut(plan, { header, log, secrets, mask });
  } finally {
    await log.close().catch(() => {});
  }
  await forgetTrackerJournal(dir);
  const record = await reporting(dir, async () => {
    const read = await log.read();
    await writeLatest(config.out, plan.id);
    await writeReports(dir, read, plan.formats);
    return read;
  });
  return { record, dir, exitCode: record.footer?.exitCode ?? 3 };
}

interface Opened {
  readonly header: RunHeader;
  readonly log: RunLog;
  /** Become more while the cases run. */
  readonly secrets: Set<string>;
  readonly mask: Mask;
}

/** From the first case to the footer of the record. */
async function carryOut(plan: RunPlan, { header, log, secrets, mask }: Opened): Promise<void> {
  const { config } = plan;
  const tally = trendTally();
  const evidence = evidenceOf(config, plan.seed);
  const remarks = gatherRemarks(config);
  const durations = gatherDurations(config.targets.map(({ name }) => name));
  const builds = gatherBuilds(config, plan.earlier?.builds);
  const fold = foldOf({ keepsCases: config.tracker !== null, secrets: plan.secrets });
  const source = { dir: log.dir, routes: config.routes, readKnown: () => readKnown(plan, fold) };
  const all = await findDivergent(source, async (divergent, agreed) => {
    const begin = ({ id }: TestCase) => log.begin(id);
    await eachCase(plan, { secrets, builds, remarks, begin }, (one, isStored) => {
      for (const replay of one.replays) for (const learned of replay.secrets ?? []) secrets.add(learned);
      if (!isStored) store(one, log, secrets.size === 0 && !mayShowCredentials(one) ? null : mask);
      tally.add(one);
      evidence.add(one.compared);
      remarks.add(one);
      durations.add(one.replays);
      builds.add(one.testCase.id, one.replays);
      fold.add(one);
      for (const each of one.divergent) divergent.add(each);
      for (const each of one.compared) agreed.add(each);
      plan.onCase?.(fold.finished());
    });
  });
  // Digits and hashes of ours hold no secrets.
  const found = all.map(({ statuses, keys, within, ...finding }) => ({
    ...mask(finding),
    example: maskApart(finding.example, mask, (text) => maskPlace(finding, text)),
    statuses,
    keys,
    within,
  }));
  const tracked = await trackFindings(found, fold, { ...plan, dir: log.dir, holds: evidence.holds });
  const trend = tally.trend(await lastTrend(config.out), header, tracked.findings);
  await log.finish({
    ...footerOf(plan, {
      fold,
      tracked,
      evidence: mask(evidence.gathered()),
      misnamed: mask(evidence.misnamedHeaders()),
      remarks: mask([...remarks.notes(), ...builds.notes()]),
      isVoid: remarks.isVoid(),
    }),
    durations: durations.gathered(),
    trend,
    builds: mask(builds.gathered()),
  });
}

/** What `before` sends is recorded too, and stands in no replay. */
function mayShowCredentials({ testCase, replays }: CaseToRecord): boolean {
  return testCase.before !== undefined || showsCredentials(replays);
}

/** Writes what came of a case, and beside the record what a later process would need to go on. */
function store(finished: CaseToRecord, log: RunLog, mask: Mask | null): void {
  const runCase = recordCase(finished, { keep: log.keepBody, mask });
  if (runCase.exchanges === null && finished.replays.length > 0) log.keep(answersLine(finished, mask));
  // Nothing is lost with a case that may be sent once more.
  log.append(runCase, isRepeatable(finished.testCase));
}

type TakeAny = (finished: Finished, isStored: boolean) => void;

/** The cases that were finished before, then the others. */
async function eachCase(plan: RunPlan, learned: Learned, take: TakeAny): Promise<void> {
  const { earlier, selected } = plan;
  const takeNew: Take = (finished) => take(finished, false);
  if (earlier === undefined) return sendSelected(plan, learned, takeNew);
  const isLeft = new Uint8Array(selected.length);
  let at = 0;
  for (const testCase of selected) {
    const known = earlier.finished(testCase);
    if (known === null) isLeft[at] = 1;
    else take(known.finished, known.isRecorded && earlier.resumed !== null);
    at += 1;
  }
  const left = chosen(selected, isLeft);
  const { absent } = earlier;
  if (left.length === 0) return;
  if (absent === null) return sendSelected({ ...plan, selected: left }, learned, takeNew);
  for (const testCase of left) takeNew(skipped(testCase, plan.config, absent(testCase)));
}

/** The cases whose place is marked with a 1. */
function chosen(cases: Cases, marks: Uint8Array): Cases {
  return {
    length: marks.reduce((sum, mark) => sum + mark, 0),
    *[Symbol.iterator]() {
      let at = 0;
      for (const testCase of cases) if (marks[at++] === 1) yield testCase;
    },
  };
}
