import { classOf, type DriftRule, type Found } from '../kit/drift-rule.ts';
import type { FittedRule } from '../kit/fitted-rule.ts';
import { isUnchanged } from '../kit/nodes.ts';
import { maxFitParametersRounds } from '../limits.ts';
import { type Places, placesFor, type TrainingPlace } from './traversal.ts';

/** What a rule learns from all places of one shape; nothing if it finds nothing, or would need other parameters at another place. */
export function learnRule(rule: DriftRule, sorted: Places, shape: string): readonly FittedRule[] {
  const found: Found<object>[] = [];
  if (rule.at?.test(shape) === false) return [];
  for (const { a, b, body } of placesFor(rule, sorted)) {
    const parameters = rule.locate(a, b);
    if (parameters !== null) found.push({ parameters, body });
  }
  if (found.length === 0) return [];
  const places = sorted.all;
  const parameters = settle(
    rule,
    places,
    found.map((one) => one.parameters),
  );
  if (parameters === null) return [];
  const evidence = new Set(found.map((one) => rule.evidence?.(one.parameters) ?? one.body));
  for (const place of places) if (!place.isMended && rule.supports?.(place, parameters)) evidence.add(place.body);
  const clouded = rule.clouds !== undefined && places.some((place) => rule.clouds!(place, parameters));
  const doubtful = clouded || (rule.doubts?.(found) ?? false) || (rule.learns && evidence.size < 2);
  return (rule.split?.(parameters, places) ?? [parameters]).map((part): FittedRule => {
    const hypothesis = doubtful || (rule.isDoubtful?.(part, places) ?? false);
    return { rule, class: classOf({ rule, parameters: part }), shape, parameters: part, hypothesis, ties: [] };
  });
}

/** Parameters that leave the rule nothing to find at any place, or null. */
function settle(rule: DriftRule, places: readonly TrainingPlace[], found: object[]): object | null {
  for (let round = 0; round < maxFitParametersRounds && found.length > 0; round += 1) {
    const parameters = rule.unite(found);
    if (parameters === null) return null;
    const known = found.length;
    for (const { a, b, isEqual } of places) {
      const after = rule.rewrite(a, parameters);
      const left = isEqual && isUnchanged(a, after) ? null : rule.locate(after, b);
      if (left !== null) found.push(left);
    }
    if (found.length === known) return rule.confirm === undefined ? parameters : rule.confirm(parameters, places);
  }
  return null;
}
