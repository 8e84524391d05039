import { everyRoute } from '../findings/identity.ts';
import { lately } from '../structures/lately.ts';
import { readOwnCases } from './own-cases.ts';
import type { TrackerRow } from './row.ts';
import { visible } from './visible.ts';

/** All cases of the library by the hashes of their ids, the selected and the others, with the candidates on which each ran conclusively in this run. */
export type Library = Iterable<{
  readonly hash: string;
  readonly routes: readonly string[];
  readonly conclusive: readonly string[];
}>;

interface RouteCoverage {
  total: number;
  /** Hashes of those of its cases that some row lists. */
  readonly listed: Set<string>;
  readonly conclusive: Map<string, number>;
}

/** By route as the tracker shows it: how many cases there are, and how many ran conclusively on each candidate. */
export type Coverage = ReadonlyMap<string, RouteCoverage>;

/** A library and the rows of a tracker in, its coverage by route out; what is about every route needs every case. */
export function coverageOf(library: Library, rows: readonly TrackerRow[]): Coverage {
  const coverage = new Map<string, RouteCoverage>();
  const wanted = new Set(rows.flatMap(listedCases));
  const shown = lately(1000, (routes: readonly string[]) => new Set([...routes.map(visible), everyRoute]));
  for (const { hash, routes, conclusive } of library)
    for (const route of shown(routes)) {
      const entry = coverage.get(route) ?? { total: 0, listed: new Set(), conclusive: new Map() };
      coverage.set(route, entry);
      count(entry, conclusive);
      if (wanted.has(hash)) entry.listed.add(hash);
    }
  return coverage;
}

function count(entry: RouteCoverage, conclusive: readonly string[]): void {
  entry.total++;
  for (const candidate of new Set(conclusive))
    entry.conclusive.set(candidate, (entry.conclusive.get(candidate) ?? 0) + 1);
}

function listedCases({ casesSource }: TrackerRow): readonly string[] {
  return readOwnCases(casesSource ?? '', 0)?.hashes ?? [];
}

/** A row in, the number of its route's cases out if every one of them ran conclusively on its candidate; else 0. */
export function fullyCovered(row: TrackerRow, coverage: Coverage): number {
  const route = coverage.get(row.route ?? '');
  const candidate = nameIn(row.candidate);
  if (route === undefined || candidate === null) return 0;
  return route.conclusive.get(candidate) === route.total ? route.total : 0;
}

/** A row in, how many of the cases that it lists are not among those of its route out. */
export function lostCases(row: TrackerRow, coverage: Coverage): number {
  const known = coverage.get(row.route ?? '')?.listed ?? new Set<string>();
  return listedCases(row).filter((hash) => !known.has(hash)).length;
}

/** A Reference or Candidate cell in, the target's name before the first colon out; null if there is none. */
export function nameIn(cell: string | null): string | null {
  const colon = cell?.indexOf(':') ?? -1;
  return cell === null || colon < 1 ? null : cell.slice(0, colon).trim();
}
