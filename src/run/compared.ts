import equal from 'fast-deep-equal';
import type { TestCase } from '../cases/case.ts';
import { isRepeatable } from '../cases/every-step.ts';
import { counts } from '../compare/compare.ts';
import type { CaseComparison } from '../compare/divergence.ts';
import { isSteady, rulesFor, type Sampled, type Settled, settle, settledSteady, withRules } from '../compare/noise.ts';
import type { Config } from '../config/config.ts';
import type { CompareOptions } from '../config/rules.ts';
import type { ComparedCase } from '../findings/cluster.ts';
import type { Failure, TargetReplay } from '../replay/exchange.ts';
import type { Replayed, Unsent } from '../replay/replay.ts';
import type { RecordedComparison } from '../report/record.ts';
import { few } from '../structures/few.ts';
import { type Covered, routesOf } from './coverage.ts';
import { unexpected } from './expect.ts';
import { openClaims } from './open-claims.ts';
import { type CaseToRecord, notRun, recordComparison } from './recorded.ts';
import { notBothRefused } from './refused.ts';
import { sharedState } from './shared-state.ts';
import { sightsOf } from './sights.ts';

/** What a run keeps of a case in memory: answers only where they diverge. */
export interface Judged {
  /** One for each candidate. */
  readonly outcomes: readonly RecordedComparison['outcome'][];
  readonly divergent: readonly ComparedCase[];
  readonly covered: Covered;
}

/** A finished case with all that was answered to it, and what came of it. */
export interface Finished extends Judged, CaseToRecord {
  readonly compared: readonly ComparedCase[];
  /** Where it looks as if targets shared their state. */
  readonly shared?: readonly string[];
}

interface Setting {
  readonly config: Config;
}

/** The options of a case: its own over the configuration's, key by key; the same object where they come to the same. */
export function optionsOf(testCase: TestCase, config: Config): CompareOptions {
  if (Object.keys(testCase.compare).length === 0) return config.compare;
  const merged = { ...config.compare, ...testCase.compare };
  return equal(merged, config.compare) ? config.compare : merged;
}

const knownOrigins = new WeakMap<Config, ReadonlyMap<string, string>>();

/** Scheme, host and port of a target; an empty text for one that is not known. */
export function originOf(name: string, config: Config): string {
  const origins = knownOrigins.get(config) ?? new Map(config.targets.map((one) => [one.name, new URL(one.url).origin]));
  knownOrigins.set(config, origins);
  return origins.get(name) ?? '';
}

/**
 * Compares what the candidates answered with what the reference answered, noise taken out where there are further samples. Where these
 * are the first answers again, what came of those `before` stands.
 */
function compareReplay(
  { testCase, replays, samples, unsent }: Replayed,
  { config }: Setting,
  before: Finished | null = null,
): Finished {
  if (replays === null)
    return skipped(testCase, config, unsent ?? { reason: 'not-run', message: 'the case was not sent' });
  const setting = { config, options: optionsOf(testCase, config) };
  const sides = config.targets.map(({ name }) => sampledSide(name, [replays, ...samples], config));
  if (before !== null && sides.every((side) => isSteady(side, setting.options))) return before;
  const [reference, ...candidates] = sides;
  const [comparisons, outcomes]: [RecordedComparison[], RecordedComparison['outcome'][]] = [[], []];
  const [compared, divergent]: [ComparedCase[], ComparedCase[]] = [[], []];
  const shared: string[] = [];
  for (const candidate of candidates) {
    const judged = compareWith(testCase, [reference!, candidate], setting);
    const comparison = recordComparison(judged.settled, setting.options.level);
    comparisons.push(comparison);
    outcomes.push(comparison.outcome);
    compared.push(judged.compared);
    if (comparison.outcome === 'divergent') divergent.push(judged.compared);
    if (judged.shared !== null) shared.push(judged.shared);
  }
  return {
    testCase,
    comparisons,
    replays,
    outcomes,
    compared,
    shared,
    divergent,
    covered: {
      id: testCase.id,
      routes: routesOf(testCase, replays, config.routes),
      sights: sightsOf({ comparisons, compared }, setting.options),
    },
  };
}

/** Compares cases, each of them once where its first answers are all there is. */
export interface Comparer {
  /** How many more times a case is sent: as often as asked if it diverges and may be repeated, else not at all. */
  moreSamples(testCase: TestCase, replays: readonly TargetReplay[]): number;
  /** How long to wait before a case is sent once more, as what its few answers say may be chance; null: there are enough. */
  askOn(testCase: TestCase, answers: readonly (readonly TargetReplay[])[]): number | null;
  /** Whether a case that did not match is tried once more: as often as asked, if it may be repeated. */
  tryAgain(testCase: TestCase, tries: readonly (readonly TargetReplay[])[]): boolean;
  finish(replayed: Replayed): Finished;
}

interface ComparerSetting extends Setting {
  /** How many more times a divergent case is sent, to tell noise from divergence. */
  readonly noise: number;
  /** How many more times a case that did not match is tried. */
  readonly retries: number;
}

