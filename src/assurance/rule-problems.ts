import type { RecordedRule } from '../record/evidence.ts';

/** A sentence for each rule that no value of any answer stands under: what `--strict` fails for. */
export function strictProblems(radii: readonly RecordedRule[]): string[] {
  return radii
    .filter(({ touched, unread }) => touched === 0 && unread === 0)
    .map(({ rule }) => `the rule ${rule} matches nothing: no value of any answer stands under it`);
}

const widest = 0.3;

/** A sentence for each rule that more than 30 % of the leaves stand under: a warning in every run. */
export function wideRules(radii: readonly RecordedRule[]): string[] {
  return radii
    .filter(({ share }) => share > widest)
    .map(({ rule, isNoise = false, touched, leaves, share, mutated, unseen }) => {
      const percent = Math.round(share * 1000) / 10;
      const drift = mutated === 0 ? '' : `; of ${mutated} changes made there, ${unseen} went unseen`;
      const name = isNoise ? `what was found to be noise and forgiven, as by a rule ${rule},` : `the rule ${rule}`;
      return `${name} covers ${percent}% of all values (${touched} of ${leaves})${drift}`;
    });
}
