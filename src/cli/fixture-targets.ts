import type { TestCase } from '../cases/case.ts';
import { didYouMean, quote } from '../config/closest.ts';
import type { Target } from '../config/config.ts';
import { ParityError } from '../errors.ts';

/** Refuses requests of `before` and `after` for a target that there is not: they would be left out in silence. Throws ParityError PX2406. */
export function checkFixtureTargets(cases: Iterable<TestCase>, targets: readonly Target[]): void {
  const names = targets.map(({ name }) => name);
  for (const { before = [], after = [], location } of cases)
    for (const { target } of [...before, ...after]) {
      if (target === null || names.includes(target)) continue;
      const place = `${location.file}:${location.line}:${location.col}`;
      throw new ParityError('PX2406', `${place}: a request is for the target ${quote(target)}, which there is not`, {
        hint: didYouMean(target, names) ?? `targets: ${names.join(', ')}`,
      });
    }
}
