import { isRepeatable } from '../../cases/every-step.ts';
import type { Config } from '../../config/config.ts';
import type { RunLog } from '../../record/run-log.ts';
import type { Mask } from '../../redact/redact.ts';
import { showsCredentials } from '../../redact/redact-body.ts';
import { endedByFault } from '../judging/ended-case.ts';
import type { CaseResult } from '../model/case-result.ts';
import { internalOnly } from '../model/internal-fault.ts';
import { answersLine, recordCase } from './recorded.ts';

/** What `before` sends is recorded too, and stands in no replay. */
function mayShowCredentials({ testCase, replays }: CaseResult): boolean {
  return testCase.before !== undefined || showsCredentials(replays);
}

/** Where a case is stored, and what hides its secrets. */
interface Storing {
  readonly config: Config;
  readonly log: RunLog;
  readonly mask: Mask;
  /** There are secrets. */
  readonly hasSecrets: boolean;
}

/** Stores a case; one that cannot be written down for a bug of the tool is ended by that. */
export function stored(came: CaseResult, { config, log, mask: whole, hasSecrets }: Storing): CaseResult {
  const mask = hasSecrets || mayShowCredentials(came) ? whole : null;
  try {
    store(came, log, mask);
    return came;
  } catch (error) {
    const ended = endedByFault(came.testCase, config, { what: 'recording', error: internalOnly(error) });
    store(ended, log, mask);
    return ended;
  }
}

/** Writes what came of a case, and beside the record what a later process would need to go on. */
function store(finished: CaseResult, log: RunLog, mask: Mask | null): void {
  const runCase = recordCase(finished, { keep: log.keepBody, mask });
  if (runCase.exchanges === null && finished.replays.length > 0) log.keep(answersLine(finished, mask));
  // Nothing is lost with a case that may be sent once more.
  log.append(runCase, isRepeatable(finished.testCase));
}
