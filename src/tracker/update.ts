import type { FindingState } from '../findings/finding.ts';
import { type Plan, type ReconcileInput, reconcile } from './reconcile.ts';
import { spliceTracker } from './splice.ts';
import { rewriteFile } from './store.ts';
import { readTracker } from './table.ts';

/** Whether to write, and how patient to be. */
export interface UpdateOptions {
  /** False: nothing is written, and the result says what would be. */
  readonly write: boolean;
  /** How long to wait for a tracker that another process holds, in ms; 10 s if absent. */
  readonly lockWaitMs?: number;
}

/** What became of a tracker in a run, or what would. */
export interface TrackerUpdate {
  readonly file: string;
  readonly written: boolean;
  /** Ids of the findings that got a row, and of the rows that changed; sorted. */
  readonly added: string[];
  readonly changed: string[];
  readonly states: ReadonlyMap<string, { readonly state: FindingState; readonly decision: string | null }>;
  readonly notes: string[];
}

/** A tracker that a missing or empty file becomes; the table is put below the marker. */
export const emptyTracker = `# Architecture comparison

Where the implementations differ, and what was decided about it. Set \`Status\` to \`_accepted_\` to live with a finding,
and say why under \`Decision\`. Columns and text of your own come back exactly as they are.

<!-- parity:tracker -->
`;

/**
 * A tracker file and what a run found in, what was done to the file out. A missing file is made; a file that needs no change
 * is not touched. Throws PX4101 (locked), PX4102 (no space), PX4103 (merge conflict), PX4104 (no UTF-8),
 * PX4105 (no marker or no table to be used), PX4106 (cannot be read or written), PX4107 (kept changing).
 */
export async function updateTracker(
  file: string,
  input: ReconcileInput,
  { write, lockWaitMs = 10_000 }: UpdateOptions,
): Promise<TrackerUpdate> {
  const edit = (found: string | null): { text: string; result: Plan } => {
    const text = found || emptyTracker;
    const table = readTracker(text, file);
    const plan = reconcile(table.rows, input);
    return { text: spliceTracker(text, table, plan), result: plan };
  };
  const { written, result } = await rewriteFile(file, edit, { write, lockWaitMs });
  const { states, added, changed, notes } = result;
  return { file, written, added: [...added], changed: [...changed], states, notes: [...notes] };
}
