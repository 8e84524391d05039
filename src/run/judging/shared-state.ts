import type { Exchange } from '../../http/exchange.ts';
import { isSameAnswer } from '../../noise/evidence/result.ts';
import type { Sampled } from '../../noise/evidence/self-diff.ts';

/**
 * Takes what two targets answered to a case, first and again; returns a sentence where one of them changed its answer into the one
 * that the other had given: as if what one did was there for the other. Else null.
 */
export function sharedState(reference: Sampled, candidate: Sampled): string | null {
  return turned(reference, candidate) ?? turned(candidate, reference);
}

function turned(one: Sampled, two: Sampled): string | null {
  const [before, other] = [one.first.replay, two.first.replay];
  for (const again of one.more)
    for (const [at, now] of again.replay.exchanges.entries()) {
      const [first, theirs] = [before.exchanges[at], other.exchanges[at]];
      if (first === undefined || theirs === undefined || isTrouble(first)) continue;
      if (isSameAnswer(first.outcome, now.outcome) || !isSameAnswer(theirs.outcome, now.outcome)) continue;
      const step = before.exchanges.length > 1 ? ` in step ${now.step + 1}` : '';
      return `${before.target} answered ${said(first)}${step}, and when asked again ${said(now)}, as ${other.target} had: do they share their state?`;
    }
  return null;
}

/** A server that was in trouble and came out of it has changed by itself. */
function isTrouble({ outcome }: Exchange): boolean {
  return outcome.kind === 'failure' || outcome.status >= 500 || outcome.status === 429;
}

function said({ outcome }: Exchange): string {
  return outcome.kind === 'failure' ? outcome.reason : `${outcome.status} (${outcome.body.length} bytes)`;
}
