import type { Expander } from '../../config/environment.ts';
import type { Source } from '../../config/source/source.ts';
import type { Budget } from '../fast/budget.ts';
import { plainText, settledTemplate, templateOf } from '../placeholder.ts';
import type { ReadBodyFile } from './path-guard.ts';

/** What the cases of one file are read with. */
export interface CaseContext {
  readonly source: Source;
  /** The file as it is named in `TestCase.location`. */
  readonly file: string;
  readonly expander: Expander;
  readonly budget: Budget;
  /** Names of the targets; null if they are not known. */
  readonly targets: readonly string[] | null;
  readonly readBodyFile: ReadBodyFile;
}

/** Takes what expands plain texts; returns what expands those that are templates: values are text in them. Messages quote a value as it is, so that a secret in it is known as one. */
export function templateExpander(expander: Expander): Expander {
  const template = { value: templateOf, around: settledTemplate };
  const complain: Expander['complain'] = (span, complaint) =>
    expander.complain(span, { ...complaint, message: plainText(complaint.message) });
  return { ...expander, complain, template };
}
