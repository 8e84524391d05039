import { compareCase } from '../../compare/compare-case.ts';
import type { CaseComparison } from '../../compare/model/divergence.ts';
import type { CompareOptions } from '../../config/rules.ts';
import type { Exchange } from '../../http/exchange.ts';
import { type Open, openIn } from './pending.ts';
import type { Both, Noise, Sampled } from './self-diff.ts';

/** A comparison with the noise taken out, and what was taken out. */
export interface NoiseResult {
  readonly comparison: CaseComparison;
  readonly noise: readonly Noise[];
  /** What a few answers may show by chance: more answers may tell. */
  readonly open: readonly Open[];
}

/** What the first answers alone come to. */
export function atFirst([reference, candidate]: Both<Sampled>, options: CompareOptions): NoiseResult {
  const comparison = compareCase(reference.first, candidate.first, options);
  return { comparison, noise: [], open: openIn(comparison, { views: [], noise: [] }, options.level) };
}

/** Whether two answers have one status and the same bytes; a failure is the same as nothing. */
export function isSameAnswer(a: Exchange['outcome'], b: Exchange['outcome']): boolean {
  if (a.kind === 'failure' || b.kind === 'failure') return false;
  return a.status === b.status && Buffer.compare(a.body, b.body) === 0;
}
