import type { FittedRule, FittedRules } from '../kit/fitted-rule.ts';
import { divide, speakerOf } from './ownership.ts';
import { prove } from './proof.ts';
import { planOf, rewriteBody } from './rewrite.ts';
import { type Agreed, readPair } from './sample.ts';

/**
 * Lessons that answers speak against in which both sides agree, each with the cases of these: what the lesson says of the candidate is
 * not what it did there.
 */
export function against(lessons: FittedRules, agreed: readonly Agreed[]): ReadonlyMap<FittedRule, readonly string[]> {
  const found = new Map<FittedRule, Set<string>>();
  const plan = planOf(lessons);
  for (const one of lessons.size === 0 ? [] : agreed)
    for (const lesson of broken(one, plan)) found.set(lesson, (found.get(lesson) ?? new Set()).add(one.case));
  return new Map(Array.from(found, ([lesson, cases]) => [lesson, [...cases].sort()]));
}

/** The lessons that would make two bodies differ that agree. */
function broken(agreed: Agreed, plan: ReturnType<typeof planOf>): FittedRule[] {
  const [reference] = readPair(agreed) ?? [];
  if (reference === undefined) return [];
  const { tree, used } = rewriteBody(reference.tree, plan);
  if (used.length === 0) return [];
  const { residue } = prove({ sample: agreed, reference: reference.document, rewritten: tree });
  const ownership = divide(used);
  const isSame = agreed.reference.equals(agreed.candidate);
  // How something is spelled may have differed before.
  return (residue ?? []).filter(({ wire }) => isSame || !wire).flatMap((one) => speakerOf(one, ownership) ?? []);
}
