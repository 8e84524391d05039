import type { TrackedFinding } from '../../findings/finding.ts';
import { everyRoute } from '../../findings/route.ts';
import { memoizeBounded } from '../../structures/memoize-bounded.ts';
import { visible } from '../rows/escape.ts';
import { blindness, type ObservationScope, type RowPlace } from '../rows/observation-scope.ts';
import type { TrackerRow } from '../rows/row.ts';
import { type OwnCases, ownCases } from '../rows/row-cases.ts';

/**
 * All cases of the library by the hashes of their ids, the selected and the others, with what each compared on the candidates on which
 * it came to a conclusion in this run.
 */
export type Library = Iterable<LibraryCase>;

/** A case of the library, and what a run says about it. */
export interface LibraryCase {
  readonly hash: string;
  readonly routes: readonly string[];
  /** What it asks for, see `askedBy`. */
  readonly asked: string;
  /** What the reference answered, see `statusClasses`; empty where that is not known. */
  readonly statuses: string;
  readonly scopes: readonly ObservationScope[];
  /** It may not be sent again; false if absent. */
  readonly isOnce?: boolean;
}

interface RouteCoverage {
  total: number;
  /** Those of its cases that some row lists, or will list, by hash. */
  readonly listed: Map<string, Pick<LibraryCase, 'asked' | 'statuses' | 'scopes' | 'isOnce'>>;
  /** How many of its cases compared this, and no more. */
  readonly scopes: Map<ObservationScope, number>;
}

/** By route as the tracker shows it: how many cases there are, and what those compared that came to a conclusion. */
export type Coverage = ReadonlyMap<string, RouteCoverage>;

interface Listing {
  readonly rows: readonly TrackerRow[];
  readonly findings: readonly TrackedFinding[];
}

/** A library, the rows of a tracker and what a run found in, its coverage by route out; what is about every route needs every case. */
export function coverageOf(library: Library, { rows, findings }: Listing): Coverage {
  const coverage = new Map<string, RouteCoverage>();
  const wanted = new Set(rows.flatMap(listedCases));
  for (const finding of findings) for (const hash of casesFound(finding).cases.keys()) wanted.add(hash);
  const shown = memoizeBounded(1000, (routes: readonly string[]) => new Set([...routes.map(visible), everyRoute]));
  for (const { hash, asked, routes, statuses, scopes, isOnce = false } of library)
    for (const route of shown(routes)) {
      const entry = coverage.get(route) ?? { total: 0, listed: new Map(), scopes: new Map() };
      coverage.set(route, entry);
      entry.total++;
      for (const scope of scopes) entry.scopes.set(scope, (entry.scopes.get(scope) ?? 0) + 1);
      if (wanted.has(hash)) entry.listed.set(hash, { asked, statuses, scopes, isOnce });
    }
  return coverage;
}

const known = new WeakMap<TrackedFinding, OwnCases>();

/** Hashed once for each finding: it may have very many cases. */
function casesFound(finding: TrackedFinding): OwnCases {
  const found = known.get(finding) ?? ownCases(finding);
  known.set(finding, found);
  return found;
}

/** A finding in, its cases as its row is to keep them out. */
export function casesShown(finding: TrackedFinding, coverage: Coverage): OwnCases {
  const found = casesFound(finding);
  const listed = coverage.get(everyRoute)?.listed;
  const cases = Array.from(
    found.cases,
    ([hash, own]) => [hash, { ...own, asked: listed?.get(hash)?.asked ?? '' }] as const,
  );
  return { ...found, cases: new Map(cases) };
}

function listedCases({ own }: TrackerRow): readonly string[] {
  return [...(own?.cases.keys() ?? [])];
}

/** A row in, the number of its route's cases out if every one of them ran conclusively on its candidate; else 0. */
export function fullyCovered(row: TrackerRow, coverage: Coverage): number {
  const route = coverage.get(row.route ?? '');
  if (route === undefined) return 0;
  const ran = scopesFor(row, route).reduce((sum, [, count]) => sum + count, 0);
  return ran === route.total ? route.total : 0;
}

function scopesFor(row: TrackerRow, { scopes }: RouteCoverage): (readonly [ObservationScope, number])[] {
  const candidate = nameIn(row.candidate);
  return [...scopes].filter(([scope]) => scope.candidate === candidate);
}

/**
 * A row whose route is covered and its place in, why this run cannot tell whether its divergence is there out: a case that it lists would
 * not have shown it, or fewer would have than `needed`; all must where it lists none. Null if the run can tell.
 */
export function unseen(row: TrackerRow, place: RowPlace, { coverage, needed }: Needed): string | null {
  const route = coverage.get(row.route ?? '');
  if (route === undefined) return null;
  const own = new Set(listedCases(row).flatMap((hash) => route.listed.get(hash)?.scopes ?? []));
  const all = scopesFor(row, route).map(([scope, count]) => ({ scope, count, why: blindness(scope, place) }));
  const blind = all.filter(({ why }) => why !== null);
  const ofOwn = blind.find(({ scope }) => own.has(scope));
  if (ofOwn !== undefined) return ofOwn.why;
  const seeing = all.reduce((sum, { count, why }) => sum + (why === null ? count : 0), 0);
  return seeing < (own.size === 0 ? route.total : needed) ? (blind[0]?.why ?? null) : null;
}

interface Needed {
  readonly coverage: Coverage;
  /** How many cases must have looked at least. */
  readonly needed: number;
}

/** A row in, how many of the cases that it lists are not among those of its route out. */
export function lostCases(row: TrackerRow, coverage: Coverage): number {
  const known = coverage.get(row.route ?? '')?.listed;
  return listedCases(row).filter((hash) => known?.has(hash) !== true).length;
}

/** A Reference or Candidate cell in, the target's name before the first colon out; null if there is none. */
export function nameIn(cell: string | null): string | null {
  const colon = cell?.indexOf(':') ?? -1;
  return cell === null || colon < 1 ? null : cell.slice(0, colon).trim();
}
