import { hoistRules } from './enums.ts';
import { keyRules } from './keys.ts';
import { leafRules } from './leaves.ts';
import { orderRules } from './order.ts';
import { presenceRules } from './presence.ts';
import type { DriftRule } from './rule.ts';
import { variantRules } from './variants.ts';

const passes: readonly DriftRule[] = [
  ...hoistRules,
  ...keyRules,
  ...presenceRules,
  ...leafRules,
  ...variantRules,
  ...orderRules,
];

/** The drift rules by class id, in the order of the passes: wrapper objects, keys, presence, values, order. */
export const driftRules: ReadonlyMap<string, DriftRule> = new Map(passes.map((rule) => [rule.id, rule]));
