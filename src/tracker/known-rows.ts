import { pushTo } from '../drift/kit/map-utils.ts';
import { ParityError } from '../errors.ts';
import type { KnownFinding, KnownFindings } from '../findings/known-findings.ts';
import { readTracker } from './markdown/table.ts';
import { nameIn } from './reconcile/coverage.ts';
import { isMeasuredHere } from './reconcile/row-plan.ts';
import type { TableOptions } from './rows/columns.ts';
import { visible } from './rows/escape.ts';
import { parsePlace, type RowState, type TrackerRow } from './rows/row.ts';
import { caseHash, type OwnCases } from './rows/row-cases.ts';
import { readTrackerText } from './tracker-file.ts';

/** A row that says which divergences are its own. */
interface KnownRow {
  readonly state: RowState;
  readonly own: OwnCases;
  readonly finding: KnownFinding;
}

/** Of rows that have one divergence the first of these has it: what fails a run comes before what does not. */
const precedence: readonly RowState[] = ['reopened', 'open', 'accepted', 'fixed'];

/** What a run can know. */
export interface Scope {
  readonly reference: string;
  /** It does not send the whole library. */
  readonly isPart: boolean;
  /** Whether a case, by its hash, came to no conclusion in it. */
  readonly isSilent: (hash: string) => boolean;
}

/**
 * The findings of a tracker, by the divergences that their rows list. A run that sends a part of the cases, or gets no answer to some, knows
 * less than the run that wrote the rows, and may explain a divergence in another way; so may any run where values are other ones each
 * time. There a divergence belongs to the row that lists it. Where the run knows as much and values are steady, the run decides.
 */
export function knownFindings(rows: readonly TrackerRow[], { reference, isPart, isSilent }: Scope): KnownFindings {
  const byKey = new Map<string, KnownRow[]>();
  for (const row of rows) {
    const known = isMeasuredHere(row, { reference }) ? knownRow(row) : null;
    for (const key of known?.own.keys ?? []) pushTo(byKey, key, known!);
  }
  return {
    ownerOf({ candidate, caseId, key, fingerprint, isSteady }) {
      const rowsOfKey = byKey.get(key);
      if (rowsOfKey === undefined) return null;
      const [name, hash] = [visible(candidate), caseHash(caseId)];
      const owners = rowsOfKey.filter(({ finding, own }) => finding.candidate === name && hasCase(own, hash, key));
      if (owners.some(({ finding }) => finding.fingerprint === fingerprint)) return null;
      const [owner] = owners.sort(byPrecedence);
      return owner !== undefined && (isPart || !isSteady || lacksCase(owner, isSilent)) ? owner.finding : null;
    },
  };
}

/** The same of a tracker file; null where there is none, or none that can be read: who updates it says why. */
export async function readKnownFindings(
  file: string,
  { table, scope }: { readonly table: TableOptions; readonly scope: Scope },
): Promise<KnownFindings | null> {
  try {
    const text = await readTrackerText(file, table);
    return text ? knownFindings(readTracker(text, file, table).rows, scope) : null;
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
  const finding = {
    id,
    fingerprint: own.fingerprint,
    candidate,
    class: name,
    route: route ?? '',
    ...parsePlace(place),
  };
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

/** A case that shows the finding of the row is not there to prove it. */
function lacksCase({ own }: KnownRow, isSilent: Scope['isSilent']): boolean {
  return [...own.cases.keys()].some(isSilent);
}

function byPrecedence(a: KnownRow, b: KnownRow): number {
  return precedence.indexOf(a.state) - precedence.indexOf(b.state) || (a.finding.id < b.finding.id ? -1 : 1);
}
