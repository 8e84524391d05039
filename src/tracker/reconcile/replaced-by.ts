import { pushTo } from '../../drift/kit/map-utils.ts';
import type { TrackedFinding } from '../../findings/finding.ts';
import { everyRoute } from '../../findings/route.ts';
import { pointerTokens } from '../../json/pointer.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import { maxShared } from '../limits.ts';
import { visible } from '../rows/escape.ts';
import { placeText, type TrackerRow } from '../rows/row.ts';
import { areOthersKnown, caseHash, otherCasesHash } from '../rows/row-cases.ts';
import { nameIn } from './coverage.ts';

/** What a run shows at a place, above it or below. */
interface Neighbour {
  readonly finding: TrackedFinding;
  /** How many steps below it stands; 0 at the same place, less above it. */
  readonly depth: number;
}

/** The findings of a run by where they are. */
export interface Neighbours {
  /** The other findings at the place of one, above it or below, in answers to the same case. */
  beside(finding: TrackedFinding): readonly TrackedFinding[];
  /** Findings at the place of a row, above it or below, on its route. */
  at(row: TrackerRow): readonly Neighbour[];
}

/** Where a divergence is: in a body by tokens, elsewhere by a name. */
interface Spot {
  readonly candidate: string | null;
  readonly name: string;
  readonly tokens: readonly string[];
}

/** Findings at a place, and what is below it by the next token. */
interface Branch {
  readonly here: TrackedFinding[];
  readonly below: Map<string, Branch>;
}

/** The findings of a run in, who stands by whom out. */
export function neighboursOf(findings: readonly TrackedFinding[]): Neighbours {
  const tops = new Map<string, Branch>();
  for (const finding of findings) {
    const spot = spotOfFinding(finding);
    for (const route of new Set([everyRoute, ...shownRoutes(finding)]))
      plant(tops, keyOf(route, spot), [finding, spot]);
  }
  const around = (spot: Spot, routes: readonly string[]): Neighbour[] => {
    const found = new Map<TrackedFinding, number>();
    for (const route of routes) {
      const top = tops.get(keyOf(route, spot));
      if (top !== undefined) gather(top, [spot.tokens, 0], found);
    }
    return Array.from(found, ([finding, depth]) => ({ finding, depth }));
  };
  return {
    beside: (finding) =>
      around(spotOfFinding(finding), finding.route === everyRoute ? [everyRoute] : shownRoutes(finding))
        .map((one) => one.finding)
        .filter((one) => one !== finding && shareCase(one, finding)),
    at: (row) => around(spotOfRow(row), row.route === null ? [] : [row.route]),
  };
}

function keyOf(route: string, { candidate, name }: Spot): string {
  return `${route}\n${candidate}\n${name}`;
}

function branch(): Branch {
  return { here: [], below: new Map() };
}

function plant(tops: Map<string, Branch>, key: string, [finding, { tokens }]: readonly [TrackedFinding, Spot]): void {
  let at = tops.get(key) ?? branch();
  tops.set(key, at);
  for (const token of tokens) {
    const next = at.below.get(token) ?? branch();
    at.below.set(token, next);
    at = next;
  }
  at.here.push(finding);
}

/** What stands on the way down to a place, at it and below, with the steps from it. A `*` may be any key. */
function gather(
  from: Branch,
  [tokens, at]: readonly [readonly string[], number],
  found: Map<TrackedFinding, number>,
): void {
  for (const finding of from.here) found.set(finding, at - tokens.length);
  const token = tokens[at];
  if (token === undefined || token === '*')
    for (const next of from.below.values()) gather(next, [tokens, at + 1], found);
  else
    for (const one of [token, '*']) {
      const next = from.below.get(one);
      if (next !== undefined) gather(next, [tokens, at + 1], found);
    }
}

function shownRoutes({ routes, route }: TrackedFinding): readonly string[] {
  return [route, ...routes].map(visible);
}

function spotOfFinding(finding: TrackedFinding): Spot {
  return spotOf(visible(finding.candidate), visible(placeText(finding)));
}

function spotOfRow({ divergence, candidate }: TrackerRow): Spot {
  const place = divergence === null ? '/' : (/^\S+ at (.+)$/.exec(divergence)?.[1] ?? '');
  return spotOf(nameIn(candidate), place);
}

function spotOf(candidate: string | null, place: string): Spot {
  const tokens = place === '/' ? [] : pointerTokens(place);
  return place.startsWith('/') && tokens !== null
    ? { candidate, name: 'body', tokens }
    : { candidate, name: place, tokens: [] };
}

function shareCase(a: TrackedFinding, b: TrackedFinding): boolean {
  const [few, many] = a.cases.length < b.cases.length ? [a.cases, b.cases] : [b.cases, a.cases];
  return few.slice(0, maxShared).some((id) => has(many, id));
}

function has(sorted: readonly string[], id: string): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === id;
}

/**
 * Rows that a run does not show in, by id those findings out that may be what became of their divergence: a divergence that is explained
 * in another way, for something beside it was mended, has another id. Such a finding stands at the place of the row, above it or below, in
 * one of its cases, and did not while the row was shown. Of rows that stand above it, it belongs to those that are nearest.
 */
export function insteadOf(
  absent: readonly TrackerRow[],
  neighbours: Neighbours,
): ReadonlyMap<string, readonly string[]> {
  const hashes = memoizeBounded(20, ({ cases }: TrackedFinding) => new Set(cases.map(caseHash)));
  const found = absent.flatMap((row) =>
    neighbours
      .at(row)
      .filter((one) => isNewTo(row, one) && isInCaseOf(row, () => hashes(one.finding)))
      .map((one) => ({ row, ...one })),
  );
  const nearest = new Map<string, number>();
  for (const { finding, depth } of found)
    nearest.set(finding.id, Math.max(0, Math.min(depth, nearest.get(finding.id) ?? depth)));
  const instead = new Map<string, string[]>();
  for (const { row, finding, depth } of found)
    if (depth <= (nearest.get(finding.id) ?? 0)) pushTo(instead, row.id ?? '', finding.id);
  return instead;
}

/** Where it is not known what stood above and below, only what stands at the very place counts. */
function isNewTo({ own }: TrackerRow, { finding, depth }: Neighbour): boolean {
  if (own === null || !areOthersKnown(own)) return depth === 0;
  return !own.beside.includes(otherCasesHash(finding.id));
}

/** A row that does not list all of its cases may have been shown by any. */
function isInCaseOf({ own }: TrackerRow, hashes: () => ReadonlySet<string>): boolean {
  if (own === null || own.cases.size < own.count) return true;
  const shown = hashes();
  return [...own.cases.keys()].some((hash) => shown.has(hash));
}