/** A comparer that asks again as its setting says. */
export function comparerOf(setting: ComparerSetting): Comparer {
  const known = few<readonly TargetReplay[], Finished>();
  const claims = openClaims(setting.config);
  const compare = (testCase: TestCase, replays: readonly TargetReplay[]) => {
    const before = known.get(replays);
    if (before !== undefined) return before;
    const finished = compareReplay({ testCase, replays, samples: [], unsent: null }, setting);
    known.set(replays, finished);
    return finished;
  };
  return {
    moreSamples(testCase, replays) {
      if (setting.noise === 0 || !isRepeatable(testCase)) return 0;
      return compare(testCase, replays).outcomes.includes('divergent') ? setting.noise : 0;
    },
    askOn(testCase, answers) {
      const further = answers.length - 1 - setting.noise;
      if (further < 0 || answers.length === 1) return null;
      const options = optionsOf(testCase, setting.config);
      const sides = setting.config.targets.map(({ name }) => sampledSide(name, answers, setting.config));
      const [reference, ...others] = sides;
      const settled = sides.every((side) => isSteady(side, options))
        ? compare(testCase, answers[0]!).compared.map(({ comparison }) => settledSteady(comparison, options))
        : others.map((candidate) => settle(reference!, candidate, options));
      return claims.pause({ testCase, replays: answers[0]!, settled }, further);
    },
    tryAgain(testCase, tries) {
      if (tries.length > setting.retries || !isRepeatable(testCase)) return false;
      return compare(testCase, tries.at(-1)!).outcomes.some((outcome) => outcome !== 'match');
    },
    finish(replayed) {
      const { testCase, replays, samples, retries = [] } = replayed;
      const again = samples.length > 0 || replays === null;
      const before = replays === null ? null : (known.get(replays) ?? null);
      const first = again ? compareReplay(replayed, setting, before) : compare(testCase, replays);
      const later = retries.map((one) => compare(testCase, one).outcomes);
      for (const one of [replays, ...retries]) if (one !== null) known.delete(one);
      return later.length === 0 ? first : unsteady(first, later);
    },
  };
}

/** A candidate that matched in a later try only is flaky: it neither matches nor diverges. */
function unsteady(first: Finished, later: readonly Judged['outcomes'][]): Finished {
  const flaky = first.outcomes.map((outcome, at) => outcome !== 'match' && later.some((one) => one[at] === 'match'));
  const comparisons = first.comparisons.map((one, at) => (flaky[at] ? asFlaky(one, later.length) : one));
  return {
    ...first,
    comparisons,
    outcomes: comparisons.map((one) => one.outcome),
    divergent: first.divergent.filter((one) => !flaky[first.compared.indexOf(one)]),
    covered: {
      ...first.covered,
      sights: first.covered.sights.filter(
        ({ candidate }) => !comparisons.some((one, at) => flaky[at] && one.candidate === candidate),
      ),
    },
  };
}

function asFlaky(comparison: RecordedComparison, tries: number): RecordedComparison {
  const times = `${tries} further ${tries === 1 ? 'try' : 'tries'}`;
  const message = `the case did not match at first, and matched in one of ${times}`;
  return { ...comparison, outcome: 'inconclusive', reason: 'flaky', message, divergences: [] };
}

/** What a target answered to a case, first and again. */
export function sampledSide(target: string, samples: readonly (readonly TargetReplay[])[], config: Config): Sampled {
  const empty = { target, exchanges: [], captured: {} };
  const sides = samples.map((replays) => ({
    replay: replays.find((replay) => replay.target === target) ?? empty,
    origin: originOf(target, config),
  }));
  return { first: sides[0]!, more: sides.slice(1) };
}

function compareWith(
  testCase: TestCase,
  [reference, candidate]: readonly [Sampled, Sampled],
  { options }: { options: CompareOptions },
): { settled: Settled; compared: ComparedCase; shared: string | null } {
  const settled = settle(reference, candidate, options);
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
  };
  return { settled: { ...settled, comparison }, compared, shared };
}

/** What one side says now and the other said before is a clock that both have, or the like. */
function isMatchButForNoise({ comparison, noise }: Settled, { level }: CompareOptions): boolean {
  return (
    noise.length > 0 && comparison.inconclusive === null && !comparison.divergences.some((one) => counts(one, level))
  );
}

/** A case that was not sent, and why. */
export function skipped(testCase: TestCase, config: Config, why: Unsent): Finished {
  const comparisons: RecordedComparison[] = config.targets.slice(1).map((target) => notRun(target.name, why));
  return {
    testCase,
    comparisons,
    replays: [],
    outcomes: comparisons.map((one) => one.outcome),
    compared: [],
    divergent: [],
    covered: { id: testCase.id, routes: routesOf(testCase, [], config.routes), sights: [] },
  };
}

/** The line of a case that was not sent because targets cannot be reached. */
export function unreachable(
  testCase: TestCase,
  failures: readonly { readonly target: string; readonly failure: Failure | null }[],
  { config }: Setting,
): Finished {
  const message = failures.map(({ target, failure }) => `${target}: ${failure?.message ?? 'not reached'}`).join('; ');
  const { reason = 'target-down', hint = null } = failures[0]?.failure ?? {};
  return skipped(testCase, config, { reason, message, ...(hint === null ? {} : { hint }) });
}
