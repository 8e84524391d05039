import { type LiveState, noRoute, totalsOf, totalsOver } from '../counts/live-state.ts';
import { lowerBound } from '../gate/lower-bound.ts';

/** Confidence of the bounds on the page. */
const confidence = 0.95;

/** What a live comparison does now, beside what it has counted. */
export interface LiveNow {
  /** Copying is switched off. */
  readonly isOff: boolean;
  /** The candidate does not answer: it is left alone. */
  readonly isCircuitOpen: boolean;
  /** Why what the two have stored may differ; null where it does not. */
  readonly apart: string | null;
}

/** The document of `GET /status`. */
export function statusOf({ routes, ...state }: LiveState, now: LiveNow) {
  return {
    ...totalsOver(routes),
    ...{ run: state.run, startedAt: state.startedAt, reference: state.reference, candidate: state.candidate },
    ...{ copying: !now.isOff, circuitOpen: now.isCircuitOpen, apart: now.apart },
    routes: routes.map((route) => {
      const totals = totalsOf(route);
      const evidence = totals.matched - route.refused + totals.suppressed + totals.divergent;
      return {
        route: route.route,
        ...totals,
        refused: route.refused,
        latest: route.latest,
        lowerBound: route.route === noRoute ? 0 : lowerBound(evidence - totals.divergent, evidence, confidence),
      };
    }),
  };
}

export type LiveStatus = ReturnType<typeof statusOf>;
