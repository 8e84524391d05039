import { ParityError } from '../errors.ts';
import { readTracker } from './markdown/table.ts';
import { nameIn } from './reconcile/coverage.ts';
import { isMeasuredHere } from './reconcile/row-plan.ts';
import type { TableOptions } from './rows/columns.ts';
import { visible } from './rows/escape.ts';
import type { TrackerRow } from './rows/row.ts';
import { caseHash } from './rows/row-cases.ts';
import { readTrackerText } from './tracker-file.ts';

/**
 * The divergences of a case on a candidate that rows which are not fixed list, by their keys (see `divergenceKey`). Before such a row is
 * closed, the case is sent again.
 */
export type AwaitedKeys = (caseId: string, candidate: string) => ReadonlySet<string>;

const none: ReadonlySet<string> = new Set();

function awaitedKeys(rows: readonly TrackerRow[], reference: string): AwaitedKeys | null {
  const keysOf = new Map<string, Set<string>>();
  const nameOf = (hash: string, candidate: string) => `${hash} ${candidate}`;
  for (const row of rows) {
    const { state, own, candidate } = row;
    if (state === null || state === 'fixed' || own === null || !isMeasuredHere(row, { reference })) continue;
    for (const [hash, { keys }] of own.cases) {
      const name = nameOf(hash, nameIn(candidate) ?? '');
      const known = keysOf.get(name) ?? new Set();
      keysOf.set(name, known);
      for (const key of keys) known.add(key);
    }
  }
  if (keysOf.size === 0) return null;
  return (caseId, candidate) => keysOf.get(nameOf(caseHash(caseId), visible(candidate))) ?? none;
}

/** Whether an accepted row of a tracker file lists a case on a candidate; null where the file cannot be read: the update of the tracker reports why. */
export async function readAcceptedCases(
  file: string,
  { table, reference }: TrackerScope,
): Promise<((caseId: string, candidate: string) => boolean) | null> {
  const rows = await readRows(file, table);
  if (rows === null) return null;
  const accepted = new Set<string>();
  for (const row of rows)
    if (row.state === 'accepted' && row.own !== null && isMeasuredHere(row, { reference }))
      for (const [hash] of row.own.cases) accepted.add(`${hash} ${nameIn(row.candidate) ?? ''}`);
  return (caseId, candidate) => accepted.has(`${caseHash(caseId)} ${visible(candidate)}`);
}

interface TrackerScope {
  readonly table: TableOptions;
  readonly reference: string;
}

async function readRows(file: string, table: TableOptions): Promise<readonly TrackerRow[] | null> {
  try {
    const text = await readTrackerText(file, table);
    return text ? readTracker(text, file, table).rows : null;
  } catch (error) {
    if (error instanceof ParityError) return null;
    throw error;
  }
}

/** `AwaitedKeys` of a tracker file; null where no row lists any, or the file cannot be read: the update of the tracker reports why. */
export async function readAwaitedKeys(file: string, { table, reference }: TrackerScope): Promise<AwaitedKeys | null> {
  const rows = await readRows(file, table);
  return rows === null ? null : awaitedKeys(rows, reference);
}
