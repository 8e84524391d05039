import { everyRoute } from '../findings/identity.ts';
import { visible } from './cell.ts';
import { caseHash, readOwnCases } from './own-cases.ts';
import type { TrackerRow } from './row.ts';

/** All cases of the library, the selected and the others, with the candidates on which each ran conclusively in this run. */
export type Library = Iterable<{
  readonly id: string;
  readonly routes: readonly string[];
  readonly conclusive: readonly string[];
}>;

interface RouteCoverage {
  total: number;
  /** Hashes of the ids of its cases. */
  readonly cases: Set<string>;
  readonly conclusive: Map<string, number>;
}

/** By route as the tracker shows it: how many cases there are, and how many ran conclusively on each candidate. */
export type Coverage = ReadonlyMap<string, RouteCoverage>;

/** A library in, its coverage by route out; what is about every route needs every case. */
export function coverageOf(library: Library): Coverage {
  const coverage = new Map<string, RouteCoverage>();
  for (const { id, routes, conclusive } of library) {
    const one = { hash: caseHash(id), candidates: new Set(conclusive) };
    for (const route of new Set([...routes.map(visible), everyRoute])) count(coverage, route, one);
  }
  return coverage;
}

interface CountedCase {
  readonly hash: string;
  readonly candidates: ReadonlySet<string>;
}

function count(coverage: Map<string, RouteCoverage>, route: string, { hash, candidates }: CountedCase): void {
  const entry = coverage.get(route) ?? { total: 0, cases: new Set<string>(), conclusive: new Map<string, number>() };
  entry.total++;
  entry.cases.add(hash);
  for (const candidate of candidates) entry.conclusive.set(candidate, (entry.conclusive.get(candidate) ?? 0) + 1);
  coverage.set(route, entry);
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
  const known = coverage.get(row.route ?? '')?.cases ?? new Set<string>();
  return (readOwnCases(row.casesSource ?? '', 0)?.hashes ?? []).filter((hash) => !known.has(hash)).length;
}

/** A Reference or Candidate cell in, the target's name before the first colon out; null if there is none. */
export function nameIn(cell: string | null): string | null {
  const colon = cell?.indexOf(':') ?? -1;
  return cell === null || colon < 1 ? null : cell.slice(0, colon).trim();
}
