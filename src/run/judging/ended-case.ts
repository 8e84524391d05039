import type { TestCase } from '../../cases/case.ts';
import type { Config } from '../../config/config.ts';
import type { CaseResult } from '../model/case-result.ts';
import { faultText, type InternalFault, internalReason, nextStep } from '../model/internal-fault.ts';
import { unjudged } from './compare-answers.ts';

/** The bug that ended a case, in this run or in an earlier one that recorded it; null if none did. */
export function faultIn({ fault, testCase, comparisons }: CaseResult): InternalFault | null {
  if (fault !== undefined) return fault;
  const recorded = comparisons.find(({ reason }) => reason === internalReason);
  return recorded === undefined
    ? null
    : { what: 'in an earlier run, judging', caseId: testCase.id, error: recorded.message ?? '' };
}

/** A case that a bug ended, whatever was answered to it. */
export function endedByFault(
  testCase: TestCase,
  config: Config,
  fault: Pick<InternalFault, 'what' | 'error'>,
): CaseResult {
  const about = { ...fault, caseId: testCase.id };
  const why = { reason: internalReason, message: faultText(about), hint: nextStep };
  return { ...unjudged(testCase, config, why), fault: about };
}
