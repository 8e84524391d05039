import type { ComparedSide } from '../compare/compare-case.ts';
import { maxReadLength } from '../compare/limits.ts';
import type { CompareOptions } from '../config/rules.ts';
import type { Response } from '../http/exchange.ts';
import { maxSamplesSamples } from './limits.ts';
import { seededRank } from './seeded-random.ts';

/** One response of the reference that a candidate matched, with what it was compared under. */
export interface MatchedSample {
  readonly case: string;
  /** Index of the exchange in the case. */
  readonly exchange: number;
  readonly response: Response;
  /** Where the target's own absolute URLs begin. */
  readonly origin: string;
  readonly options: CompareOptions;
}

/** Keeps a sample of all that it is given. */
export interface Sampler {
  /** Takes what the reference answered to a case that matched on some candidate. */
  add(caseId: string, reference: ComparedSide, options: CompareOptions): void;
  samples(): readonly MatchedSample[];
}

/**
 * A sampler of at most 40 responses with bodies of at most 1 MiB, however many it is given. Which ones depends on the seed and on
 * the ids of the cases alone, not on the order in which they finish.
 */
export function sampleMatched(seed: number): Sampler {
  const kept: { readonly rank: number; readonly sample: MatchedSample }[] = [];
  const mayBeKept = (rank: number) => kept.length < maxSamplesSamples || rank < kept.at(-1)!.rank;
  return {
    add(caseId, { replay: { exchanges }, origin }, options) {
      for (let exchange = 0; exchange < exchanges.length; exchange += 1) {
        const response = exchanges[exchange]!.outcome;
        if (response.kind === 'failure' || response.body.length > maxReadLength) continue;
        const rank = seededRank(seed + exchange, caseId);
        if (!mayBeKept(rank)) continue;
        kept.push({ rank, sample: { case: caseId, exchange, response, origin, options } });
        kept.sort((a, b) => a.rank - b.rank || (a.sample.case < b.sample.case ? -1 : 1));
        kept.length = Math.min(kept.length, maxSamplesSamples);
      }
    },
    samples: () => kept.map(({ sample }) => sample),
  };
}
