import { maxKept, maxKeptMatches, maxRoutes, maxSignatures } from '../limits.ts';
import { type LiveOutcome, noRoute, otherRoutes, type RouteState } from './live-state.ts';

/** What a compared request came to. */
export interface Judged {
  readonly outcome: LiveOutcome;
  /** Of a divergent one: its set of divergences; of an inconclusive one: the reason. */
  readonly signature?: string;
  /** Both sides refused it with one status: 404 or 405 are `absent`. */
  readonly refused?: 'refused' | 'absent';
}

/** Counts what comes of each request, and says which of them are recorded. Bounded, however many requests come. */
export interface Ledger {
  /** The name under which a route is counted: its own, or that of all others. */
  nameOf(route: string | null): string;
  skip(route: string | null, reason: string): void;
  copy(route: string): void;
  lose(route: string, reason: string): void;
  judge(route: string, judged: Judged): void;
  /** Whether a request that was just judged is to be recorded, as there are few of its kind. */
  isWanted(route: string, judged: Judged): boolean;
  /** Takes note that it is recorded as a case of the run. */
  keep(route: string, judged: Judged, caseId: string): void;
  /** Sorted by route. */
  routes(): RouteState[];
  /** Copies that are not compared yet. */
  pending(): number;
}

/** As `SignatureState`. */
interface Kept {
  count: number;
  readonly cases: string[];
}

/** The keys of objects come from outside: they are in maps. */
interface RouteEntry {
  copied: number;
  readonly outcomes: Record<LiveOutcome, number>;
  refused: number;
  absent: number;
  readonly lost: Map<string, number>;
  readonly skipped: Map<string, number>;
  readonly signatures: Map<string, Kept>;
  keptMatches: number;
  /** By reason. */
  readonly keptInconclusive: Map<string, number>;
  latest: string | null;
}

/** Stands for all sets of divergences beyond those that are counted each for itself. */
const otherSignatures = '(other divergences)';

function newEntry(): RouteEntry {
  return {
    ...{ copied: 0, refused: 0, absent: 0, keptMatches: 0, latest: null },
    outcomes: { matched: 0, divergent: 0, suppressed: 0, inconclusive: 0 },
    ...{ lost: new Map(), skipped: new Map(), signatures: new Map(), keptInconclusive: new Map() },
  };
}

function addTo(counts: Map<string, number>, reason: string): void {
  counts.set(reason, (counts.get(reason) ?? 0) + 1);
}

/** A ledger that goes on with what was counted before. What was pending then is lost. */
export function openLedger(before: readonly RouteState[] = []): Ledger {
  const entries = new Map(before.map((one) => [one.route, entryFrom(one)]));
  let pending = 0;
  const nameOf = (route: string | null): string =>
    route === null ? noRoute : entries.has(route) || entries.size < maxRoutes ? route : otherRoutes;
  const entryOf = (route: string | null): RouteEntry => {
    const known = route === null ? undefined : entries.get(route);
    if (known !== undefined) return known;
    const name = nameOf(route);
    const entry = entries.get(name) ?? newEntry();
    entries.set(name, entry);
    return entry;
  };
  return {
    nameOf,
    skip: (route, reason) => addTo(entryOf(route).skipped, reason),
    copy(route) {
      entryOf(route).copied += 1;
      pending += 1;
    },
    lose(route, reason) {
      addTo(entryOf(route).lost, reason);
      pending -= 1;
    },
    judge(route, judged) {
      count(entryOf(route), judged);
      pending -= 1;
    },
    isWanted: (route, judged) => isWanted(entryOf(route), judged),
    keep: (route, judged, caseId) => keep(entryOf(route), judged, caseId),
    routes: () => [...entries].map(([route, entry]) => stateOf(route, entry)).sort(byRoute),
    pending: () => pending,
  };
}

const byRoute = (a: RouteState, b: RouteState): number => (a.route < b.route ? -1 : 1);

function count(entry: RouteEntry, { outcome, signature = '', refused }: Judged): void {
  entry.outcomes[outcome] += 1;
  if (refused !== undefined) entry.refused += 1;
  if (refused === 'absent') entry.absent += 1;
  if (outcome === 'divergent') signatureOf(entry, signature).count += 1;
}

function signatureOf({ signatures }: RouteEntry, signature: string): Kept {
  const name = signatures.has(signature) || signatures.size < maxSignatures ? signature : otherSignatures;
  const found = signatures.get(name) ?? { count: 0, cases: [] };
  signatures.set(name, found);
  return found;
}

function isWanted(entry: RouteEntry, { outcome, signature = '' }: Judged): boolean {
  if (outcome === 'divergent') {
    const { signatures } = entry;
    const isCounted = signatures.has(signature) || signatures.size < maxSignatures;
    return isCounted && (signatures.get(signature)?.cases.length ?? 0) < maxKept;
  }
  if (outcome === 'inconclusive') return (entry.keptInconclusive.get(signature) ?? 0) < maxKept;
  return entry.keptMatches < maxKeptMatches;
}

function keep(entry: RouteEntry, { outcome, signature = '' }: Judged, caseId: string): void {
  if (outcome === 'inconclusive') addTo(entry.keptInconclusive, signature);
  if (outcome === 'matched' || outcome === 'suppressed') entry.keptMatches += 1;
  if (outcome !== 'divergent') return;
  signatureOf(entry, signature).cases.push(caseId);
  entry.latest = caseId;
}

function stateOf(route: string, entry: RouteEntry): RouteState {
  const { copied, outcomes, refused, absent, lost, skipped, signatures, latest } = entry;
  return {
    ...{ route, copied, ...outcomes, refused, absent },
    ...{ lost: Object.fromEntries(lost), skipped: Object.fromEntries(skipped) },
    signatures: Object.fromEntries([...signatures].map(([name, one]) => [name, { ...one, cases: [...one.cases] }])),
    latest,
  };
}

/** Nobody waits any more for the answers that were pending when the process ended. */
function entryFrom({ copied, matched, divergent, suppressed, inconclusive, ...state }: RouteState): RouteEntry {
  const { refused, absent, latest } = state;
  const lost = new Map(Object.entries(state.lost));
  const ended = [...lost.values()].reduce((sum, one) => sum + one, matched + divergent + suppressed + inconclusive);
  if (copied > ended) lost.set('restarted', (lost.get('restarted') ?? 0) + copied - ended);
  const signatures = Object.entries(state.signatures).map(([name, one]): [string, Kept] => [
    name,
    { count: one.count, cases: [...one.cases] },
  ]);
  return {
    ...newEntry(),
    ...{ copied, refused, absent, lost, latest },
    outcomes: { matched, divergent, suppressed, inconclusive },
    skipped: new Map(Object.entries(state.skipped)),
    signatures: new Map(signatures),
    // They stand in the record already.
    keptMatches: Math.min(matched + suppressed, maxKeptMatches),
  };
}
