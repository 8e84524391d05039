import type { TestCase } from '../../cases/case.ts';
import { compareCase } from '../../compare/compare-case.ts';
import type { CaseComparison, Divergence } from '../../compare/model/divergence.ts';
import type { CompareOptions } from '../../config/rules.ts';
import { isSameAnswer } from '../../noise/evidence/result.ts';
import type { Sampled } from '../../noise/evidence/self-diff.ts';
import { isAnsweredOnce } from './recorded-answers.ts';

interface Asked {
  readonly testCase: TestCase;
  readonly sides: readonly [reference: Sampled, candidate: Sampled];
  readonly options: CompareOptions;
}

/**
 * The divergences of a case, by index, that show other values when both sides are asked again; all of them where a case may not be sent
 * again. None where it was not sent again although it may be.
 */
export function findUnsteady({ divergences }: CaseComparison, { testCase, sides, options }: Asked): readonly number[] {
  if (
    isAnsweredOnce(
      testCase,
      sides.map(({ first }) => first.replay),
    )
  )
    return [...divergences.keys()];
  const [reference, candidate] = sides.map(({ more }) => more[0]);
  if (divergences.length === 0 || reference === undefined || candidate === undefined) return [];
  if (sides.every(isSameAgain)) return [];
  const later = new Set(compareCase(reference, candidate, options).divergences.map(textOf));
  return divergences.flatMap((one, at) => (later.has(textOf(one)) ? [] : [at]));
}

function isSameAgain({ first, more: [later] }: Sampled): boolean {
  const again = later?.replay.exchanges ?? [];
  return first.replay.exchanges.every(({ outcome }, at) => {
    const other = again[at]?.outcome;
    return other !== undefined && isSameAnswer(outcome, other);
  });
}

function textOf({ exchange, facet, pointer, kind, reference, candidate }: Divergence): string {
  return JSON.stringify([exchange, facet, pointer, kind, reference, candidate]);
}
