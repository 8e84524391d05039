import equal from 'fast-deep-equal';
import type { TestCase } from '../../cases/case.ts';
import { counts } from '../../compare/compare-case.ts';
import type { CaseComparison } from '../../compare/model/divergence.ts';
import type { Config } from '../../config/config.ts';
import type { CompareOptions } from '../../config/rules.ts';
import type { ComparedCase } from '../../findings/kept-case.ts';
import { endpointFor } from '../../http/endpoint.ts';
import type { Failure, TargetReplay } from '../../http/exchange.ts';
import { atFirst, type NoiseResult } from '../../noise/evidence/result.ts';
import type { Sampled } from '../../noise/evidence/self-diff.ts';
import { rulesFor, withRules } from '../../noise/evidence/suppressions.ts';
import { settleOnce } from '../../noise/sent-once.ts';
import type { RecordedComparison } from '../../record/types.ts';
import type { Unsent } from '../../replay/unsent.ts';
import type { CaseResult } from '../model/case-result.ts';
import { coveredBy } from './coverage.ts';
import { unexpected } from './expect.ts';
import { noiseTaking } from './lazy-noise.ts';
import { observationScopes } from './observation-scope.ts';
import { notRun, recordComparison } from './record-comparison.ts';
import { isAnsweredOnce } from './recorded-answers.ts';
import { notBothRefused, refusedAlike } from './refused.ts';
import { sharedState } from './shared-state.ts';
import { findUnsteady } from './unsteady.ts';

interface Setting {
  readonly config: Config;
}

/** The options of a case: its own over the configuration's, key by key; the same object where they come to the same. */
export function optionsOf(testCase: TestCase, config: Config): CompareOptions {
  if (Object.keys(testCase.compare).length === 0) return config.compare;
  const merged = { ...config.compare, ...testCase.compare };
  return equal(merged, config.compare) ? config.compare : merged;
}

/** What so many answers of each target come to. */
export interface ComparedAnswers {
  readonly result: CaseResult;
  /** One for each candidate, the noise taken out, with what needs more samples. */
  readonly settled: readonly NoiseResult[];
  readonly answers: number;
}

/**
 * Compares what the candidates answered with what the reference answered, first and again. Where they gave their first answers again,
 * what came of fewer of them before stands.
 */
export function compareAnswers(
  testCase: TestCase,
  answers: readonly (readonly TargetReplay[])[],
  { config, before }: Setting & { readonly before: ComparedAnswers | null },
): ComparedAnswers {
  const options = optionsOf(testCase, config);
  const sides = config.targets.map(({ name }) => sampledSide(name, answers, config));
  const taking = answers.length > 1 ? noiseTaking() : null;
  if (before !== null && taking !== null && sides.every((side) => taking.isSteady(side, options)))
    return again(before, answers.length);
  const [reference, ...candidates] = sides;
  const [comparisons, compared]: [RecordedComparison[], ComparedCase[]] = [[], []];
  const [settled, shared]: [NoiseResult[], string[]] = [[], []];
  for (const candidate of candidates) {
    const pair = [reference!, candidate] as const;
    const came = taking === null ? settleFirst(testCase, pair, options) : taking.settle(...pair, options);
    const judged = compareWith(testCase, pair, { options, settled: came });
    const recorded = recordComparison(judged.settled, options.level);
    const refused = refusedAlike(testCase, [reference!.first.replay, candidate.first.replay]);
    comparisons.push(refused === null ? recorded : { ...recorded, refused });
    settled.push(judged.settled);
    compared.push(judged.compared);
    if (judged.shared !== null) shared.push(judged.shared);
  }
  const replays = answers[0]!;
  const covered = coveredBy(
    testCase,
    { replays, scopes: observationScopes({ comparisons, compared }, options) },
    config.routes,
  );
  const claims = settled.flatMap(({ open }) => open.filter((one) => one.undecided !== undefined));
  const undecided = { claims, samples: answers.length };
  const result = { testCase, comparisons, replays, compared, shared, undecided, covered };
  return { result, settled, answers: answers.length };
}

/** The same outcome, of more samples. */
function again({ result, settled }: ComparedAnswers, answers: number): ComparedAnswers {
  const undecided = { claims: result.undecided?.claims ?? [], samples: answers };
  return { result: { ...result, undecided }, settled, answers };
}

/** What one answer of each side comes to. */
function settleFirst(testCase: TestCase, pair: readonly [Sampled, Sampled], options: CompareOptions): NoiseResult {
  const replays = pair.map(({ first }) => first.replay);
  if (!isAnsweredOnce(testCase, replays)) return atFirst(pair, options);
  return settleOnce([pair[0].first, pair[1].first], options);
}

