import { join } from 'node:path';
import { evidenceOf } from './assurance/evidence.ts';
import type { Config } from './config/config.ts';
import type { DocumentedOperation } from './import/documented.ts';
import { writeLatest } from './record/run-folder.ts';
import type { RunRecord } from './record/run-record.ts';
import { forgetTrackerJournal } from './record/tracker-journal.ts';
import { maskOf } from './redact/redact.ts';
import { maskMembers } from './redact/redact-members.ts';
import { writeReports } from './report/write.ts';
import { carryOut } from './run/carry-out.ts';
import { headerOf } from './run/header-footer.ts';
import { faultText, gatherFaults, type InternalFault } from './run/model/internal-fault.ts';
import { observersOf } from './run/observers/observers.ts';
import type { RunPlan } from './run/plan.ts';
import { openLog, reporting } from './run/recording/open-record.ts';
import { stopCodes } from './run/verdict.ts';

/** What came of a run. */
export interface RunResult {
  readonly record: RunRecord;
  readonly dir: string;
  readonly exitCode: number;
  /** Bugs of the tool that it came across, without secrets. */
  readonly faults: readonly Bug[];
}

/** A bug of the tool: what it cost, and where it is. */
export interface Bug {
  readonly message: string;
  readonly stack: string;
}

/**
 * Replays the selected cases to all targets, compares, finds the causes, reconciles the tracker and writes the reports.
 * Targets that cannot be reached, answers that are not HTTP and a tracker that cannot be written are results, not errors; a bug of the
 * tool costs the case or the report that it is about. Throws a ParityError where a service does not start or nothing can be stored at all.
 */
export async function run(plan: RunPlan): Promise<RunResult> {
  const { config } = plan;
  const documented = await documentedIn(config);
  const secrets = new Set([...config.secrets, ...plan.secrets]);
  const mask = maskOf(secrets, maskMembers);
  const dir = plan.earlier?.resumed?.dir ?? join(config.out, plan.id);
  const header = mask(headerOf(plan));
  const log = await openLog(dir, header, plan);
  plan.onStarted?.(log.flush);
  const faults = gatherFaults();
  let isFinished = false;
  try {
    const evidence = evidenceOf(config, plan.seed, documented);
    const observers = observersOf(plan, evidence);
    isFinished = await carryOut(plan, { header, log, secrets, mask, faults, observers, holds: evidence.holds });
  } finally {
    await log.close().catch(() => {});
  }
  await forgetTrackerJournal(dir);
  const record = await reporting(dir, async () => {
    const read = await log.read();
    await writeLatest(config.out, plan.id);
    // What was stopped is shown once it is resumed, or asked for.
    const { failed } = await writeReports(dir, read, isFinished ? plan.formats : []);
    for (const { format, error } of failed) faults.add({ what: `rendering ${format}`, caseId: null, error });
    return read;
  });
  const bugs = mask(faults.all().map(bugOf));
  return {
    record,
    dir,
    exitCode: bugs.length > 0 ? 70 : (record.footer?.exitCode ?? stopCodes[plan.signal.reason] ?? 3),
    faults: bugs,
  };
}

/** What coverage is counted against. Throws PX2910 and PX2911, before anything is sent. */
async function documentedIn({ openapi }: Config): Promise<readonly DocumentedOperation[]> {
  if (openapi === undefined) return [];
  const { documentedOperations } = await import('./import/documented.ts');
  return documentedOperations(openapi);
}

function bugOf(fault: InternalFault): Bug {
  return { message: faultText(fault), stack: fault.error instanceof Error ? (fault.error.stack ?? '') : '' };
}
