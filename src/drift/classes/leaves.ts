import type { DriftRule } from '../kit/drift-rule.ts';
import { booleanRules } from './enums/enumerations.ts';
import { floatRules } from './numbers/floats.ts';
import { numberRules, scaleRules } from './numbers/numbers.ts';
import { quantityRules } from './numbers/scale.ts';
import { binaryRules } from './text/binary.ts';
import { identifierRules } from './text/identifiers.ts';
import { stringRules } from './text/strings.ts';
import { dateRules } from './times/dates.ts';
import { durationRules } from './times/durations.ts';
import { stampRules } from './times/stamps.ts';
import { timeRules } from './times/times.ts';

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
