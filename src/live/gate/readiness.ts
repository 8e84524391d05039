import { type CountsByReason, type LiveState, noRoute, type RouteState, totalsOf } from '../counts/live-state.ts';
import { lowerBound, neededFor } from './lower-bound.ts';

/** What has to hold for each route. */
export interface Gate {
  /** Requests compared. */
  readonly min: number;
  /** The share that answers alike, below 1. */
  readonly parity: number;
  readonly confidence: number;
}

/** What is known beside the counts. */
export interface Known {
  /** Whether people accepted all divergences of a set, by route and signature. */
  readonly isAccepted: (route: string, signature: string) => boolean;
  /** Routes that must be seen: those of the library and of the OpenAPI file. */
  readonly expected: readonly string[];
  /** Routes that the gate leaves out. */
  readonly except: readonly string[];
}

/**
 * `ready`; `divergent`: divergences that nobody accepted; `below`: enough requests, and the lower bound is below the gate; `too-few`: too
 * few requests came to a conclusion; `absent`: not a route of the reference, which answered 404 or 405 to all; `left-out`: by the user.
 */
export type RouteStanding = 'ready' | 'divergent' | 'below' | 'too-few' | 'absent' | 'left-out';

export interface RouteReadiness {
  readonly route: string;
  readonly standing: RouteStanding;
  readonly requests: number;
  readonly compared: number;
  /** Compared with a conclusion, other than that both sides refuse it alike: what the bound is taken over. */
  readonly evidence: number;
  /** Divergences that nobody accepted. */
  readonly divergent: number;
  readonly accepted: number;
  readonly suppressed: number;
  readonly inconclusive: number;
  readonly refused: number;
  readonly lost: number;
  readonly skipped: CountsByReason;
  readonly lowerBound: number;
  /** How many requests more, all alike, would be enough; 0 where it is enough, null where a divergence is open. */
  readonly missing: number | null;
}

export interface Readiness {
  readonly verdict: 'ready' | 'not-ready' | 'too-little-evidence';
  readonly exitCode: 0 | 1 | 3;
  readonly routes: readonly RouteReadiness[];
  /** Expected routes that no request came to. */
  readonly unseen: readonly string[];
}

/** Whether the counts are enough to sign that the candidate answers as the reference does. */
export function readinessOf({ routes }: Pick<LiveState, 'routes'>, gate: Gate, known: Known): Readiness {
  const judged = routes.filter(({ route }) => route !== noRoute).map((one) => routeReadiness(one, gate, known));
  const seen = new Set(judged.map(({ route }) => route));
  const unseen = known.expected.filter((route) => !seen.has(route) && !known.except.includes(route));
  const has = (...standings: RouteStanding[]) => judged.some(({ standing }) => standings.includes(standing));
  const exitCode = has('divergent', 'below') ? 1 : has('too-few') || !has('ready') || unseen.length > 0 ? 3 : 0;
  const verdict = exitCode === 0 ? 'ready' : exitCode === 1 ? 'not-ready' : 'too-little-evidence';
  return { verdict, exitCode, routes: judged, unseen };
}

function routeReadiness(state: RouteState, gate: Gate, known: Known): RouteReadiness {
  const { requests, compared, lost, skipped, matched, suppressed, inconclusive } = totalsOf(state);
  const accepted = acceptedIn(state, known);
  const divergent = state.divergent - accepted;
  const evidence = matched - state.refused + suppressed + state.divergent;
  const bound = lowerBound(evidence - divergent, evidence, gate.confidence);
  const numbers = { requests, compared, evidence, divergent, lowerBound: bound };
  return {
    ...{ route: state.route, standing: standingOf(state, numbers, { gate, known }) },
    ...{ ...numbers, accepted, suppressed, inconclusive, refused: state.refused, lost, skipped },
    missing: divergent > 0 ? null : Math.max(gate.min, neededFor(gate.parity, gate.confidence), evidence) - evidence,
  };
}

function acceptedIn({ route, signatures }: RouteState, { isAccepted }: Known): number {
  const accepted = Object.entries(signatures).filter(([name]) => isAccepted(route, name));
  return accepted.reduce((sum, [, { count }]) => sum + count, 0);
}

type Numbers = Pick<RouteReadiness, 'compared' | 'evidence' | 'divergent' | 'lowerBound'>;

function standingOf(
  state: RouteState,
  { compared, evidence, divergent, lowerBound: bound }: Numbers,
  { gate, known }: { readonly gate: Gate; readonly known: Known },
): RouteStanding {
  if (known.except.includes(state.route)) return 'left-out';
  if (divergent > 0) return 'divergent';
  const isAbsent = compared > 0 && state.absent === compared;
  if (isAbsent && !known.expected.includes(state.route)) return 'absent';
  // Where most copies came to nothing, the others are a choice that nobody made.
  const failed = state.inconclusive + state.copied - compared;
  if (evidence < gate.min || failed > evidence) return 'too-few';
  return bound < gate.parity ? 'below' : 'ready';
}
