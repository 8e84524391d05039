import type { TestCase } from '../../cases/case.ts';
import type { CaseComparison } from '../../compare/model/divergence.ts';
import type { TargetReplay } from '../../http/exchange.ts';

/**
 * Why the reference's answers make the case worthless, or null: it did not answer what the case expects of it, so whatever the
 * candidates do proves nothing.
 */
export function unexpected(testCase: TestCase, reference: TargetReplay): CaseComparison['inconclusive'] {
  for (const exchange of reference.exchanges) {
    const expected = testCase.steps[exchange.step]?.expect?.status ?? null;
    if (expected === null || exchange.outcome.kind === 'failure' || exchange.outcome.status === expected) continue;
    const where = testCase.steps.length > 1 ? `in step ${exchange.step + 1}` : 'to the request';
    const message = `${reference.target} answered ${exchange.outcome.status} ${where}, the case expects ${expected}`;
    const { file, line } = testCase.location;
    const hint = `correct \`expect\` of the case in ${file}:${line}, or repair ${reference.target}`;
    return { reason: 'reference-unexpected', message, hint };
  }
  return null;
}
