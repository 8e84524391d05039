import { binaryRules } from './binary.ts';
import { dateRules } from './dates.ts';
import { durationRules } from './durations.ts';
import { booleanRules } from './enumerations.ts';
import { floatRules } from './floats.ts';
import { identifierRules } from './identifiers.ts';
import { numberRules, scaleRules } from './numbers.ts';
import type { DriftRule } from './rule.ts';
import { quantityRules } from './scale.ts';
import { stampRules } from './stamps.ts';
import { stringRules } from './strings.ts';
import { timeRules } from './times.ts';

/** Rules about values, the surer ones first: what has two readings is for a later one only if no other found it. */
export const leafRules: readonly DriftRule[] = [
  ...numberRules,
  ...booleanRules,
  ...timeRules,
  ...dateRules,
  ...stampRules,
  ...durationRules,
  ...binaryRules,
  ...identifierRules,
  ...floatRules,
  ...scaleRules,
  ...quantityRules,
  ...stringRules,
];
