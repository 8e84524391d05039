import type { TrackedFinding } from '../../findings/finding.ts';
import { everyRoute } from '../../findings/route.ts';
import { pointerTokens } from '../../json/pointer.ts';
import { acceptsLaw, pinned, pinOf } from '../rows/accepted-shape.ts';
import { encodeCell } from '../rows/cell.ts';
import { visible } from '../rows/escape.ts';
import { type NewRow, parsePlace, type TrackerRow } from '../rows/row.ts';
import { nameIn } from './coverage.ts';
import { isMeasuredHere, type ReconcileInput } from './row-plan.ts';
import { standingOf } from './seen-row.ts';

/**
 * The accepted row whose law a finding without a row proves again on another route: the same class, learned in the same forms, of the
 * same member. Null if there is none.
 */
export function carriedFrom(
  finding: TrackedFinding,
  { rows, input }: { readonly rows: Iterable<TrackerRow>; readonly input: ReconcileInput },
): TrackerRow | null {
  if (!finding.verified || finding.byTracker === true || finding.route === everyRoute) return null;
  for (const row of rows) {
    const isHere = isMeasuredHere(row, input) && nameIn(row.candidate) === visible(finding.candidate);
    if (isHere && standingOf(row, input) === 'accepted' && isOfMember(row, finding)) return row;
  }
  return null;
}

function isOfMember({ divergence, divergenceSource, route }: TrackerRow, finding: TrackedFinding): boolean {
  const place = parsePlace(/^\S+ at (.+)$/.exec(divergence ?? '')?.[1] ?? '');
  if (place.facet !== finding.facet || memberOf(place.pointer) !== memberOf(finding.pointer)) return false;
  return acceptsLaw(divergenceSource ?? '', finding, { route: route ?? '', pointer: place.pointer });
}

/** The member that a pointer leads to, or whose items it leads to; empty for the whole body. */
function memberOf(pointer: string): string {
  return (pointerTokens(pointer) ?? [pointer]).findLast((token) => token !== '*') ?? '';
}

/** The row of a finding that is accepted as another row is: with its reason, and its last day. */
export function acceptedRow({ id, cells }: NewRow, from: TrackerRow, finding: TrackedFinding): NewRow {
  const until = from.until === null || from.until === '' ? '' : ` (until ${from.until})`;
  const reason = `${from.standing ?? ''}${until}`;
  const Decision = encodeCell(`as ${from.id}${reason === '' ? '' : `: ${reason}`}`);
  return {
    id,
    cells: { ...cells, Status: '_accepted_', Divergence: pinned(cells.Divergence ?? '', pinOf(finding)), Decision },
  };
}

/** The note for people. */
export function carriedNote({ id, route }: TrackedFinding, from: TrackerRow): string {
  return `${id} is the law that ${from.id} accepts, proved again on ${visible(route)}: it is accepted, too.`;
}
