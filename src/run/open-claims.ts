import type { TestCase } from '../cases/case.ts';
import type { Settled } from '../compare/noise.ts';
import { foldedAt } from '../compare/self-view.ts';
import type { Config } from '../config/config.ts';
import type { TargetReplay } from '../replay/exchange.ts';
import { routesOf } from './coverage.ts';

/** Waits before a case is sent once more, in milliseconds: together a little more than the second that most clocks tell. */
const pausesMs = [100, 250, 350, 500];

/** What so many cases have upheld is not asked again at the same place of the same route; so many such claims are remembered. */
const enough = 3;
const mostClaims = 1000;

/** A case that was asked again, with what came of it for each candidate. */
export interface Claiming {
  readonly testCase: TestCase;
  readonly replays: readonly TargetReplay[];
  readonly settled: readonly Settled[];
}

/** Knows for how long what a few answers say is asked again. */
export interface OpenClaims {
  /** How long to wait before the case is sent once more, after so many further answers; null: it is sent no more. */
  pause(claiming: Claiming, further: number): number | null;
}

/**
 * Claims that a few answers may make by chance: that one side varies and the other does not, or that what varies on both sides has
 * something in it that does not. They are open until they fall, or have been upheld over a second.
 */
export function openClaims(config: Config): OpenClaims {
  const upheld = new Map<string, number>();
  return {
    pause({ testCase, replays, settled }, further) {
      const routes = routesOf(testCase, replays, config.routes);
      const claims = new Set(
        settled.flatMap(({ open, comparison: { candidate } }) =>
          open.map((one) => `${routes.join()} ${candidate} ${one.exchange} ${one.facet} ${foldedAt(one).pointer}`),
        ),
      );
      const asked = [...claims].filter((claim) => (upheld.get(claim) ?? 0) < enough);
      if (asked.length === 0) return null;
      const pause = pausesMs[further];
      if (pause !== undefined) return pause;
      for (const claim of asked)
        if (upheld.has(claim) || upheld.size < mostClaims) upheld.set(claim, (upheld.get(claim) ?? 0) + 1);
      return null;
    },
  };
}