/** What a target answered to a case, first and again. */
export function sampledSide(target: string, samples: readonly (readonly TargetReplay[])[], config: Config): Sampled {
  const empty = { target, exchanges: [], captured: {} };
  const { origin = '', prefix = '' } = endpointFor(target, config) ?? {};
  const sides = samples.map((replays) => ({
    replay: replays.find((replay) => replay.target === target) ?? empty,
    origin,
    prefix,
  }));
  return { first: sides[0]!, more: sides.slice(1) };
}

function compareWith(
  testCase: TestCase,
  [reference, candidate]: readonly [Sampled, Sampled],
  { options, settled }: { readonly options: CompareOptions; readonly settled: NoiseResult },
): { settled: NoiseResult; compared: ComparedCase; shared: string | null } {
  const shared = isMatchButForNoise(settled, options) ? null : sharedState(reference, candidate);
  const isFlaky = settled.comparison.inconclusive?.reason === 'flaky';
  const why =
    unexpected(testCase, reference.first.replay) ??
    (isFlaky && shared !== null
      ? { reason: 'shared-state', message: shared, hint: 'give each target a state of its own' }
      : null);
  const comparison: CaseComparison =
    why === null
      ? notBothRefused(settled.comparison, testCase, [reference.first.replay, candidate.first.replay])
      : { ...settled.comparison, divergences: [], inconclusive: why };
  const compared = {
    testCase,
    reference: reference.first.replay,
    candidate: candidate.first.replay,
    comparison,
    options: withRules(options, rulesFor(settled.noise)),
    origins: [reference.first.origin, candidate.first.origin] as const,
    unsteady: findUnsteady(comparison, { testCase, sides: [reference, candidate], options }),
  };
  const open = comparison.inconclusive === null ? settled.open : [];
  return { settled: { ...settled, comparison, open }, compared, shared };
}

/** What one side says now and the other said before is a clock that both have, or the like. */
function isMatchButForNoise({ comparison, noise }: NoiseResult, { level }: CompareOptions): boolean {
  return (
    noise.length > 0 && comparison.inconclusive === null && !comparison.divergences.some((one) => counts(one, level))
  );
}

/** A case that was not sent, and why. */
export function skipped(testCase: TestCase, config: Config, why: Unsent): CaseResult {
  const comparisons: RecordedComparison[] = config.targets.slice(1).map((target) => notRun(target.name, why));
  return {
    testCase,
    comparisons,
    replays: [],
    compared: [],
    covered: coveredBy(testCase, { replays: [], scopes: [] }, config.routes),
  };
}

/** A case that was being sent when the run was killed, and may not be sent twice. */
export function killedWhileSent(testCase: TestCase, config: Config): CaseResult {
  return unjudged(testCase, config, killed);
}

/** A case with which several workers died. */
export function deadlyToWorkers(testCase: TestCase, config: Config): CaseResult {
  return unjudged(testCase, config, killsItsWorker);
}

const killed: Unsent = {
  reason: 'aborted',
  message: 'the run was killed while the case was sent; what arrived is not known, and it may not be sent twice',
  hint: 'look at what it has left on the targets, then run it by itself',
};

const killsItsWorker: Unsent = {
  reason: 'worker-died',
  message: 'its worker died while the case was sent alone, and others had died before with cases around it',
  hint: 'run it by itself and look at the memory that it takes',
};

/** A case that was sent, and that nothing can be said of. */
export function unjudged(testCase: TestCase, config: Config, why: Unsent): CaseResult {
  const unsent = skipped(testCase, config, why);
  const comparisons = unsent.comparisons.map((one) => ({ ...one, outcome: 'inconclusive' as const }));
  return { ...unsent, comparisons };
}

/** A message that begins with the name of its target. */
function withName(target: string, message: string): string {
  return message.startsWith(`${target}: `) || message.startsWith(`${target} `) ? message : `${target}: ${message}`;
}

/** The line of a case that was not sent because targets cannot be reached. */
export function unreachable(
  testCase: TestCase,
  failures: readonly { readonly target: string; readonly failure: Failure | null }[],
  { config }: Setting,
): CaseResult {
  const message = failures.map(({ target, failure }) => withName(target, failure?.message ?? 'not reached')).join('; ');
  const { reason = 'target-down', hint = null } = failures[0]?.failure ?? {};
  return skipped(testCase, config, { reason, message, ...(hint === null ? {} : { hint }) });
}
