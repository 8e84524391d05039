import { notePrefix } from '../../drift/kit/cause.ts';
import type { ReportFinding } from './report-model.ts';

/** A change and who can make it, or a note on the explanation. */
interface SharedFix {
  /** `rust`, or `rust or go`; `note` where it is no change. */
  readonly target: string;
  /** `fix in rust`, or `note`. */
  readonly label: string;
  readonly text: string;
}

/** The fixes of a finding for a person: a fix that is the same for several targets is listed once. */
export function sharedFixes({ fixes }: Pick<ReportFinding, 'fixes'>): SharedFix[] {
  const targets = new Map<string, string[]>();
  for (const { target, text } of fixes) targets.set(text, [...(targets.get(text) ?? []), target]);
  return [...targets].map(([text, names]) => {
    if (text.startsWith(notePrefix)) return { target: 'note', label: 'note', text: text.slice(notePrefix.length) };
    const target = names.join(' or ');
    return { target, label: `fix in ${target}`, text };
  });
}
