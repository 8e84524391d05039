/** What a copied request came to. */
export type LiveOutcome = 'matched' | 'divergent' | 'suppressed' | 'inconclusive';

/** How often something came, by a stable kebab-case word. */
export type CountsByReason = Readonly<Record<string, number>>;

/** Requests of one route with one set of divergences. */
export interface SignatureState {
  readonly count: number;
  /** The cases of the run that are examples of it. */
  readonly cases: readonly string[];
}

/** What is counted of one route. What is not counted itself is the sum or the difference of what is. */
export interface RouteState {
  readonly route: string;
  /** Requests that were sent to the candidate. */
  readonly copied: number;
  readonly matched: number;
  readonly divergent: number;
  /** Differences that a rule or measured noise covers, and no other ones. */
  readonly suppressed: number;
  readonly inconclusive: number;
  /** Of those that matched: both sides refused them with one status, which shows nothing of the service. */
  readonly refused: number;
  /** Of these: with 404 or 405 and nothing else. */
  readonly absent: number;
  /** Copied and never compared, by reason. */
  readonly lost: CountsByReason;
  /** Not copied, by reason. */
  readonly skipped: CountsByReason;
  /** By the set of divergences. */
  readonly signatures: Readonly<Record<string, SignatureState>>;
  /** The newest recorded case that diverges. */
  readonly latest: string | null;
}

/** What a live comparison has counted: the file `live.json` of its run folder. */
export interface LiveState {
  readonly schema: 'parity-live/1';
  readonly run: string;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly reference: string;
  readonly candidate: string;
  /** Sorted by route. */
  readonly routes: readonly RouteState[];
}

/** The sums that hold at every moment: requests = copied + skipped, copied = pending + compared + lost. */
export interface Totals {
  readonly requests: number;
  readonly copied: number;
  readonly pending: number;
  readonly compared: number;
  readonly lost: number;
  readonly matched: number;
  readonly divergent: number;
  readonly suppressed: number;
  readonly inconclusive: number;
  readonly skipped: CountsByReason;
}

/** Stands for all routes beyond those that are counted each for itself. */
export const otherRoutes = '(other routes)';

/** Stands for requests that were refused before they had a route. */
export const noRoute = '(no route)';

export function sumOf(counts: CountsByReason): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The sums of one route. */
export function totalsOf(route: RouteState): Totals {
  const { copied, matched, divergent, suppressed, inconclusive, skipped } = route;
  const [compared, lost] = [matched + divergent + suppressed + inconclusive, sumOf(route.lost)];
  const pending = copied - compared - lost;
  const requests = copied + sumOf(skipped);
  return { requests, copied, pending, compared, lost, matched, divergent, suppressed, inconclusive, skipped };
}

/** The sums over all routes. */
export function totalsOver(routes: readonly RouteState[]): Totals {
  const skipped = new Map<string, number>();
  const sum = { requests: 0, copied: 0, pending: 0, compared: 0, lost: 0 };
  const outcomes = { matched: 0, divergent: 0, suppressed: 0, inconclusive: 0 };
  for (const one of routes.map(totalsOf)) {
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += one[name];
    for (const name of Object.keys(outcomes) as (keyof typeof outcomes)[]) outcomes[name] += one[name];
    for (const [reason, count] of Object.entries(one.skipped)) skipped.set(reason, (skipped.get(reason) ?? 0) + count);
  }
  return { ...sum, ...outcomes, skipped: Object.fromEntries(skipped) };
}
