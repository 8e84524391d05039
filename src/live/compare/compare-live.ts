import type { TestCase } from '../../cases/case.ts';
import type { Config } from '../../config/config.ts';
import type { Exchange, Response, SentRequest, TargetReplay } from '../../http/exchange.ts';
import { monotonic } from '../../http/send/rate-limit.ts';
import type { Transport } from '../../http/send/transport.ts';
import { compareAnswers, unjudged } from '../../run/judging/compare-answers.ts';
import { type Comparer, comparerOf } from '../../run/judging/comparer.ts';
import type { CaseResult } from '../../run/model/case-result.ts';
import { maxSamples } from '../limits.ts';
import type { Budget } from './budget.ts';
import { routeNoise } from './route-noise.ts';

/** What a live comparison is made with: two targets, the reference first. */
export interface LiveComparing {
  readonly config: Config;
  readonly transport: Transport;
  /** How often a request may be sent again to both sides. */
  readonly budget: Budget;
  readonly signal: AbortSignal;
}

/** A request that the reference has answered, and what each side is asked for it. */
export interface LivePair {
  readonly testCase: TestCase;
  readonly route: string;
  /** As each side is sent it; the candidate's may lack the credentials of the client. */
  readonly requests: readonly [reference: SentRequest, candidate: SentRequest];
  readonly answer: Response;
  readonly durationMs: number;
  /** What must not be shown. */
  readonly secrets: readonly string[];
}

/** Compares live requests by the same rules as a run. */
export interface LiveComparer {
  /** Asks the candidate. */
  copy(pair: LivePair): Promise<readonly TargetReplay[]>;
  /** Compares what both answered; asks both again where that may be noise. */
  judge(pair: LivePair, replays: readonly TargetReplay[]): Promise<CaseResult>;
}

/** A comparer that knows no noise of any route yet. */
export function liveComparer(comparing: LiveComparing): LiveComparer {
  const { config, transport } = comparing;
  const comparer = comparerOf({ config, noise: 1, retries: 0 });
  const noise = routeNoise();
  const names = config.targets.map(({ name }) => name);
  const send = async (pair: LivePair, side: 0 | 1): Promise<TargetReplay> => {
    const request = pair.requests[side];
    const sent = await transport.send(names[side]!, request, { repeatable: pair.testCase.safe });
    return replayOf({ target: names[side]!, step: 0, request, ...sent }, pair.secrets);
  };
  return {
    async copy(pair) {
      const { answer, durationMs, requests, secrets } = pair;
      const first = { target: names[0]!, step: 0, request: requests[0], outcome: answer, durationMs };
      return [replayOf(first, secrets), await send(pair, 1)];
    },
    async judge(pair, replays) {
      const { testCase, route } = pair;
      const finish = (samples: readonly TargetReplay[][]) =>
        comparer.finish({ testCase, replays, samples, unsent: null });
      const wanted = await comparer.moreSamples(testCase, replays);
      if (wanted === 0) return finish([]);
      const known = suppressedBy(noise.variant(route, testCase, config.compare), replays, config);
      const again = () => Promise.all([send(pair, 0), send(pair, 1)]);
      const samples = known === null ? await samplesOf(pair, replays, { ...comparing, comparer, again, wanted }) : [];
      const result = finish(samples ?? []);
      if (known !== null) return known;
      if (samples === null) return unjudged(testCase, config, noBudget);
      noise.add(route, result.comparisons[0]?.noise ?? []);
      return result;
    },
  };
}

const noBudget = {
  reason: 'noise-budget',
  message: 'the answers differ, and there was no room to ask both sides again, which tells noise from divergence',
  hint: 'raise --noise-rate, or name what is generated under compare.ignore',
};

/** What a request comes to that matches for noise that other requests of its route showed; null where it does not. */
function suppressedBy(variant: TestCase | null, replays: readonly TargetReplay[], config: Config): CaseResult | null {
  if (variant === null) return null;
  const { result } = compareAnswers(variant, [replays], { config, before: null });
  const [comparison] = result.comparisons;
  if (comparison?.outcome !== 'match') return null;
  const added = (variant.compare.ignore ?? []).slice(config.compare.ignore.length);
  const noise = added.map(({ pointer }) => ({
    ...{ exchange: 0, facet: 'body' as const, pointer, what: 'value' as const },
    reason: 'other requests of its route differ there each time on both sides',
  }));
  return { ...result, comparisons: [{ ...comparison, noise }] };
}

function replayOf(exchange: Exchange, secrets: readonly string[]): TargetReplay {
  const replay = { target: exchange.target, exchanges: [exchange], captured: {} };
  return secrets.length === 0 ? replay : { ...replay, secrets };
}

interface Sampling extends LiveComparing {
  readonly comparer: Comparer;
  readonly again: () => Promise<TargetReplay[]>;
  /** How many further answers are asked for at first. */
  readonly wanted: number;
}

/** Further answers of both sides, as many as it takes to tell noise from divergence; null where there was no room for the first. */
async function samplesOf(
  { testCase }: LivePair,
  replays: readonly TargetReplay[],
  { comparer, again, budget, signal, wanted }: Sampling,
): Promise<TargetReplay[][] | null> {
  const samples: TargetReplay[][] = [];
  const isAllowed = () => !signal.aborted && budget.take(performance.now());
  while (samples.length < wanted) {
    if (!isAllowed()) return samples.length === 0 ? null : samples;
    samples.push(await again());
  }
  for (;;) {
    const pause = comparer.askOn(testCase, [replays, ...samples]);
    if (pause === null || samples.length >= maxSamples || !isAllowed()) return samples;
    await monotonic.wait(pause, signal);
    samples.push(await again());
  }
}
