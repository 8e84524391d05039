import type { ReportFinding } from './report-model.ts';

/** A change, and who can make it. */
interface SharedFix {
  /** `rust`, or `rust or go` */
  readonly target: string;
  readonly text: string;
}

/** The fixes of a finding for a person: one that is the same for several targets stands there once. */
export function sharedFixes({ fixes }: Pick<ReportFinding, 'fixes'>): SharedFix[] {
  const targets = new Map<string, string[]>();
  for (const { target, text } of fixes) targets.set(text, [...(targets.get(text) ?? []), target]);
  return [...targets].map(([text, names]) => ({ target: names.join(' or '), text }));
}
