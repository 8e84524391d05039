import type { Behaviour } from '../definition/behaviour.ts';
import type { DriftClass } from '../definition/class-page.ts';
import type { ClassDefinition } from '../definition/define-class.ts';
import { recognitionPasses, rulePasses } from '../definition/passes.ts';
import type { DriftRule } from '../kit/drift-rule.ts';
import { aliases } from './aliases.ts';
import { classDefinitions } from './class-list.ts';

/** The drift classes that this version knows, by id, family by family. */
export const driftClasses: ReadonlyMap<string, DriftClass> = new Map(
  classDefinitions.map((one) => [one.id, pageOf(one)]),
);

/** The drift rules by id, in the order of their passes. */
export const driftRules: ReadonlyMap<string, DriftRule> = new Map(
  inPasses(rulePasses, (one) => ('rule' in one ? one : null)).map(({ rule }) => [rule.id, rule]),
);

/** The recognised classes by id, the most specific first: a divergence belongs to the first that recognises it. */
export const behaviours: ReadonlyMap<string, Behaviour> = new Map(
  inPasses(recognitionPasses, (one) => ('recognise' in one ? one : null)).map((one) => [
    one.id,
    { ...pageOf(one), reach: one.reach, request: one.page.request, ...one.recognise },
  ]),
);

/** The class of this name, or of one that another catalogue has for it; null if it is known by neither. */
export function classNamed(name: string): DriftClass | null {
  return driftClasses.get(name) ?? driftClasses.get(aliases.get(name) ?? '') ?? null;
}

function pageOf({ id, title, severity, reach, evidence, observedBetween, page }: ClassDefinition): DriftClass {
  return {
    ...{ id, title, severity, evidence, ...page },
    ...(reach === undefined ? {} : { reach }),
    ...(observedBetween === undefined ? {} : { observedBetween }),
  };
}

/** The definitions that `pick` keeps, by pass and by rank within it. */
function inPasses<T extends { readonly pass: string; readonly rank?: number }>(
  passes: readonly string[],
  pick: (one: ClassDefinition) => T | null,
): T[] {
  const kept = classDefinitions.map(pick).filter((one) => one !== null);
  return kept.sort((a, b) => passes.indexOf(a.pass) - passes.indexOf(b.pass) || (a.rank ?? 0) - (b.rank ?? 0));
}
