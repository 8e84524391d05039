import { shapeToken } from '../../json/pointer.ts';
import type { JsonNode } from '../../json/tree.ts';
import { type DriftRule, styleTerm, type Terms } from './drift-rule.ts';

/** What one rule learned at one place, over all samples, and holds to in each of them. */
export interface FittedRule {
  readonly rule: DriftRule;
  /** The drift class that the rule shows under the parameters. */
  readonly class: string;
  /** Shape of the place: array indices folded to `*`. */
  readonly shape: string;
  readonly parameters: object;
  /** Too little speaks for it, or something against it. */
  readonly hypothesis: boolean;
  /** Classes that explain the same just as well, with as few rules. */
  readonly ties: readonly string[];
}

/** What a lesson says of the candidate's form, by class, place and name. */
export function termsOf(lesson: FittedRule): Terms {
  const { rule, parameters, shape } = lesson;
  const place = `${lesson.class} at ${shape === '' ? '/' : shape}:`;
  return Object.fromEntries(
    Object.entries(rule.terms?.(parameters) ?? {}).map(([name, forms]) => [
      name === styleTerm ? name : `${place} ${name}`,
      forms,
    ]),
  );
}

/** Lessons by the shape of their place, in the order of the passes. */
export type FittedRules = ReadonlyMap<string, readonly FittedRule[]>;

/** The key of a rewritten node's only member does not count, see `DriftRule.folds`. */
export function isFolded(rewritten: JsonNode, here: readonly FittedRule[]): boolean {
  return here.some(({ rule, parameters }) => rule.folds?.(rewritten, parameters) ?? false);
}

/** The shape of a child's place. */
export function below(shape: string, token: string): string {
  return `${shape}/${shapeToken(token)}`;
}
