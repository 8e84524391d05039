import type { TestCase } from '../cases/case.ts';
import type { TargetReplay } from '../http/exchange.ts';

/**
 * Why a case that others were derived from is worthless, or null: some target did not accept it, with 2xx or with the status that
 * the case expects. What a target refuses anyway says nothing about a request that is odd in one more way.
 */
export function refusedFirst(testCase: TestCase, replays: readonly TargetReplay[]): string | null {
  const faults = replays.flatMap(({ target, exchanges }) => {
    const last = exchanges.at(-1);
    if (last === undefined) return [`${target} was not asked`];
    const { outcome } = last;
    if (outcome.kind === 'failure') return [outcome.message];
    const expected = testCase.steps[last.step]?.expect?.status ?? null;
    const isFine = (outcome.status >= 200 && outcome.status < 300) || outcome.status === expected;
    return isFine ? [] : [`${target} answered ${outcome.status}`];
  });
  if (faults.length === 0) return null;
  return `the valid request was not accepted, so nothing was derived from it: ${faults.join('; ')}`;
}

/** What a target came to answer to the case that others were derived from. */
export interface Changed {
  /** `rust answered 404 (200 at first), go answered 404 (200 at first)` */
  readonly sentence: string;
  /** All targets answer it in the same way still: what came between did the same to each of them. */
  readonly isAlike: boolean;
}

/** Compares what was answered to a case first with what is answered now; null where each target answers with the same class of status. */
export function changedSince(first: readonly TargetReplay[], now: readonly TargetReplay[]): Changed | null {
  const answers = now.map(({ target, exchanges }) => {
    const at = first.find((one) => one.target === target);
    return { target, before: answerTo(at?.exchanges), after: answerTo(exchanges) };
  });
  const changed = answers.filter(({ before, after }) => classOf(before) !== classOf(after));
  if (changed.length === 0) return null;
  const sentence = changed
    .map(({ target, before, after }) => `${target} answered ${after} (${before} at first)`)
    .join(', ');
  const isAlike = new Set(answers.map(({ after }) => classOf(after))).size === 1;
  return { sentence, isAlike };
}

/** `404`, or `nothing: rust closed the connection`. */
function answerTo(exchanges: TargetReplay['exchanges'] = []): string {
  const outcome = exchanges.at(-1)?.outcome;
  if (outcome === undefined) return 'nothing';
  return outcome.kind === 'failure' ? `nothing: ${outcome.message}` : String(outcome.status);
}

const classOf = (answer: string): string => answer[0]!;
