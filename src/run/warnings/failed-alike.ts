import type { Exchange } from '../../http/exchange.ts';
import { awaitedStatus } from '../judging/refused.ts';
import type { CaseResult } from '../model/case-result.ts';
import { type FewSentences, fewSentences, type Warning } from './warning.ts';

const more = 'were answered with 500 or the like by every target, and do not expect it';

/** Cases that match because every target fails in the same way; suite by suite. */
export function failedAlike(): Warning {
  const suites = new Map<string, FewSentences>();
  return {
    onCase(result) {
      const { id, suite } = result.testCase;
      const fault = faultOfAll(result);
      if (fault === null) return;
      const sentences = suites.get(suite) ?? fewSentences(more);
      suites.set(suite, sentences);
      sentences.add(`${id}: ${fault}`);
    },
    sentences: (exercisesNothing) =>
      [...suites].filter(([suite]) => !exercisesNothing(suite)).flatMap(([, sentences]) => sentences.all()),
  };
}

/** The fault that all targets answered a request of a case that matched with; null if there is none, or the case is about it. */
function faultOfAll({ testCase, replays, comparisons }: CaseResult): string | null {
  if (comparisons.some(({ outcome }) => outcome !== 'match')) return null;
  for (const [at, one] of (replays[0]?.exchanges ?? []).entries()) {
    const [status, step] = [faultOf(one), testCase.steps[one.step]];
    if (status === null || (step !== undefined && status === awaitedStatus(step))) continue;
    if (!replays.every(({ exchanges }) => exchanges[at] !== undefined && faultOf(exchanges[at]) === status)) continue;
    const where = testCase.steps.length > 1 ? ` in step ${one.step + 1}` : '';
    return `every target answered ${status}${where}: that they fail alike says little of what they do; if the case is about that, say expect: { status: ${status} }`;
  }
  return null;
}

function faultOf({ outcome }: Exchange): number | null {
  return outcome.kind === 'response' && outcome.status >= 500 ? outcome.status : null;
}
