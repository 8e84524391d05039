import type { TestCase } from '../../cases/case.ts';
import { everyStep, isRepeatable, onlyReads } from '../../cases/every-step.ts';
import type { Config } from '../../config/config.ts';
import type { TargetReplay } from '../../http/exchange.ts';
import type { RecordedComparison } from '../../record/types.ts';
import type { Replayed } from '../../replay/replayed.ts';
import type { AwaitedKeys } from '../../tracker/awaited-cases.ts';
import { maxAwaitedTries, maxAwaitedTriesWriting } from '../limits.ts';
import type { CaseResult } from '../model/case-result.ts';
import { internalOnly } from '../model/internal-fault.ts';
import { type ComparedAnswers, compareAnswers, skipped, unjudged } from './compare-answers.ts';
import { endedByFault } from './ended-case.ts';
import { isReadyToTakeNoise, readyToTakeNoise } from './lazy-noise.ts';
import { oddAnswers } from './odd-answer.ts';
import { availableAnswers } from './recorded-answers.ts';
import { openClaims } from './resample-policy.ts';

/** Compares cases, each of them once where its first answers are all there is. */
export interface Comparer {
  /**
   * Which of the tries of a case is judged: the first that shows all divergences that open tracker rows list for it, or after enough tries
   * the one that shows most of them; null: it is tried once more. Absent where no row lists any.
   */
  readonly chooseTry?: (testCase: TestCase, tries: readonly (readonly TargetReplay[])[]) => Promise<number | null>;
  /** How many more times a case is sent: as often as asked if it diverges and may be repeated, else not at all. */
  moreSamples(testCase: TestCase, replays: readonly TargetReplay[]): number | Promise<number>;
  /** How long to wait before a case is sent once more, as what its few answers say may be chance; null: there are enough. */
  askOn(testCase: TestCase, answers: readonly (readonly TargetReplay[])[]): number | null;
  /** Whether a case that did not match is tried once more: as often as asked, if it may be repeated. */
  tryAgain(testCase: TestCase, tries: readonly (readonly TargetReplay[])[]): boolean;
  /** The candidates on which a case diverges by all its answers; none where a bug keeps that from being known, which `finish` reports. */
  divergentOn(replayed: Replayed): readonly string[];
  finish(replayed: Replayed): CaseResult;
}

interface ComparerSetting {
  readonly config: Config;
  /** How many more times a divergent case is sent, to tell noise from divergence. */
  readonly noise: number;
  /** How many more times a case that did not match is tried. */
  readonly retries: number;
  /** What the rows of the tracker list for a case; none if absent. */
  readonly awaited?: AwaitedKeys | null;
}

/** A comparer that asks again as its setting says. */
export function comparerOf({ config, noise, retries, awaited = null }: ComparerSetting): Comparer {
  const known = new Map<readonly TargetReplay[], ComparedAnswers>();
  const claims = openClaims(config);
  const compare = (testCase: TestCase, answers: readonly (readonly TargetReplay[])[]) => {
    const before = known.get(answers[0]!) ?? null;
    if (before?.answers === answers.length) return before;
    const compared = compareAnswers(testCase, answers, { config, before });
    known.set(answers[0]!, compared);
    return compared;
  };
  const judge = ({ testCase, samples, retries: tries = [] }: Replayed, replays: readonly TargetReplay[]) => {
    const answers = [replays, ...samples];
    const first = compare(testCase, answers).result;
    const odd = withFlaky(first, oddAnswers(first.compared, { answers, config }));
    const later = tries.map((one) => outcomesIn(compare(testCase, [one])));
    return later.length === 0 ? odd : withFlaky(odd, matchedLater(odd, later));
  };
  return {
    ...(awaited === null ? {} : { chooseTry: tryChooser(awaited, { config, compare, known }) }),
    moreSamples(testCase, replays) {
      if (noise === 0 || !isRepeatable(testCase)) return 0;
      if (!outcomesIn(compare(testCase, [replays])).includes('divergent')) return 0;
      const count = Math.min(noise, availableAnswers(replays) - 1);
      return count === 0 || isReadyToTakeNoise() ? count : readyToTakeNoise().then(() => count);
    },
    askOn(testCase, answers) {
      const further = answers.length - 1 - noise;
      if (further < 0 || answers.length === 1 || answers.length >= availableAnswers(answers[0]!)) return null;
      const { settled } = compare(testCase, answers);
      return claims.pause({ testCase, replays: answers[0]!, settled }, further);
    },
    tryAgain(testCase, tries) {
      if (tries.length > retries || !isRepeatable(testCase)) return false;
      return outcomesIn(compare(testCase, [tries.at(-1)!])).some((outcome) => outcome !== 'match');
    },
    divergentOn({ testCase, replays, samples, retries: tries = [] }) {
      if (replays === null) return [];
      try {
        const all = [[replays, ...samples], ...tries.map((one) => [one])];
        const sets = all.map((answers) => divergentIn(compare(testCase, answers)));
        return sets[0]!.filter((name) => sets.every((names) => names.includes(name)));
      } catch (error) {
        internalOnly(error);
        return [];
      }
    },
    finish(replayed) {
      const { testCase, replays, unsent, retries: tries = [] } = replayed;
      if ('fault' in replayed) return endedByFault(testCase, config, { what: 'judging', error: replayed.fault });
      if (replayed.wasSent === true && unsent !== null) return unjudged(testCase, config, unsent);
      if (replays === null)
        return skipped(testCase, config, unsent ?? { reason: 'not-run', message: 'the case was not sent' });
      try {
        return judge(replayed, replays);
      } catch (error) {
        return endedByFault(testCase, config, { what: 'judging', error: internalOnly(error) });
      } finally {
        for (const one of [replays, ...tries]) known.delete(one);
      }
    },
  };
}

