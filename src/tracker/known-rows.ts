import { pushTo } from '../drift/kit/map-utils.ts';
import { ParityError } from '../errors.ts';
import type { KnownFinding, KnownFindings } from '../findings/known-findings.ts';
import { readText } from './file/atomic-write.ts';
import { readTracker } from './markdown/table.ts';
import { nameIn } from './reconcile/coverage.ts';
import type { TableOptions } from './rows/columns.ts';
import { visible } from './rows/escape.ts';
import { type RowState, readPlace, type TrackerRow } from './rows/row.ts';
import { caseHash, type OwnCases } from './rows/row-cases.ts';
import { isMeasuredHere } from './rows/row-plan.ts';

/** A row that says which divergences are its own. */
interface KnownRow {
  readonly state: RowState;
  readonly own: OwnCases;
  readonly finding: KnownFinding;
}

/** Of rows that have one divergence the first of these has it: what fails a run comes before what does not. */
const precedence: readonly RowState[] = ['reopened', 'open', 'accepted', 'fixed'];

/**
 * The findings of a tracker. A run that sends a part of the cases knows less than the run that wrote the rows, and may explain a divergence
 * in another way: it belongs to the row that has this divergence of this case.
 */
export function knownFindings(rows: readonly TrackerRow[], reference: string): KnownFindings {
  const byKey = new Map<string, KnownRow[]>();
  for (const row of rows) {
    const known = isMeasuredHere(row, { reference }) ? knownRow(row) : null;
    for (const key of known?.own.keys ?? []) pushTo(byKey, key, known!);
  }
  return {
    ownerOf({ candidate, caseId, key, fingerprint }) {
      const rowsOfKey = byKey.get(key);
      if (rowsOfKey === undefined) return null;
      const [name, hash] = [visible(candidate), caseHash(caseId)];
      const owners = rowsOfKey.filter(({ finding, own }) => finding.candidate === name && hasCase(own, hash, key));
      if (owners.some(({ finding }) => finding.fingerprint === fingerprint)) return null;
      return owners.sort(byPrecedence)[0]?.finding ?? null;
    },
  };
}

/** The same of a tracker file; null where there is none, or none that can be read: who updates it says why. */
export async function readKnownFindings(
  file: string,
  { table, reference }: { readonly table: TableOptions; readonly reference: string },
): Promise<KnownFindings | null> {
  try {
    const text = await readText(file);
    return text ? knownFindings(readTracker(text, file, table).rows, reference) : null;
  } catch (error) {
    if (error instanceof ParityError) return null;
    throw error;
  }
}

/** Null for a row that does not say which finding it is of, or which divergences are its own. */
function knownRow(row: TrackerRow): KnownRow | null {
  const { id, state, own, route, divergence } = row;
  const candidate = nameIn(row.candidate);
  const [, name, place] = /^(\S+) at (.+)$/.exec(divergence ?? '') ?? [];
  if (id === null || state === null || own === null || own.fingerprint === null) return null;
  if (candidate === null || name === undefined || place === undefined || !isOf(id, own.fingerprint)) return null;
  const finding = { id, fingerprint: own.fingerprint, candidate, class: name, route: route ?? '', ...readPlace(place) };
  return { state, own, finding };
}

/** The comment of a row that was copied for another finding says nothing of this one. */
function isOf(id: string, fingerprint: string): boolean {
  return fingerprint.toUpperCase().startsWith(id.slice('P-'.length));
}

/** A row that does not list all of its cases may have been shown by any. */
function hasCase(own: OwnCases, hash: string, key: string): boolean {
  const listed = own.cases.get(hash);
  return listed === undefined ? own.cases.size < own.count : listed.keys.includes(key);
}

function byPrecedence(a: KnownRow, b: KnownRow): number {
  return precedence.indexOf(a.state) - precedence.indexOf(b.state) || (a.finding.id < b.finding.id ? -1 : 1);
}
