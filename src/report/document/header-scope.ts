import type { ReportDocument } from './document.ts';

/** Names of response headers, by what a run did with them. */
export interface HeaderScope {
  /** Compared wherever they came; those too that never came. */
  readonly compared: readonly string[];
  /** Compared in some cases, and there in others that do not name them. */
  readonly partly: readonly string[];
  readonly uncompared: readonly string[];
}

/** Each header of a report once: the configured ones, but for what its cases made of them. */
export const headerScope = ({ run, evidence }: Pick<ReportDocument, 'run' | 'evidence'>): HeaderScope => {
  const named = new Set([...run.comparedHeaders, ...(evidence?.comparedHeaders ?? [])]);
  const partly = evidence?.partlyComparedHeaders ?? [];
  const uncompared = evidence?.uncomparedHeaders ?? [];
  for (const name of [...partly, ...uncompared]) named.delete(name);
  return { compared: [...named], partly, uncompared };
};
