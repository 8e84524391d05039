import type { FindingState } from '../findings/finding.ts';
import { readFileText } from './file/atomic-write.ts';
import { healDoubles } from './markdown/merge-duplicates.ts';
import { spliceTracker } from './markdown/splice.ts';
import { reconcile, type TrackerPlan } from './reconcile/reconcile.ts';
import type { ReconcileInput } from './reconcile/row-plan.ts';
import { ownTable, type TableOptions } from './rows/columns.ts';
import { rewriteTracker, textInFile } from './tracker-file.ts';

/** Whether to write, and how patient to be. */
export interface UpdateOptions {
  /** False: nothing is written, and the result says what would be. */
  readonly write: boolean;
  /** How long to wait for a tracker that another process holds, in ms; 10 s if absent. */
  readonly lockWaitMs?: number;
  /** Where the table stands; below the marker if absent. */
  readonly table?: TableOptions;
  readonly journal?: Journal;
}

/** What a run that is cut off around the writing of its tracker goes on with. */
export interface Journal {
  /** The text that the cut-off run found, an empty one for no file; undefined if it did not come so far. */
  readonly before: string | undefined;
  /** Keeps the text that is about to be replaced. Whatever it throws, the tracker is not written. */
  keep(text: string): Promise<void>;
}

/** What became of a tracker in a run, or what would. */
export interface TrackerUpdate {
  readonly file: string;
  readonly written: boolean;
  /** Ids of the findings that got a row, and of the rows that changed; sorted. */
  readonly added: string[];
  readonly changed: string[];
  /** Ids of accepted rows whose divergence is no longer there. */
  readonly gone: string[];
  /** Ids of open rows of these targets that the run neither shows nor closes. */
  readonly unsettled: string[];
  readonly states: ReadonlyMap<string, { readonly state: FindingState; readonly decision: string | null }>;
  readonly notes: string[];
}

const introduction = `# Architecture comparison

Where the implementations differ, and what was decided about it. Set \`Status\` to \`_accepted_\` to accept a finding,
and say why under \`Decision\`. Columns and text of your own come back exactly as they are.
`;

/** What a missing or empty file becomes; the table is put below the marker, or below the heading. */
export function emptyTracker({ heading }: TableOptions = ownTable): string {
  return `${introduction}\n${heading === null ? '<!-- parity:tracker -->' : `## ${heading}`}\n`;
}

/** The text of a tracker and what a run found in, the new text and what was done out. Throws PX4103 and PX4105. */
export function editTracker(
  text: string,
  input: ReconcileInput,
  { file, options }: { readonly file: string; readonly options: TableOptions },
): { readonly text: string; readonly result: TrackerPlan } {
  const healed = healDoubles(text, file, options);
  const plan = reconcile(healed.table.rows, input);
  const changed = [...new Set([...plan.changed, ...healed.ids])].sort();
  const result = { ...plan, changed, notes: [...healed.notes, ...plan.notes] };
  return { text: spliceTracker(healed.text, healed.table, plan.edits), result };
}

/**
 * A tracker file and what a run found in, what was done to the file out. A missing file is made; a file that needs no change
 * is not touched. Throws PX4101 (locked), PX4102 (no space), PX4103 (merge conflict), PX4104 (no UTF-8),
 * PX4105 (no marker or no table to be used), PX4106 (cannot be read or written), PX4107 (kept changing).
 */
export async function updateTracker(
  file: string,
  input: ReconcileInput,
  { write, lockWaitMs = 10_000, table: options = ownTable, journal }: UpdateOptions,
): Promise<TrackerUpdate> {
  const edit = (found: string | null) => editTracker(found || emptyTracker(options), input, { file, options });
  const keep = (found: string | null) => journal?.keep(found ?? '');
  const { written, result } =
    (write ? await writtenBefore({ file, before: journal?.before, options }, edit) : null) ??
    (await rewriteTracker(file, edit, { table: options, write, lockWaitMs, keep }));
  const { added, changed, gone, unsettled, notes, states } = result;
  const ids = { added: [...added], changed: [...changed], gone: [...gone], unsettled: [...unsettled] };
  return { file, written, ...ids, states, notes: [...notes] };
}

type Edit = (found: string | null) => { readonly text: string; readonly result: TrackerPlan };

interface CutOff {
  readonly file: string;
  readonly before: string | undefined;
  readonly options: TableOptions;
}

/** What a run did before it was cut off, if the file is just what it was to become: its rows must not count as old ones now. */
async function writtenBefore({ file, before, options }: CutOff, edit: Edit) {
  if (before === undefined) return null;
  const { text, result } = edit(before);
  return (await readFileText(file)) === textInFile(text, file, options) ? { written: true, result } : null;
}
