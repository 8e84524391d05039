import type { Expander } from '../config/environment.ts';
import type { Source } from '../config/source.ts';
import type { Budget } from './budget.ts';
import type { ReadBodyFile } from './jail.ts';

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
