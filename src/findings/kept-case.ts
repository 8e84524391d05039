import type { TestCase } from '../cases/case.ts';
import type { CaseComparison } from '../compare/divergence.ts';
import type { CompareOptions } from '../config/rules.ts';
import type { TargetReplay } from '../replay/exchange.ts';

/** A case on one candidate with what both sides answered, as far as it diverges. */
export interface ComparedCase {
  readonly testCase: Pick<TestCase, 'id' | 'routes'>;
  readonly reference: TargetReplay;
  readonly candidate: TargetReplay;
  readonly comparison: CaseComparison;
  readonly options: CompareOptions;
  /** Where the absolute URLs of the reference and of the candidate begin; empty if not known. */
  readonly origins: readonly [reference: string, candidate: string];
}

/** A compared case that need not be in memory: it is there again when it is asked for. */
export interface KeptCase {
  readonly id: string;
  readonly candidate: string;
  fetch(): ComparedCase;
}

/** A compared case that stays in memory. */
export function held(compared: ComparedCase): KeptCase {
  return { id: compared.testCase.id, candidate: compared.candidate.target, fetch: () => compared };
}