function outcomesIn({ result }: ComparedAnswers): RecordedComparison['outcome'][] {
  return result.comparisons.map(({ outcome }) => outcome);
}

function divergentIn({ result }: ComparedAnswers): string[] {
  return result.comparisons.flatMap(({ candidate, outcome }) => (outcome === 'divergent' ? [candidate] : []));
}

interface Choosing {
  readonly config: Config;
  readonly compare: (testCase: TestCase, answers: readonly (readonly TargetReplay[])[]) => ComparedAnswers;
  /** What is known of each try; forgotten of those that are not chosen. */
  readonly known: Map<readonly TargetReplay[], ComparedAnswers>;
}

/** Chooses the try that shows the most of what rows of the tracker list for a case; null: it is tried once more. */
function tryChooser(keys: AwaitedKeys, { config, compare, known }: Choosing): NonNullable<Comparer['chooseTry']> {
  return async (testCase, tries) => {
    if (availableAnswers(tries[0]!) < Number.POSITIVE_INFINITY) return 0;
    if (!isRepeatable(testCase) || !config.targets.some(({ name }) => keys(testCase.id, name).size > 0)) return 0;
    const { countAwaited } = await import('./awaited.ts');
    const counted = tries.map((one) =>
      countAwaited(compare(testCase, [one]).result.compared, { awaited: keys, routes: config.routes }),
    );
    const { listed, shown } = counted.at(-1)!;
    if (shown < listed && tries.length <= maxTries(testCase)) return null;
    const most = Math.max(...counted.map((one) => one.shown));
    const chosen = counted.findIndex((one) => one.shown === most);
    for (const one of tries) if (one !== tries[chosen]) known.delete(one);
    return chosen;
  };
}

function maxTries(testCase: TestCase): number {
  const isHarmless = everyStep(testCase).every(({ request }) => onlyReads(request.method));
  return isHarmless ? maxAwaitedTries : maxAwaitedTriesWriting;
}

/** For each candidate a sentence where it matched in a later try only: it neither matches nor diverges. */
function matchedLater({ comparisons }: CaseResult, later: readonly ReturnType<typeof outcomesIn>[]): (string | null)[] {
  const times = `${later.length} further ${later.length === 1 ? 'try' : 'tries'}`;
  const message = `the case did not match at first, and matched in one of ${times}`;
  return comparisons.map(({ outcome }, at) =>
    outcome !== 'match' && later.some((one) => one[at] === 'match') ? message : null,
  );
}

/** The case with the candidates flaky for which there is a sentence. */
function withFlaky(first: CaseResult, why: readonly (string | null)[]): CaseResult {
  if (why.every((one) => one === null)) return first;
  const flaky = new Set(
    first.comparisons.flatMap(({ candidate }, at) => ((why[at] ?? null) === null ? [] : [candidate])),
  );
  const scopes = first.covered.scopes.filter(({ candidate }) => !flaky.has(candidate));
  return {
    ...first,
    comparisons: first.comparisons.map((one, at) => (flaky.has(one.candidate) ? asFlaky(one, why[at]!) : one)),
    covered: { ...first.covered, scopes },
  };
}

function asFlaky(comparison: RecordedComparison, message: string): RecordedComparison {
  return { ...comparison, outcome: 'inconclusive', reason: 'flaky', message, divergences: [] };
}
