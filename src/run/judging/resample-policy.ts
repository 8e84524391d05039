import { everyStep, onlyReads } from '../../cases/every-step.ts';
import type { Config } from '../../config/config.ts';
import type { TargetReplay } from '../../http/exchange.ts';
import type { Open } from '../../noise/evidence/pending.ts';
import { foldedAt } from '../../noise/evidence/self-diff.ts';
import { maxClaims } from '../limits.ts';
import type { CaseResult } from '../model/case-result.ts';
import type { ComparedAnswers } from './compare-answers.ts';
import { routesOf } from './coverage.ts';

/**
 * Waits before a case is sent once more, in milliseconds: together a little more than the second that most clocks tell. Where nothing
 * moves no time is told, and there is no wait.
 */
const pausesMs = [100, 250, 350, 500];

/** What so many cases have upheld is not asked again at the same place of the same route; so many such claims are remembered. */
const enough = 3;

/** A case that was asked again, with what came of it for each candidate. */
type Claiming = Pick<CaseResult, 'testCase' | 'replays'> & Pick<ComparedAnswers, 'settled'>;

/** Knows for how long what a few answers say is asked again. */
export interface OpenClaims {
  /** How long to wait before the case is sent once more, after so many further answers; null: it is sent no more. */
  pause(claiming: Claiming, further: number): number | null;
}

/**
 * Claims that a few answers may make by chance: that one side varies and the other does not, that what varies on both sides has
 * something in it that does not, and that two values differ that may be drawn from few on both sides. They are open until they fall,
 * or have been upheld; those of what moves over a second.
 */
export function openClaims(config: Config): OpenClaims {
  const upheld = new Map<string, number>();
  /**
   * What is to be asked, and its claims. Where no more are remembered, only what moves is; so it is, and no longer than that takes,
   * where a case does more than read: it may be repeated, but a login that fails five times may lock somebody out.
   */
  const askedOf = ({ testCase, replays, settled }: Claiming) => {
    const routes = routesOf(testCase, replays, config.routes).join();
    const isHarmless = everyStep(testCase).every(({ request }) => onlyReads(request.method));
    const maySend = isHarmless || allSucceeded(replays);
    const claims = new Set<string>();
    const asked: Open[] = [];
    for (const { open, comparison } of settled)
      for (const one of open) {
        const { exchange, facet, pointer } = foldedAt(one.at);
        const claim = `${routes} ${comparison.candidate} ${exchange} ${facet} ${pointer}`;
        if (one.undecided !== undefined) {
          if (!one.moves && !isHarmless) continue;
          asked.push(maySend ? one : { ...one, most: Math.min(one.most, pausesMs.length) });
          continue;
        }
        if (!one.moves && (!isHarmless || (upheld.size >= maxClaims && !upheld.has(claim)))) continue;
        if ((upheld.get(claim) ?? 0) >= enough) continue;
        claims.add(claim);
        asked.push(isHarmless ? one : { ...one, most: Math.min(one.most, pausesMs.length) });
      }
    return { claims, asked };
  };
  return {
    pause(claiming, further) {
      const { claims, asked } = askedOf(claiming);
      const left = asked.filter(({ most }) => further < most);
      if (left.length > 0)
        return left.some(({ moves, waits }) => moves || waits === true) ? (pausesMs[further] ?? 0) : 0;
      for (const claim of claims)
        if (upheld.has(claim) || upheld.size < maxClaims) upheld.set(claim, (upheld.get(claim) ?? 0) + 1);
      return null;
    },
  };
}

/** Every answer is a success: nobody is locked out by more of these requests, and they say themselves that they may be repeated. */
function allSucceeded(replays: readonly TargetReplay[]): boolean {
  return replays.every(({ exchanges }) =>
    exchanges.every(({ outcome }) => outcome.kind === 'response' && outcome.status < 400),
  );
}
