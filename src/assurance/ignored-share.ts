import type { RecordedEvidence } from '../record/evidence.ts';
import type { RuleInUse } from './rules-in-use.ts';

/** What of the answer of the reference to one case people left out by their rules. */
export interface CaseLeftOut {
  /** Values in its bodies; a text is one. */
  leaves: number;
  values: number;
  /** A body of it could not be looked into. */
  isPartly: boolean;
  /** Keys of the rules that leave something out. */
  readonly rules: Set<string>;
}

export function newCase(): CaseLeftOut {
  return { leaves: 0, values: 0, isPartly: false, rules: new Set() };
}

/** Whether somebody wrote a rule so that values are not compared; noise that was found is no such rule. */
export function leavesOut({ reach: { word, rule }, isInferred }: RuleInUse): boolean {
  return word === 'ignore' && !isInferred && (rule === null || !('keep' in rule) || rule.keep !== 'value');
}

/** Adds up what is left out over the cases of a run. */
export interface LeftOutTally {
  /** Takes a case; null is one without any rule, whose values nobody counts. */
  add(one: CaseLeftOut | null): void;
  told(): NonNullable<RecordedEvidence['leftOut']>;
}

export function leftOutTally(): LeftOutTally {
  const rules = new Set<string>();
  let [values, leaves, cases, compared, uncounted] = [0, 0, 0, 0, 0];
  return {
    add(one) {
      compared += 1;
      if (one === null || one.isPartly) uncounted += 1;
      if (one === null) return;
      values += one.values;
      leaves += one.leaves;
      for (const rule of one.rules) rules.add(rule);
      if (!one.isPartly && one.values > 0 && one.values === one.leaves) cases += 1;
    },
    told: () => ({ rules: rules.size, values, leaves: uncounted > 0 ? null : leaves, cases, compared }),
  };
}
