import { plural } from '../../report/document/wording.ts';
import { bytesPerToken } from '../limits.ts';
import type { ReviewSettings } from '../schema.ts';
import type { Answer } from './answer.ts';
import type { ReviewPlan } from './plan.ts';
import { promptOf } from './prompt.ts';

/** What a review has cost; tokens are those that answers count, else estimates by size. */
export interface Cost {
  requests: number;
  tokensIn: number;
  tokensOut: number;
}

/** Counts what is spent, and refuses what goes beyond. */
export interface Budget {
  readonly cost: Readonly<Cost>;
  /** Takes the estimated tokens of a request, and whether it was planned, is a planned one again, or extra, which leaves room for the planned ones; counts it and returns null, or returns why it may not be sent. */
  spend(tokens: number, kind: 'planned' | 'again' | 'extra'): string | null;
  /** Takes what was estimated and the answer; counts what it says instead. */
  settle(tokens: number, answer: Answer): void;
}

/** Takes the limits and what is planned. */
export function budgetOf({ requests, tokens }: ReviewSettings['budget'], planned: Cost): Budget {
  const cost: Cost = { requests: 0, tokensIn: 0, tokensOut: 0 };
  const left = { requests: planned.requests, tokens: planned.tokensIn };
  /** What an extra request must leave, by estimate, or by what the requests so far have cost with their answers, if that is more. */
  const keptTokens = (estimate: number) => {
    const average = Math.ceil((cost.tokensIn + cost.tokensOut) / Math.max(1, cost.requests));
    return Math.max(left.tokens, left.requests * average) + Math.max(0, average - estimate);
  };
  return {
    cost,
    spend(estimate, kind) {
      if (kind === 'planned') {
        left.requests -= 1;
        left.tokens = Math.max(0, left.tokens - estimate);
      }
      const kept =
        kind === 'extra' ? { requests: left.requests, tokens: keptTokens(estimate) } : { requests: 0, tokens: 0 };
      if (requests !== undefined && cost.requests + kept.requests >= requests)
        return `the budget of ${plural(requests, 'request')} is used up`;
      if (tokens !== undefined && cost.tokensIn + cost.tokensOut + kept.tokens + estimate > tokens)
        return `the budget of ${tokens} tokens does not last for ${estimate} more`;
      cost.requests += 1;
      cost.tokensIn += estimate;
      return null;
    },
    settle(estimate, { text, tokensIn, tokensOut }) {
      cost.tokensIn += (tokensIn ?? estimate) - estimate;
      cost.tokensOut += tokensOut ?? estimateTokens(text);
    },
  };
}

export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

/** What a review costs if every reviewer answers at once, without the answers. */
export function estimateCost({ bundles, settings }: ReviewPlan): Cost {
  const [asked, { length }] = [bundles.filter(({ size }) => size > 0), settings.reviewers];
  const { system, user } = promptOf({ name: '', files: [] }, String);
  const form = Buffer.byteLength(system + user);
  const tokensIn = asked.reduce((sum, { size }) => sum + Math.ceil((form + size) / bytesPerToken) * length, 0);
  return { requests: asked.length * length, tokensIn, tokensOut: 0 };
}
