import type { RecordedComparison, RecordedFinding, RunFooter } from '../record/types.ts';

export type FailOn = 'any' | 'new' | 'never';

type Judged = Pick<RunFooter, 'verdict' | 'exitCode'>;

const failing: Readonly<Record<FailOn, readonly string[]>> = {
  any: ['new', 'open', 'reopened'],
  new: ['new', 'reopened'],
  never: [],
};

/**
 * The verdict of a run and its exit code. Only a run whose every case ran on every target and matched is parity: divergences
 * that people accepted are still divergences, they only fail nothing.
 */
export function judge(
  outcomes: readonly RecordedComparison['outcome'][],
  findings: readonly RecordedFinding[],
  failOn: FailOn,
): Judged {
  const open = outcomes.length === 0 || outcomes.some((outcome) => outcome === 'inconclusive' || outcome === 'notRun');
  const diverges = outcomes.includes('divergent');
  const fails = diverges && findings.some((finding) => failing[failOn].includes(finding.state));
  const verdict = diverges ? 'divergent' : open ? 'inconclusive' : 'parity';
  return { verdict, exitCode: fails ? 1 : open ? 3 : 0 };
}

/** Where what matches says nothing of the targets, what would be parity is inconclusive. */
export function unlessVoid(judged: Judged, isVoid: boolean): Judged {
  return isVoid && judged.verdict === 'parity' ? { verdict: 'inconclusive', exitCode: 3 } : judged;
}

/** No case of a library falls into a shard: nothing is compared, and nothing fails. */
export const ofEmptyShard: Judged = { verdict: 'inconclusive', exitCode: 0 };

/** 128 and the number of the signal, as a shell has it. */
export const stopCodes: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
